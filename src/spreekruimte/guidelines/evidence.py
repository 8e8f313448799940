"""What each line rests on: verdicts and studies of where it holds, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    TRUE,
    Effect,
    Reach,
    decide,
    draw_shares,
    evaluate,
    measure_overreach,
    measure_underreach,
)
from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.lines import STRICTNESS, Line
from spreekruimte.guidelines.queries.studied import StudiedContexts
from spreekruimte.guidelines.room import find_taken
from spreekruimte.guidelines.study_evidence import StudyFinding, find_study_findings
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.verdicts.judgement import Interval

Standing = Literal["not_asked", "founded", "lapsed"]
Kind = Literal["overreach", "underreach"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the public found of one case, as it was published.

    Attributes
    ----------
    context
        What may be read of the context: see `queries.evidence.find_findings`.
    channel
        Who was asked: the panel where there was one, else the open vote.
    admissible, inadmissible
        How many people found so.
    share
        The share that finds it admissible.
    mirror_gap
        The share that finds the mirror admissible, less that for the post; None if not measured.
    """

    case_id: int
    description: Bilingual
    context: Context
    is_simulated: bool
    channel: Channel
    admissible: int
    inadmissible: int
    share: Interval
    outcome: Outcome
    mirror_gap: Interval | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a line, or a guideline, is from the public.

    Attributes
    ----------
    kind
        Overreach is asked of what takes room, underreach of what leaves it.
    reach
        As a share of the cases that were judged; see `spreekruimte.analysis.rules.Reach`.
    shown_by
        The findings that show it, each with a probability of at least 0.9.
    """

    kind: Kind
    reach: Reach
    shown_by: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one line rests on.

    Attributes
    ----------
    findings
        Of the cases in which it holds, the newest first.
    studies
        What studies found where it holds, the newest first.
    people
        How many judged these cases, over all of them; who judged two counts twice.
    distance
        Over the cases; None where the line neither takes nor leaves room, or none of them was
        judged.
    expires_on
        The day from which it has lapsed; None where nothing was found.
    """

    line: Line
    findings: tuple[Finding, ...]
    studies: tuple[StudyFinding, ...]
    people: int
    distance: Distance | None
    expires_on: date | None
    standing: Standing


def weigh_evidence(
    lines: Sequence[Line],
    findings: Sequence[Finding],
    studies: Sequence[StudiedContexts],
    *,
    days: int,
    today: date,
) -> tuple[Evidence, ...]:
    """Say what each line rests on.

    Parameters
    ----------
    findings
        All that was found, of whatever case.
    studies
        All that studies found, of whatever context.
    days
        For how many days after its publication a finding counts, 1 or more.
    """
    ordered = sorted(findings, key=lambda each: (each.published_at, each.case_id), reverse=True)
    codes = code_contexts([each.context for each in ordered])
    draws = draw_found(ordered)
    return tuple(
        _weigh(
            line,
            evaluate(line.predicate, codes),
            ordered,
            draws,
            find_study_findings(line, studies),
            days=days,
            today=today,
        )
        for line in lines
    )


def measure_distances(lines: Sequence[Line], findings: Sequence[Finding]) -> tuple[Distance, ...]:
    """Measure overreach and underreach of lines together; nothing where nothing was found."""
    if not findings:
        return ()
    effects = decide(
        [line.rule for line in lines], code_contexts([each.context for each in findings])
    )
    truth, draws = find_taken(effects), draw_found(findings)
    return (
        _measure("overreach", truth, findings, draws),
        _measure("underreach", truth, findings, draws),
    )


def _weigh(
    line: Line,
    truth: NDArray[np.int8],
    findings: Sequence[Finding],
    draws: NDArray[np.float64],
    studies: tuple[StudyFinding, ...],
    *,
    days: int,
    today: date,
) -> Evidence:
    held = tuple(findings[int(place)] for place in np.flatnonzero(truth == TRUE))
    chosen = choose_measure(line, truth) if held else None
    distance = _measure(*chosen, findings, draws) if chosen else None
    moments = [each.published_at for each in held] + [each.published_at for each in studies]
    expires_on, standing = date_evidence(moments, days=days, today=today)
    return Evidence(
        line=line,
        findings=held,
        studies=studies,
        people=sum(each.admissible + each.inadmissible for each in held),
        distance=distance,
        expires_on=expires_on,
        standing=standing,
    )


def date_evidence(
    moments: Sequence[datetime], *, days: int, today: date
) -> tuple[date | None, Standing]:
    """Give the day from which a line has lapsed, and how it stands, by when its findings came out.

    The newest decides; without any, there is no day.
    """
    if not moments:
        return None, "not_asked"
    expires_on = max(moments).date() + timedelta(days=days)
    return expires_on, "founded" if today < expires_on else "lapsed"


def choose_measure(line: Line, truth: NDArray[np.int8]) -> tuple[Kind, NDArray[np.int8]] | None:
    """Say how a line can be far from the public, and where it takes room, of where it holds.

    None for a line that neither takes nor leaves room.
    """
    if STRICTNESS[line.effect] > Effect.FREE:
        return "overreach", truth
    if line.effect == "permit":
        # Where it holds it leaves room, so where it holds it can leave too much.
        return "underreach", (-truth).astype(np.int8)
    return None


def measure_reach(
    kind: Kind,
    truth: NDArray[np.int8],
    draws: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Reach:
    """Measure the one or the other; see `analysis.rules.measure_overreach`."""
    measure = measure_overreach if kind == "overreach" else measure_underreach
    return measure(truth, draws, weights)


def _measure(
    kind: Kind, truth: NDArray[np.int8], findings: Sequence[Finding], draws: NDArray[np.float64]
) -> Distance:
    reach = measure_reach(kind, truth, draws, np.ones(len(findings)))
    return Distance(kind, reach, tuple(findings[int(place)] for place in reach.where))


def draw_found(findings: Sequence[Finding]) -> NDArray[np.float64]:
    """Draw what share of the public finds each admissible; see `analysis.rules.draw_shares`."""
    return draw_shares(
        np.array([each.admissible for each in findings], dtype=np.int64),
        np.array([each.inadmissible for each in findings], dtype=np.int64),
    )
