"""Read stored figures back as results, with the texts as they are now."""

from __future__ import annotations

from collections.abc import Mapping

from spreekruimte.analysis.votes import Statement
from spreekruimte.verdicts.documents import Document
from spreekruimte.verdicts.judgement import Bridging, GroupResult, Interval, StatementResult


def read_result(stored: Document, texts: Mapping[str, str]) -> StatementResult:
    """Read what was found about one statement."""
    identifier = stored["id"]
    return StatementResult(
        statement=Statement(identifier, texts.get(identifier, "")),
        agree=stored["agree"],
        disagree=stored["disagree"],
        passed=stored["pass"],
        support=_read_support(stored["support"]),
        anytime=_read_anytime(stored["support"]),
        by_group=tuple(
            GroupResult(
                group=each["group"],
                agree=each["agree"],
                disagree=each["disagree"],
                passed=each["pass"],
                support=_read_support(each["support"]),
                anytime=_read_anytime(each["support"]),
            )
            for each in stored["by_group"]
        ),
        bridging=Bridging(**stored["bridging"]),
        bounded=stored["bounded"],
        rank=stored["rank"],
        intercept=stored["intercept"],
        outcome=stored["outcome"],
        cost_to_flip=stored["cost_to_flip"],
        cost_to_flip_bounded=stored["cost_to_flip_bounded"],
        top_probability=stored["top_probability"],
        division=stored["division"],
        flags=tuple(stored["flags"]),
    )


def _read_support(stored: Document) -> Interval:
    return Interval(stored["estimate"], stored["low"], stored["high"])


def _read_anytime(stored: Document) -> Interval:
    return Interval(stored["estimate"], stored["anytime"]["low"], stored["anytime"]["high"])
