"""Compute the verdicts on one conversation from its votes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.bridging import (
    GroupAgreement,
    SecondOpinion,
    agree_across_groups,
    ask_factor_model,
    chance_of_top,
    fit_opinions,
    rank_statements,
)
from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.integrity import find_pushed
from spreekruimte.analysis.opinions import (
    OpinionGroups,
    collect_opinions,
    find_groups,
    map_opinions,
)
from spreekruimte.analysis.verdicts import (
    OUTCOMES,
    Rules,
    bound_influence,
    bound_share,
    bound_share_anytime,
    count_cost_to_flip,
    count_cost_to_flip_bounded,
    decide_outcomes,
)
from spreekruimte.analysis.votes import AGREE, DISAGREE, PASS, VoteMatrix
from spreekruimte.verdicts.arms import select_counted
from spreekruimte.verdicts.judgement import (
    Bridging,
    GroupResult,
    Interval,
    Judgement,
    StatementResult,
)

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Progress = Callable[[str, int, int | None], None]

STEPS = ("groups", "bridging", "integrity", "verdicts")


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Votes counted per pool: shape (pools, statements), everybody first, then the groups."""

    agree: Counts
    disagree: Counts
    passed: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All arrays from which the results are put together, over all statements."""

    tally: Tally
    low: Floats
    high: Floats
    anytime_low: Floats
    anytime_high: Floats
    bridging: GroupAgreement
    second: SecondOpinion
    bounded: Floats
    outcomes: NDArray[np.int8]
    cost: Counts
    cost_bounded: Counts
    pushed: NDArray[np.bool_]


def judge_votes(
    matrix: VoteMatrix,
    rules: Rules | None = None,
    *,
    progress: Progress | None = None,
) -> Judgement:
    """Judge a conversation.

    Parameters
    ----------
    matrix
        The votes; which of them count where not all were shown the same says `select_counted`.
    rules
        The rules to judge by; the default ones if None.
    progress
        Called with the step that begins, the steps done and their number.

    Raises
    ------
    InputError
        Where no statement is left to judge.
    """
    rules = rules or Rules()
    if not matrix.judged.any():
        raise InputError("There is no statement to judge: moderation took out all of them.")
    given, matrix = matrix, select_counted(matrix)
    report = progress or _keep_silent
    report(STEPS[0], 0, len(STEPS))
    sheets = collect_opinions(matrix)
    # The model knows no groups, so that it can be fitted at the same time.
    with ThreadPoolExecutor(max_workers=1) as beside:
        fitting = beside.submit(fit_opinions, sheets)
        groups = find_groups(matrix, false_alarm=rules.false_alarm)
        space = map_opinions(sheets, matrix.participant_ids)
        report(STEPS[1], 1, len(STEPS))
        tally = count_votes(matrix, groups)
        pools = slice(1, None) if groups.count else slice(0, 1)
        bridging = agree_across_groups(
            tally.agree[pools], tally.disagree[pools], level=rules.credible_level
        )
        report(STEPS[2], 2, len(STEPS))
        pushed = find_pushed(sheets, matrix.participant_ids)
        second = ask_factor_model(fitting.result(), sheets, bridging)
    report(STEPS[3], 3, len(STEPS))
    evidence = _weigh(tally, rules, bridging, second, pushed)
    results = _put_together(matrix, evidence, rules)
    report(STEPS[3], len(STEPS), len(STEPS))
    return Judgement(matrix, given, rules, space, groups, results)


def count_votes(matrix: VoteMatrix, groups: OpinionGroups) -> Tally:
    """Count the votes on each statement, of everybody and of each group."""
    size = matrix.statement_count
    pools = groups.count + 1
    place = (groups.labels[matrix.rows] + 1) * np.int64(size) + matrix.columns

    def count(vote: int) -> Counts:
        counted = np.bincount(place[matrix.values == vote], minlength=pools * size)
        table = counted.reshape(pools, size)
        table[0] = table.sum(axis=0)
        return table

    return Tally(count(AGREE), count(DISAGREE), count(PASS))


def _keep_silent(step: str, done: int, total: int | None) -> None:
    """Report progress to nobody."""


def _weigh(
    tally: Tally,
    rules: Rules,
    bridging: GroupAgreement,
    second: SecondOpinion,
    pushed: NDArray[np.bool_],
) -> Evidence:
    agree, disagree = tally.agree[0], tally.disagree[0]
    low, high = bound_share(tally.agree, tally.disagree, rules.credible_level)
    anytime_low, anytime_high = bound_share_anytime(
        tally.agree, tally.disagree, rules.anytime_level
    )
    counts = (agree, disagree, tally.agree[1:], tally.disagree[1:])
    return Evidence(
        tally=tally,
        low=low,
        high=high,
        anytime_low=anytime_low,
        anytime_high=anytime_high,
        bridging=bridging,
        second=second,
        bounded=bound_influence(agree, disagree, rules.influence),
        outcomes=decide_outcomes(*counts, rules),
        cost=count_cost_to_flip(*counts, rules),
        cost_bounded=count_cost_to_flip_bounded(agree, disagree, rules),
        pushed=pushed,
    )


def _put_together(
    matrix: VoteMatrix, evidence: Evidence, rules: Rules
) -> tuple[StatementResult, ...]:
    """Give the results of the judged statements; ranks and chances are among those alone."""
    judged = np.flatnonzero(matrix.judged)
    bridging = evidence.bridging.select(judged)
    ranks, chances = rank_statements(bridging), chance_of_top(bridging)
    return tuple(
        _describe(matrix, evidence, rules, column, int(rank), float(chance))
        for column, rank, chance in zip(judged.tolist(), ranks, chances, strict=True)
    )


def _describe(
    matrix: VoteMatrix, evidence: Evidence, rules: Rules, column: int, rank: int, chance: float
) -> StatementResult:
    tally, bridging = evidence.tally, evidence.bridging
    return StatementResult(
        statement=matrix.statements[column],
        agree=int(tally.agree[0, column]),
        disagree=int(tally.disagree[0, column]),
        passed=int(tally.passed[0, column]),
        support=_support(evidence, 0, column),
        anytime=_anytime(evidence, 0, column),
        by_group=tuple(
            GroupResult(
                group=pool - 1,
                agree=int(tally.agree[pool, column]),
                disagree=int(tally.disagree[pool, column]),
                passed=int(tally.passed[pool, column]),
                support=_support(evidence, pool, column),
                anytime=_anytime(evidence, pool, column),
            )
            for pool in range(1, len(tally.agree))
        ),
        bridging=Bridging(
            estimate=float(bridging.estimate[column]),
            low=float(bridging.low[column]),
            high=float(bridging.high[column]),
            evidence=int(bridging.evidence[column]),
        ),
        bounded=float(evidence.bounded[column]),
        rank=rank,
        intercept=_known(evidence.second.intercepts[column]),
        outcome=OUTCOMES[evidence.outcomes[column]],
        cost_to_flip=int(evidence.cost[column]),
        cost_to_flip_bounded=int(evidence.cost_bounded[column]),
        top_probability=chance,
        division=_divide(tally, column),
        flags=_flag(evidence, rules, column),
    )


def _support(evidence: Evidence, pool: int, column: int) -> Interval:
    share = _share(evidence.tally, pool, column)
    return Interval(share, float(evidence.low[pool, column]), float(evidence.high[pool, column]))


def _anytime(evidence: Evidence, pool: int, column: int) -> Interval:
    share = _share(evidence.tally, pool, column)
    low, high = evidence.anytime_low[pool, column], evidence.anytime_high[pool, column]
    return Interval(share, float(low), float(high))


def _share(tally: Tally, pool: int, column: int) -> float | None:
    agree, disagree = int(tally.agree[pool, column]), int(tally.disagree[pool, column])
    return agree / (agree + disagree) if agree + disagree else None


def _known(intercept: float) -> float | None:
    return None if np.isnan(intercept) else float(intercept)


def _divide(tally: Tally, column: int) -> float:
    """Measure how far the groups lie apart, or without groups how near half the whole is.

    Each share starts from one half with two pretended opinions on either side.
    """
    agree, disagree = tally.agree[:, column] + 2.0, tally.disagree[:, column] + 2.0
    shares = agree / (agree + disagree)
    if len(shares) > 1:
        return float(shares[1:].max() - shares[1:].min())
    return float(1.0 - abs(2.0 * shares[0] - 1.0))


def _flag(evidence: Evidence, rules: Rules, column: int) -> tuple[str, ...]:
    opinions = evidence.tally.agree[0, column] + evidence.tally.disagree[0, column]
    raised = {
        "few": opinions < rules.min_opinions,
        "pushed": evidence.pushed[column],
        "second-opinion": evidence.second.contradicts[column],
    }
    return tuple(flag for flag, up in raised.items() if up)
