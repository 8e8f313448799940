"""What framings and the mirror change in how a post is judged, recomputed from its votes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.framings import (
    NO_GROUP,
    Cells,
    Estimates,
    Support,
    check_assignment,
    count_cells,
    make_respondents,
    measure_framing_effects,
    measure_mirror_gap,
    measure_shares,
)
from spreekruimte.analysis.opinions import find_groups
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.cases.bank import SIDES
from spreekruimte.verdicts.arms import ARM, ARM_NAMES, find_elsewhere, is_about_the_post
from spreekruimte.verdicts.framings.results import EFFECTS, ArmResult, Figure, Figures, Framings

Ints = NDArray[np.int64]

_CODES = {name: code for code, name in enumerate(ARM_NAMES)}
_UNKNOWN = -1


def measure_framings(
    given: VoteMatrix, rules: Rules, weights: Mapping[str, int]
) -> Framings | None:
    """Measure what the texts on which people were asked change in their judgement.

    The opinion groups are found anew, from the votes on reasons alone: a group that follows from
    the judgement itself would hold other people in each arm. They can differ from the groups of
    the verdict.

    Parameters
    ----------
    given
        All votes, with the attribute `ARM`.
    rules
        The intervals have the level of `anytime_level`.
    weights
        How often each arm is drawn, by name; empty where that is not known.

    Returns
    -------
    Framings or None
        None where everybody was shown the post with all context, or nothing is known of that.
    """
    if not find_elsewhere(given).any():
        return None
    labels = group_by_reasons(given, rules)
    groups = int(labels.max(initial=NO_GROUP)) + 1
    cells = _count(given, labels, groups)
    effects = measure_framing_effects(cells, rules.anytime_level)
    return Framings(
        level=rules.anytime_level,
        groups=tuple(np.bincount(labels + 1, minlength=groups + 1)[1:].tolist()),
        arms=_describe_arms(cells, rules.anytime_level),
        effects={name: read_estimates(getattr(effects, name)) for name in EFFECTS},
        mirror_gap=read_estimates(measure_mirror_gap(cells, rules.anytime_level)),
        assignment=_check(cells, weights),
    )


def group_by_reasons(given: VoteMatrix, rules: Rules) -> Ints:
    """Find the opinion group of each participant from the votes on reasons alone; -1 for none."""
    kept = ~is_about_the_post(given)[given.columns]
    counts = np.bincount(given.rows[kept], minlength=given.participant_count)
    reasons = replace(
        given,
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=given.columns[kept],
        values=given.values[kept],
    ).select_participants(counts > 0)
    labels = np.full(given.participant_count, NO_GROUP, dtype=np.int64)
    if reasons.participant_count:
        labels[counts > 0] = find_groups(reasons, false_alarm=rules.false_alarm).labels
    return labels


def _count(given: VoteMatrix, labels: Ints, groups: int) -> Cells:
    """Count the answers in each arm; who gave none, or took it back, has no opinion."""
    codes = np.array([_CODES.get(arm or "", _UNKNOWN) for arm in given.attributes[ARM]])
    answers = np.zeros(given.participant_count, dtype=np.int64)
    about = is_about_the_post(given)[given.columns]
    answers[given.rows[about]] = given.values[about]
    known = codes != _UNKNOWN
    framings, sides = np.divmod(codes[known], len(SIDES))
    return count_cells(make_respondents(framings, sides, answers[known], labels[known]), groups)


def _describe_arms(cells: Cells, level: float) -> tuple[ArmResult, ...]:
    counts = np.concatenate([cells.counts.sum(axis=0, keepdims=True), cells.counts[:-1]])
    shares = measure_shares(cells, level)
    # By arm in the order of `ARM_NAMES`, and within each by scope.
    per_arm = np.moveaxis(counts, 0, 2).reshape(len(ARM_NAMES), len(counts), 3)
    columns = (np.moveaxis(getattr(shares, each.name), 0, 2).ravel() for each in fields(Estimates))
    figures = read_estimates(Estimates(*columns))
    return tuple(
        ArmResult(
            arm=name,
            people=int(per_arm[code, 0].sum()),
            admissible=tuple(per_arm[code, :, 2].tolist()),
            inadmissible=tuple(per_arm[code, :, 0].tolist()),
            shares=figures[code * len(counts) : (code + 1) * len(counts)],
        )
        for code, name in enumerate(ARM_NAMES)
        if per_arm[code, 0].any()
    )


def _check(cells: Cells, weights: Mapping[str, int]) -> float | None:
    if not weights:
        return None
    declared = np.array([weights.get(name, 0) for name in _CODES], dtype=np.float64)
    return check_assignment(cells.assigned.ravel(), declared / declared.sum()).p_value


def read_estimates(estimates: Estimates) -> Figures:
    """Give estimates as plain values, in their order."""
    columns = (
        estimates.value,
        estimates.once_low,
        estimates.once_high,
        estimates.low,
        estimates.high,
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        _make_figure(
            *(None if math.isnan(value) else value for value in row), support=Support(code)
        )
        for row, code in zip(rows, estimates.support.tolist(), strict=True)
    )


def _make_figure(*numbers: float | None, support: Support) -> Figure:
    estimate, low, high, anytime_low, anytime_high = numbers
    return Figure(estimate, low, high, anytime_low, anytime_high, support)
