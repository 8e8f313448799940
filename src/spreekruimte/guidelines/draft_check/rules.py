"""Which rules of a guideline apply to a context, what they rest on, and what the floor says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual, Sentence
from spreekruimte.guidelines.draft_check.basis import Guide
from spreekruimte.guidelines.evidence import Evidence, Finding, weigh_evidence
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.lines import STRICTNESS, Line
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.queries.versions import apply_lines


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One rule that holds.

    Attributes
    ----------
    evidence
        What it rests on; None for a rule of others, of which nobody here asked anything.
    grounds
        The statements of the rights floor that it goes below. A guideline is published here only
        without such rules, so this is found of those of others.
    """

    line: Line
    evidence: Evidence | None
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
    possible: tuple[Line, ...]
    count: int


def apply_guides(
    guides: Sequence[Guide], context: Context, *, today: date
) -> tuple[AppliedGuide, ...]:
    """Lay guidelines beside a context; all that are published are of one organisation."""
    owners = {each.version.guideline.organisation for each in guides if each.version is not None}
    findings = [finding for owner in owners for finding in find_findings(owner)]
    return tuple(_apply(guide, context, findings, today) for guide in guides)


def _apply(
    guide: Guide, context: Context, findings: Sequence[Finding], today: date
) -> AppliedGuide:
    applied = apply_lines(guide.lines, context)
    holding = sorted((each.line for each in applied if each.holds), key=_order)
    possible = sorted((each.line for each in applied if not each.holds), key=_order)
    return AppliedGuide(
        title=guide.title,
        holding=tuple(_found(guide.version, holding, findings, today)),
        possible=tuple(possible),
        count=len(guide.lines),
    )


def _found(
    version: Version | None, lines: Sequence[Line], findings: Sequence[Finding], today: date
) -> list[AppliedRule]:
    if version is None:
        return [AppliedRule(line, None, find_grounds(line)) for line in lines]
    days = version.guideline.evidence_days
    evidence = weigh_evidence(lines, findings, days=days, today=today)
    return [AppliedRule(each.line, each, ()) for each in evidence]


def _order(line: Line) -> int:
    return -STRICTNESS[line.effect]
