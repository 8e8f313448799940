"""The cost to flip: the fewest accounts that change the outcome of a statement."""

from __future__ import annotations

import math
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts.influence import make_bounded_thresholds
from spreekruimte.analysis.verdicts.outcomes import (
    ADMISSIBLE,
    DIVIDED,
    INADMISSIBLE,
    Rules,
    Thresholds,
    apply_thresholds,
    check_counts,
    make_thresholds,
)
from spreekruimte.analysis.verdicts.reach import FAR, count_moves, index_floor
from spreekruimte.analysis.verdicts.silencing import Terrain, end_division, survey_terrain

Counts = NDArray[np.int64]
Codes = NDArray[np.int8]


def count_cost_to_flip(
    agree: Counts,
    disagree: Counts,
    group_agree: Counts,
    group_disagree: Counts,
    rules: Rules,
) -> Counts:
    """Count the fewest accounts, added or removed, that change each statement's outcome.

    An account that is added votes agree or disagree on this statement alone, and joins
    whichever group it likes, or none; of an account that is removed the vote on this
    statement disappears. The grouping is held fixed, so an account that changes its vote
    counts twice. The number is exact: one account fewer cannot change the outcome,
    however placed.

    There is always such a number, at most n plus the fewest opinions that can decide: with
    no opinions left a statement is undecided, and from there opinions on one side decide.

    Parameters
    ----------
    agree, disagree
        Shape (statements,): opinions of all participants, of those without a group too.
    group_agree, group_disagree
        Shape (groups, statements): opinions of the members of each group; there may be
        no groups at all. The time taken doubles with each group that is on one side of a
        divided statement.
    rules
        As for `decide_outcomes`.

    Returns
    -------
    Counts
        Shape (statements,), from 1.

    Raises
    ------
    ValueError
        Where the shapes do not fit, or the groups hold more opinions than the whole.
    """
    check_counts(agree, disagree, group_agree, group_disagree)
    n = agree + disagree
    thresholds = make_thresholds(_reach_of(n, rules), rules)
    outcomes = apply_thresholds(agree, disagree, group_agree, group_disagree, thresholds)
    return _count_all(
        outcomes,
        n,
        agree - disagree,
        np.ascontiguousarray((group_agree + group_disagree).T),
        np.ascontiguousarray((group_agree - group_disagree).T),
        _survey(thresholds),
    )


def count_cost_to_flip_bounded(agree: Counts, disagree: Counts, rules: Rules) -> Counts:
    """Count the fewest accounts that change what the bounded share decides.

    The bounded share of `bound_influence` decides for from ``1/2 + margin`` up, against
    from ``1/2 - margin`` down, and leaves open what lies between. Accounts are added and
    removed as in `count_cost_to_flip`, and the number is as exact.

    Parameters
    ----------
    agree, disagree
        Shape (statements,): opinions of all participants.
    rules
        Uses `influence` and `margin`.

    Returns
    -------
    Counts
        Shape (statements,), from 1.

    Raises
    ------
    ValueError
        Where the shapes do not fit, or a count is below 0.
    """
    no_groups = np.empty((0, len(agree)), dtype=np.int64)
    check_counts(agree, disagree, no_groups, no_groups)
    n, lead = agree + disagree, agree - disagree
    reach = 2 * int(n.max(initial=0)) + math.ceil(rules.margin / rules.influence) + 2
    fewest = make_bounded_thresholds(reach, rules.influence, rules.margin)
    n_all = np.arange(reach + 1, dtype=np.int64)
    enter = index_floor(np.where(fewest <= n_all, 2 * fewest - n_all, FAR))
    leave = index_floor(n_all + 2 - 2 * fewest)
    return _count_bounded(n, lead, fewest, enter, leave)


class Landscape(NamedTuple):
    """Where pools have to go to change an outcome: indices of floors, from `index_floor`.

    Attributes
    ----------
    to_for, to_near, group_to_for
        Where the whole is for, where it is near half, and where a group is for.
    off_for
        Where the whole is not for, or near half; for d with its sign turned.
    terrain
        Where divisions end.
    bound
        More than any number of accounts that it takes.
    """

    to_for: Counts
    to_near: Counts
    group_to_for: Counts
    off_for: Counts
    terrain: Terrain
    bound: int


def _reach_of(n: Counts, rules: Rules) -> int:
    """Give the largest number of opinions that any way to another outcome passes.

    The cost is at most n and the fewest opinions that can decide. Of m opinions on one
    side the mixture ratio is at least 2^m / (2 sqrt(m)), which is enough for m = 3 bar + 8.
    """
    bar = -math.log1p(-rules.anytime_level)
    decisive = max(rules.min_opinions, rules.min_group_opinions, math.ceil(3.0 * bar) + 8)
    return 2 * int(n.max(initial=0)) + decisive + 1


def _survey(thresholds: Thresholds) -> Landscape:
    n = np.arange(len(thresholds.whole_for), dtype=np.int64)
    whole, group, near = thresholds.whole_for, thresholds.group_for, thresholds.near_from
    leaves_for = np.where(near <= n, np.minimum(n + 2 - 2 * whole, 2 * near - n), n + 2 - 2 * whole)
    return Landscape(
        to_for=index_floor(np.where(whole <= n, 2 * whole - n, FAR)),
        to_near=index_floor(np.where(near <= n, 2 * near - n, FAR)),
        group_to_for=index_floor(np.where(group <= n, 2 * group - n, FAR)),
        off_for=index_floor(leaves_for),
        terrain=survey_terrain(thresholds),
        bound=len(n),
    )


@numba.njit(cache=True)
def _count_all(
    outcomes: Codes,
    n: Counts,
    lead: Counts,
    group_n: Counts,
    group_lead: Counts,
    landscape: Landscape,
) -> Counts:
    cost = np.empty(len(n), dtype=np.int64)
    for s in range(len(n)):
        if outcomes[s] == ADMISSIBLE:
            cost[s] = _leave_one_side(n[s], lead[s], group_n[s], group_lead[s], landscape)
        elif outcomes[s] == INADMISSIBLE:
            cost[s] = _leave_one_side(n[s], -lead[s], group_n[s], -group_lead[s], landscape)
        elif outcomes[s] == DIVIDED:
            cost[s] = _leave_divided(n[s], lead[s], group_n[s], group_lead[s], landscape)
        else:
            cost[s] = _leave_undecided(n[s], lead[s], group_n[s], group_lead[s], landscape)
    return cost


@numba.njit(cache=True)
def _leave_one_side(
    n: int, lead: int, group_n: Counts, group_lead: Counts, landscape: Landscape
) -> int:
    """Admissible ends where the whole is no longer for, or near half, or a group is against."""
    fewest = count_moves(landscape.off_for, n, n, -lead, landscape.bound)
    for group in range(len(group_n)):
        size, against = group_n[group], -group_lead[group]
        fewest = count_moves(landscape.group_to_for, size, size, against, fewest)
    return fewest


@numba.njit(cache=True)
def _leave_divided(
    n: int, lead: int, group_n: Counts, group_lead: Counts, landscape: Landscape
) -> int:
    fewest = end_division(n, lead, group_n, group_lead, landscape.terrain, landscape.bound)
    return end_division(n, -lead, group_n, -group_lead, landscape.terrain, fewest)


@numba.njit(cache=True)
def _leave_undecided(
    n: int, lead: int, group_n: Counts, group_lead: Counts, landscape: Landscape
) -> int:
    """Undecided ends where the whole is for, against or near half, or two groups disagree."""
    fewest = count_moves(landscape.to_for, n, n, abs(lead), landscape.bound)
    fewest = count_moves(landscape.to_near, n, n, -abs(lead), fewest)
    groups = len(group_n)
    to_for, to_against = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.int64)
    for group in range(groups):
        size, ahead = group_n[group], group_lead[group]
        to_for[group] = count_moves(landscape.group_to_for, size, size, ahead, fewest)
        to_against[group] = count_moves(landscape.group_to_for, size, size, -ahead, fewest)
    for one in range(groups):
        for other in range(groups):
            if one != other:
                fewest = min(fewest, to_for[one] + to_against[other])
    return fewest


@numba.njit(cache=True)
def _count_bounded(n: Counts, lead: Counts, fewest: Counts, enter: Counts, leave: Counts) -> Counts:
    cost = np.empty(len(n), dtype=np.int64)
    for s in range(len(n)):
        ahead = abs(lead[s])
        if n[s] + ahead >= 2 * fewest[n[s]]:
            cost[s] = count_moves(leave, n[s], n[s], -ahead, len(fewest))
        else:
            cost[s] = count_moves(enter, n[s], n[s], ahead, len(fewest))
    return cost
