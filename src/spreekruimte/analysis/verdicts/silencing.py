"""How few accounts end a division: the coupled part of the cost to flip.

A division ends where no pool is against any more, or none is for, and the whole is not
near half. The second way is the mirror image of the first, of which we speak here:
every group that is against has to be silenced, and the whole has to end up neither near
half nor against. A group is silenced in one of two ways:

- *outvoted*: agrees are added and disagrees removed, k in all. Some least number of the
  k has to be agrees, since a larger group needs a larger surplus to be against; any
  larger part of the k may be.
- *emptied*: so many accounts are removed, of either side, that too few opinions are left
  to be against.

These moves carry the whole along to one of a lattice of points (n, d), see `reach`, and
from there it goes on. The least sum over all ways is exact. Nothing is cheaper: however
a group was silenced, some of the moves in it make one of the two ways, and the others
move the whole as they would elsewhere. And it can be had: what the whole still needs is
added outside all groups, or removed where no group turns against by it. Where only
groups that are for are left to remove agrees from, these stop being for in the end, and
then the division has ended the other way.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts.outcomes import Thresholds
from spreekruimte.analysis.verdicts.reach import FAR, count_moves, index_floor

Counts = NDArray[np.int64]


class Terrain(NamedTuple):
    """Where pools may go to end a division; the arrays are indexed by n.

    Attributes
    ----------
    above
        Index of the floor above which the whole is neither near half nor against.
    band_low, band_high
        The d between being against and being near half, where near half is possible.
    band_first, band_last
        The n between which such d exist.
    against
        The largest d at which a group is against.
    first
        The least n at which a group can be against.
    """

    above: Counts
    band_low: Counts
    band_high: Counts
    band_first: int
    band_last: int
    against: Counts
    first: int


def survey_terrain(thresholds: Thresholds) -> Terrain:
    """Lay out the terrain that follows from the thresholds."""
    n = np.arange(len(thresholds.whole_for), dtype=np.int64)
    can_be_near = thresholds.near_from <= n
    not_against = n - 2 * thresholds.whole_for + 2
    below_near = np.where(can_be_near, 2 * thresholds.near_from - n - 2, -FAR)
    band = np.flatnonzero(not_against <= below_near)
    judged = np.flatnonzero(thresholds.group_for <= n)
    return Terrain(
        above=index_floor(np.where(can_be_near, -below_near, not_against)),
        band_low=not_against,
        band_high=below_near,
        band_first=int(band[0]) if len(band) else 1,
        band_last=int(band[-1]) if len(band) else 0,
        against=n - 2 * thresholds.group_for,
        first=int(judged[0]) if len(judged) else len(n),
    )


class Lattice(NamedTuple):
    """Points (n, d): every other n and every other d between the ends, all combined."""

    n_from: int
    n_to: int
    d_from: int
    d_to: int


class Plan(NamedTuple):
    """One choice of which groups to outvote and which to empty.

    Attributes
    ----------
    outvoted_n, outvoted_d, outvoting
        Shape (outvoted groups,): their opinions, by how much agrees outnumber
        disagrees, and the fewest moves that silence them.
    removed
        Accounts removed to empty the others.
    agrees_from, agrees_to
        How many of the accounts removed agree: at least and at most.
    """

    outvoted_n: Counts
    outvoted_d: Counts
    outvoting: Counts
    removed: int
    agrees_from: int
    agrees_to: int


@numba.njit(cache=True)
def end_division(
    n: int, d: int, group_n: Counts, group_d: Counts, terrain: Terrain, bound: int
) -> int:
    """Count the fewest accounts that leave no pool against, nor the whole near half.

    Parameters
    ----------
    n, d
        The whole: its opinions, and by how much agrees outnumber disagrees.
    group_n, group_d
        Shape (groups,): the same for each group.
    terrain
        From `survey_terrain`.
    bound
        Where to give up.

    Returns
    -------
    int
        The fewest accounts, or `bound` if it takes at least as many.
    """
    against = np.flatnonzero(group_d <= terrain.against[group_n])
    group_n, group_d = group_n[against], group_d[against]
    outvoting = np.empty(len(against), dtype=np.int64)
    for group in range(len(against)):
        outvoting[group] = _count_outvoting(group_n[group], group_d[group], terrain)
    fewest = bound
    for emptied in range(1 << len(against)):
        plan = _draw_up(group_n, group_d, outvoting, emptied, terrain.first)
        fewest = _carry_out(n, d, plan, terrain, fewest)
    return fewest


@numba.njit(cache=True)
def _draw_up(group_n: Counts, group_d: Counts, outvoting: Counts, emptied: int, first: int) -> Plan:
    """Draw up the plan in which the groups whose bit is set in `emptied` are emptied."""
    is_emptied = (emptied >> np.arange(len(group_n))) & 1 == 1
    removed, agrees_from, agrees_to = 0, 0, 0
    for group in np.flatnonzero(is_emptied):
        gone = group_n[group] - first + 1
        agrees = (group_n[group] + group_d[group]) // 2
        removed += gone
        agrees_from += max(gone - group_n[group] + agrees, 0)
        agrees_to += min(gone, agrees)
    outvoted = ~is_emptied
    return Plan(
        group_n[outvoted], group_d[outvoted], outvoting[outvoted], removed, agrees_from, agrees_to
    )


@numba.njit(cache=True)
def _carry_out(n: int, d: int, plan: Plan, terrain: Terrain, bound: int) -> int:
    """Count the accounts of a plan and of what the whole needs after it."""
    outvoting = plan.outvoting.sum()
    if outvoting + plan.removed >= bound:
        return bound
    agrees = _spread_moves(plan, terrain, 1)
    fewest = _go_on(n, d, plan, outvoting, agrees[0], terrain, bound)
    # More moves among the outvoted, so that fewer need be agrees, may help the whole; but
    # never by more than what it needs now.
    agrees = _spread_moves(plan, terrain, fewest - outvoting - plan.removed)
    for excess in range(1, len(agrees)):
        fewest = _go_on(n, d, plan, outvoting + excess, agrees[excess], terrain, fewest)
    return fewest


@numba.njit(cache=True)
def _go_on(
    n: int, d: int, plan: Plan, moves: int, agrees: int, terrain: Terrain, bound: int
) -> int:
    """Count all accounts, when of the moves among the outvoted at least `agrees` are agrees."""
    spent = moves + plan.removed
    lattice = Lattice(
        n - spent + 2 * agrees,
        n - plan.removed + moves,
        d + spent - 2 * plan.agrees_to,
        d + spent - 2 * plan.agrees_from,
    )
    rest = count_moves(terrain.above, lattice.n_from, lattice.n_to, lattice.d_to, bound - spent)
    return spent + _count_to_band(lattice, terrain, rest)


@numba.njit(cache=True)
def _count_to_band(lattice: Lattice, terrain: Terrain, bound: int) -> int:
    """Count the moves to where the whole is below near half and yet not against."""
    fewest = bound
    low = max(terrain.band_first, lattice.n_from - bound)
    high = min(terrain.band_last, lattice.n_to + bound)
    for n in range(low, high + 1):
        if terrain.band_low[n] > terrain.band_high[n]:
            continue
        along = max(lattice.n_from - n, n - lattice.n_to)
        across = max(terrain.band_low[n] - lattice.d_to, lattice.d_from - terrain.band_high[n])
        # Between two points of the lattice: one move away, in both directions.
        between = (n - lattice.n_from) % 2
        fewest = min(fewest, max(along, across, between))
    return fewest


@numba.njit(cache=True)
def _count_outvoting(n: int, d: int, terrain: Terrain) -> int:
    """Count the fewest agrees added that silence a group."""
    too_few, enough = 0, -d
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if d + middle > terrain.against[n + middle]:
            enough = middle
        else:
            too_few = middle
    return enough


@numba.njit(cache=True)
def _spread_moves(plan: Plan, terrain: Terrain, room: int) -> Counts:
    """Find the fewest agrees among the moves that outvote all groups of a plan.

    Returns
    -------
    Counts
        Indexed by the number of moves beyond the fewest, from 0; at most `room` long,
        at least 1, and no longer than helps.
    """
    total = np.zeros(1, dtype=np.int64)
    for group in range(len(plan.outvoting)):
        own = _trade_agrees(
            plan.outvoted_n[group], plan.outvoted_d[group], plan.outvoting[group], terrain, room
        )
        joined = np.full(max(min(len(total) + len(own) - 1, room), 1), FAR)
        for here in range(len(own)):
            for there in range(min(len(total), len(joined) - here)):
                joined[here + there] = min(joined[here + there], own[here] + total[there])
        total = joined
    return total


@numba.njit(cache=True)
def _trade_agrees(n: int, d: int, moves: int, terrain: Terrain, room: int) -> Counts:
    """Find the fewest agrees to add among `moves` or more moves that silence one group.

    The group keeps enough opinions to be judged; with each move more, as few agrees do.
    """
    curve = np.empty(max(min(room, n), 1), dtype=np.int64)
    agrees = moves
    for excess in range(len(curve)):
        size, lead = n - moves - excess, d + moves + excess
        if size + 2 * agrees < terrain.first:
            return curve[:excess]
        while agrees > 0 and _is_silent(size + 2 * agrees - 2, lead, terrain):
            agrees -= 1
        curve[excess] = agrees
        if agrees == 0:
            return curve[: excess + 1]
    return curve


@numba.njit(cache=True)
def _is_silent(n: int, d: int, terrain: Terrain) -> bool:
    """Say whether a group is judged and yet not against."""
    return n >= terrain.first and d > terrain.against[n]
