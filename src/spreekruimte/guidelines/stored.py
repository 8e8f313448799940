"""Read stored lines and versions as the lines that are checked and compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from spreekruimte.analysis.rules import parse_predicate, write_predicate
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.documents import read_lines, write_lines
from spreekruimte.guidelines.effects import LineEffect
from spreekruimte.guidelines.lines import Confidence, Duty, Line
from spreekruimte.guidelines.models import DraftLine, Guideline, Version
from spreekruimte.guidelines.states import State
from spreekruimte.guidelines.vocabulary import rule_attributes


def title_of(titled: Guideline | Version) -> Bilingual:
    """Give the title in both languages."""
    return Bilingual(nl=titled.title_nl, en=titled.title_en)


def state_of(guideline: Guideline) -> State:
    """Give the state that a guideline is in."""
    return cast(State, guideline.state)


def lines_of(version: Version) -> tuple[Line, ...]:
    """Give the lines of a published version, in their order."""
    # Where the query gave them as text, they need not be read to tell that they were read before.
    return _read_published(getattr(version, "written", "") or json.dumps(version.lines))


def draft_lines_of(guideline: Guideline) -> tuple[Line, ...]:
    """Give the lines of the draft, in their order; none where there is no draft."""
    return tuple(read_draft_line(row) for row in guideline.draft_lines.order_by("position"))


def read_draft_line(row: DraftLine) -> Line:
    """Give a line of a draft."""
    return Line(
        name=row.name,
        text=Bilingual(nl=row.text_nl, en=row.text_en),
        predicate=parse_predicate(row.predicate, rule_attributes()),
        effect=cast(LineEffect, row.effect),
        duty=cast(Duty, row.duty) if row.duty else None,
        weighs=tuple(row.weighs),
        source=row.source,
        dated=row.dated,
        confidence=cast(Confidence, row.confidence),
    )


def digest_lines(lines: Sequence[Line]) -> str:
    """Give the SHA-256 of what lines say, by which a change names what was on the screen."""
    return sha256(json.dumps(write_lines(lines), sort_keys=True).encode()).hexdigest()


def fields_of(line: Line) -> dict[str, Any]:
    """Give what a line of a draft is stored as, without its place."""
    return {
        "name": line.name,
        "text_nl": line.text.nl,
        "text_en": line.text.en,
        "predicate": write_predicate(line.predicate, rule_attributes()),
        "effect": line.effect,
        "duty": line.duty or "",
        "weighs": list(line.weighs),
        "source": line.source,
        "dated": line.dated,
        "confidence": line.confidence,
    }


@lru_cache(maxsize=128)
def _read_published(lines: str) -> tuple[Line, ...]:
    """Read lines once: checking two hundred takes longer than all else that a page does."""
    return read_lines(json.loads(lines))
