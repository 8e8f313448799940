"""Which rules of a guideline apply to a context, what they rest on, and what the floor says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import TRUE, evaluate
from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual, Sentence
from spreekruimte.guidelines.draft_check.basis import Basis, Guide
from spreekruimte.guidelines.draft_check.judged import Ended, code_known
from spreekruimte.guidelines.evidence import Standing, date_evidence
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.lines import STRICTNESS, Line
from spreekruimte.guidelines.queries.ended import EndedCase
from spreekruimte.guidelines.queries.studied import StudiedContexts, read_answers
from spreekruimte.guidelines.queries.versions import apply_lines
from spreekruimte.guidelines.study_evidence import asked_about

MOST_FOUNDATIONS = 2_000
"""Of how many lines it is remembered how well founded they are."""


@dataclass(frozen=True, slots=True)
class Foundation:
    """How well founded a rule is.

    Attributes
    ----------
    outcomes
        How many closed cases in which it holds had each outcome.
    people
        How many judged these cases; who judged two counts twice.
    studies
        How many published studies asked about contexts in which it holds.
    expires_on
        The day from which this has lapsed; None where nothing was found.
    """

    standing: Standing
    outcomes: Counter[Outcome]
    people: int
    studies: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """One rule that holds.

    Attributes
    ----------
    foundation
        None for a rule of others, of which nobody here asked anything.
    grounds
        The statements of the rights floor that it goes below. A guideline is published here only
        without such rules, so this is found of those of others.
    """

    line: Line
    foundation: Foundation | None
    grounds: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AppliedGuide:
    """One guideline beside a context.

    Attributes
    ----------
    address
        Where all of it can be read.
    holding
        The rules that hold there, those that take most room first.
    possible
        Those that may: that depends on what was not answered.
    count
        How many rules it has.
    """

    title: Bilingual
    address: str
    holding: tuple[AppliedRule, ...]
    possible: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """What was found of cases, with what an organisation knows of their contexts, and studies."""

    cases: Sequence[EndedCase]
    codes: NDArray[np.int64]
    studies: tuple[StudiedContexts, ...]


def apply_guides(
    basis: Basis, context: Context, ended: Ended, *, today: date
) -> tuple[AppliedGuide, ...]:
    """Lay the guidelines that hold beside a context."""
    # Of rules of others nothing was asked here.
    is_own = any(guide.version for guide in basis.guides)
    studies = tuple(read_answers(basis.studies)) if is_own else ()
    return tuple(_apply(guide, context, ended, studies, today) for guide in basis.guides)


def _apply(
    guide: Guide,
    context: Context,
    ended: Ended,
    studies: tuple[StudiedContexts, ...],
    today: date,
) -> AppliedGuide:
    applied = apply_lines(guide.lines, context)
    holding = sorted((each.line for each in applied if each.holds), key=_order)
    possible = sorted((each.line for each in applied if not each.holds), key=_order)
    if guide.version is None:
        rules = [AppliedRule(line, None, find_grounds(line)) for line in holding]
    else:
        judged = _list_judged(ended, guide.version.guideline.organisation_id, studies)
        days = guide.version.guideline.evidence_days
        rules = [AppliedRule(line, _found(line, judged, days, today), ()) for line in holding]
    return AppliedGuide(
        title=guide.title,
        address=guide.address,
        holding=tuple(rules),
        possible=tuple(possible),
        count=len(guide.lines),
    )


@lru_cache(maxsize=8)
def _list_judged(
    ended: Ended, organisation_id: int, studies: tuple[StudiedContexts, ...]
) -> _Judged:
    return _Judged(ended.judged, code_known(ended, organisation_id), studies)


@lru_cache(maxsize=MOST_FOUNDATIONS)
def _found(line: Line, judged: _Judged, days: int, today: date) -> Foundation:
    places = np.flatnonzero(evaluate(line.predicate, judged.codes) == TRUE).tolist()
    cases = [judged.cases[place] for place in places]
    found = [each.found for each in cases if each.found is not None]
    studies = asked_about(line, judged.studies)
    moments = [each.published_at for each in cases] + [each.study.published_at for each in studies]
    expires_on, standing = date_evidence(
        [each for each in moments if each is not None], days=days, today=today
    )
    return Foundation(
        standing=standing,
        outcomes=Counter(each.judgement.outcome for each in found),
        people=sum(each.people for each in found),
        studies=len(studies),
        expires_on=expires_on,
    )


def _order(line: Line) -> int:
    return -STRICTNESS[line.effect]
