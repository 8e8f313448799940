"""What a writer can change about a post, and what makes it a better conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from spreekruimte.analysis.rules import ALWAYS, TRUE, Predicate, evaluate
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.facts import read_draft_check
from spreekruimte.guidelines.vocabulary import code_contexts


@dataclass(frozen=True, slots=True)
class Change:
    """What a writer can change of one attribute.

    Attributes
    ----------
    to
        The values that it can be changed to.
    reason
        Why that is up to the writer.
    """

    to: frozenset[str]
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Tip:
    """One piece of advice.

    Attributes
    ----------
    when
        Where it helps.
    source
        Where it comes from.
    """

    id: str
    when: Predicate
    text: Bilingual
    source: str


@cache
def changes() -> Mapping[str, Change]:
    """Give what a writer can change, by attribute; everything else is as it is."""
    found = read_draft_check()["changeable"]
    return MappingProxyType(
        {
            attribute: Change(frozenset(facts["to"]), Bilingual.read(facts["reason"]))
            for attribute, facts in found.items()
        }
    )


@cache
def tips() -> tuple[Tip, ...]:
    """Give all advice, in its order."""
    return tuple(_read_tip(facts) for facts in read_draft_check()["tips"])


def choose_tips(context: Context) -> tuple[Tip, ...]:
    """Give the advice that certainly fits a context, and that which always fits."""
    codes = code_contexts([context])
    return tuple(tip for tip in tips() if evaluate(tip.when, codes)[0] == TRUE)


def _read_tip(facts: dict[str, Any]) -> Tip:
    when = read_condition(facts["when"]) if "when" in facts else ALWAYS
    return Tip(facts["id"], when, Bilingual.read(facts["text"]), facts["source"])
