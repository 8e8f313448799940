"""Ballots of the same people before and after: who moved, and toward what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from spreekruimte.analysis.framings.intervals import (
    Estimate,
    Estimates,
    Support,
    judge_support,
    refuse,
    stack_estimates,
)
from spreekruimte.analysis.framings.respondents import (
    ADMISSIBLE,
    INADMISSIBLE,
    NO_GROUP,
    Ints,
)
from spreekruimte.analysis.verdicts import bound_share_anytime


@dataclass(frozen=True, slots=True, eq=False)
class Revisions:
    """How ballots changed, for the whole first and then for each group.

    Attributes
    ----------
    moves
        Shape (1 + groups, 3, 3): people by their answer before (rows) and after
        (columns), in the order inadmissible, no opinion, admissible.
    change
        Shape (1 + groups,): the share that finds the case admissible after, less before,
        among those with an opinion both times.
    """

    moves: Ints
    change: Estimates

    @property
    def moved_to(self) -> Ints:
        """Shape (1 + groups, 3): people whose answer changed, by what it changed to."""
        stayed = np.diagonal(self.moves, axis1=1, axis2=2)
        return np.asarray(self.moves.sum(axis=1) - stayed)


def compare_ballots(before: Ints, after: Ints, group: Ints, groups: int, level: float) -> Revisions:
    """Compare two ballots of each person: first and revised, or before and after a reply.

    The anytime interval joins two exact sequences with half the chance to miss each: of
    the share m that moved, and of the share f of those that moved toward admissible;
    the change is m (2 f - 1). It leaves out zero just where the sequence of f leaves out
    1/2, which is a sequential sign test. The interval for one look is that of Bonett and
    Price (2012, "Adjusted Wald confidence interval for a difference of binomial
    proportions based on paired data").

    Parameters
    ----------
    before, after
        Shape (people,): 1 admissible, -1 not, 0 no opinion.
    group
        Shape (people,): opinion group, from 0; `NO_GROUP` for none.
    groups
        Number of opinion groups, from 0.
    level
        Of the intervals, in (0, 1).

    Raises
    ------
    ValueError
        Where arrays are not of one length, or hold codes that do not exist.
    """
    if not before.shape == after.shape == group.shape or before.ndim != 1:
        raise ValueError("everyone has one ballot before, one after, and one group")
    if max(abs(before).max(initial=0), abs(after).max(initial=0)) > 1:
        raise ValueError("a ballot has a code out of range")
    if group.size and not NO_GROUP <= group.min() <= group.max() < groups:
        raise ValueError("a group has a code out of range")
    places = (np.where(group == NO_GROUP, groups, group) * 3 + before + 1) * 3 + after + 1
    by_group = np.bincount(places, minlength=(groups + 1) * 9).reshape(groups + 1, 3, 3)
    moves = np.concatenate([by_group.sum(axis=0, keepdims=True), by_group[:-1]])
    return Revisions(
        moves, stack_estimates([_measure_change(each, level) for each in moves], (1 + groups,))
    )


def _measure_change(moves: Ints, level: float) -> Estimate:
    """Estimate the paired change from one table of moves."""
    sides = np.array([INADMISSIBLE, ADMISSIBLE])
    opinions = int(moves[np.ix_(sides, sides)].sum())
    support = judge_support(opinions)
    if support is not Support.TOLD:
        return refuse(support)
    gained = int(moves[INADMISSIBLE, ADMISSIBLE])
    lost = int(moves[ADMISSIBLE, INADMISSIBLE])
    low, high = _bound_change(gained, lost, opinions, level)
    once_low, once_high = _bound_change_once(gained, lost, opinions, level)
    return Estimate((gained - lost) / opinions, low, high, once_low, once_high, support)


def _bound_change(gained: int, lost: int, opinions: int, level: float) -> tuple[float, float]:
    moved = gained + lost
    lows, highs = bound_share_anytime(
        np.array([moved, gained]), np.array([opinions - moved, lost]), (1.0 + level) / 2.0
    )
    corners = np.outer([lows[0], highs[0]], [2.0 * lows[1] - 1.0, 2.0 * highs[1] - 1.0])
    return float(corners.min()), float(corners.max())


def _bound_change_once(gained: int, lost: int, opinions: int, level: float) -> tuple[float, float]:
    up, down = (gained + 1.0) / (opinions + 2.0), (lost + 1.0) / (opinions + 2.0)
    change = up - down
    reach = float(ndtri(0.5 + level / 2.0)) * np.sqrt((up + down - change**2) / (opinions + 2.0))
    return max(change - float(reach), -1.0), min(change + float(reach), 1.0)
