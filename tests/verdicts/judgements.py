"""Judgements made by hand, to test what is written about them apart from the engine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.opinions import OpinionGroups, OpinionSpace, Representative
from spreekruimte.analysis.verdicts import Outcome, Rules
from spreekruimte.analysis.votes import Statement, VoteMatrix
from spreekruimte.verdicts.judgement import (
    Bridging,
    GroupResult,
    Interval,
    Judgement,
    StatementResult,
)

OUTCOMES: tuple[Outcome, ...] = ("admissible", "inadmissible", "divided", "undecided")
FLAGS: tuple[tuple[str, ...], ...] = ((), ("pushed",), (), ("few", "second-opinion"))


def make_matrix(
    participants: int = 60, statements: int = 8, *, seed: int = 1, text: str = "Stelling {}"
) -> VoteMatrix:
    """Let every participant vote on about two thirds of the statements; the last is not judged."""
    rng = np.random.default_rng(seed)
    seen = rng.random((participants, statements)) < 0.65
    seen[np.arange(participants), np.arange(participants) % statements] = True
    rows, columns = np.nonzero(seen)
    leaning = np.where(rows < participants // 2, 0.8, 0.3)
    votes = np.where(rng.random(len(rows)) < leaning, 1, -1)
    votes[rng.random(len(rows)) < 0.1] = 0
    return VoteMatrix(
        participant_ids=tuple(str(number) for number in range(participants)),
        statements=tuple(
            Statement(str(number), text.format(number), judged=number < statements - 1)
            for number in range(statements)
        ),
        indptr=np.concatenate([[0], np.cumsum(seen.sum(axis=1))]).astype(np.int64),
        columns=columns.astype(np.int32),
        values=votes.astype(np.int8),
        arrival=np.arange(participants, dtype=np.int32),
    )


def make_groups(matrix: VoteMatrix, count: int) -> OpinionGroups:
    """Deal the participants over groups, one in ten over none; without groups, all over none."""
    people = matrix.participant_count
    labels = np.full(people, -1, dtype=np.int32)
    if count:
        labels[:] = np.sort(np.arange(people) % count)
        labels[::10] = -1
    certainty = np.where(labels >= 0, 0.9, 0.4) if count else np.zeros(people)
    return OpinionGroups(
        outcome="groups" if count else "no groups",
        p_value=0.002 if count else 0.4,
        labels=labels,
        certainty=certainty,
        representatives=tuple(
            Representative(group, group % matrix.statement_count, 0.9, 0.2, 0.001)
            for group in range(count)
        ),
    )


def make_judgement(
    matrix: VoteMatrix | None = None, *, groups: int = 2, rules: Rules | None = None
) -> Judgement:
    """Judge by counting; outcomes and flags take turns so that each kind occurs."""
    matrix = matrix or make_matrix()
    found = make_groups(matrix, groups)
    rng = np.random.default_rng(7)
    angles = 2 * np.pi * found.labels / max(groups, 1)
    positions = np.column_stack([3 * np.cos(angles), 3 * np.sin(angles)])
    positions += rng.normal(0, 0.8, positions.shape)
    return Judgement(
        matrix=matrix,
        given=matrix,
        rules=rules or Rules(),
        space=OpinionSpace(
            positions=positions,
            axes=np.zeros((matrix.statement_count, 2)),
            explained=np.array([0.31, 0.125]),
        ),
        groups=found,
        results=_make_results(matrix, found),
    )


def _make_results(matrix: VoteMatrix, groups: OpinionGroups) -> tuple[StatementResult, ...]:
    everyone = np.ones(matrix.participant_count, dtype=np.bool_)
    results: list[StatementResult] = []
    for column, statement in enumerate(matrix.statements):
        if not statement.judged:
            continue
        agree, disagree, passed = _count(matrix, column, everyone)
        by_group = tuple(
            GroupResult(
                group,
                *_count(matrix, column, groups.labels == group),
                support=_interval(*_count(matrix, column, groups.labels == group)[:2], 0.08),
                anytime=_interval(*_count(matrix, column, groups.labels == group)[:2], 0.12),
            )
            for group in range(groups.count)
        )
        shares = [result.support.estimate or 0.0 for result in by_group] or [
            agree / (agree + disagree)
        ]
        least = min(shares)
        results.append(
            StatementResult(
                statement=statement,
                agree=agree,
                disagree=disagree,
                passed=passed,
                support=_interval(agree, disagree, 0.05),
                anytime=_interval(agree, disagree, 0.07),
                by_group=by_group,
                bridging=Bridging(least, max(least - 0.1, 0.0), min(least + 0.1, 1.0), 12),
                bounded=agree / (agree + disagree),
                rank=len(results) + 1,
                intercept=None if column == 1 else -0.0123456789,
                outcome=OUTCOMES[column % 4],
                cost_to_flip=None if column == 2 else column + 1,
                cost_to_flip_bounded=None if column == 2 else column + 2,
                top_probability=1 / (1 + column / 10),
                division=max(shares) - least,
                flags=FLAGS[column % 4],
            )
        )
    return tuple(results)


def _count(matrix: VoteMatrix, column: int, members: NDArray[np.bool_]) -> tuple[int, int, int]:
    votes = matrix.values[(matrix.columns == column) & members[matrix.rows]]
    return int((votes == 1).sum()), int((votes == -1).sum()), int((votes == 0).sum())


def _interval(agree: int, disagree: int, margin: float) -> Interval:
    if agree + disagree == 0:
        return Interval(None, 0.0, 1.0)
    estimate = agree / (agree + disagree)
    return Interval(estimate, max(estimate - margin, 0.0), min(estimate + margin, 1.0))
