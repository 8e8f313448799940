"""Which rules of a guideline apply to a context, what they rest on, and what the floor says."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.analysis.rules import Effect
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual, Sentence
from spreekruimte.guidelines.draft_check.basis import Guide
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.lines import STRICTNESS, Line
from spreekruimte.guidelines.queries.versions import apply_lines


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One rule that holds, or may.

    Attributes
    ----------
    grounds
        The statements of the rights floor that it goes below; none where it does not.
    """

    line: Line
    grounds: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AppliedGuide:
    """One guideline beside a context.

    Attributes
    ----------
    holding
        The rules that hold there, those that take most room first.
    possible
        Those that may: that depends on what was not answered.
    count
        How many rules it has.
    """

    title: Bilingual
    holding: tuple[AppliedRule, ...]
    possible: tuple[AppliedRule, ...]
    count: int


def apply_guide(guide: Guide, context: Context) -> AppliedGuide:
    """Lay a guideline beside a context."""
    applied = apply_lines(guide.lines, context)
    holding = sorted((each.line for each in applied if each.holds), key=_order)
    possible = sorted((each.line for each in applied if not each.holds), key=_order)
    return AppliedGuide(
        title=guide.title,
        holding=tuple(map(_apply, holding)),
        possible=tuple(map(_apply, possible)),
        count=len(guide.lines),
    )


def _order(line: Line) -> int:
    return -STRICTNESS[line.effect]


def _apply(line: Line) -> AppliedRule:
    takes_room = STRICTNESS[line.effect] > Effect.FREE
    return AppliedRule(line, find_grounds(line) if takes_room else ())
