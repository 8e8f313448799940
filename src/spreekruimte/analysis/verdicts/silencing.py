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
from spreekruimte.analysis.verdicts.reach import FAR, can_reach, count_moves, index_floor

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
    alone = _count_whole(Lattice(n, n, d, d), terrain, bound)
    fewest = bound
    for emptied in range(1 << len(against)):
        if fewest > alone:
            plan = _draw_up(group_n, group_d, outvoting, emptied, terrain.first)
            fewest = _carry_out(n, d, plan, terrain, alone, fewest)
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
def _carry_out(n: int, d: int, plan: Plan, terrain: Terrain, alone: int, bound: int) -> int:
    """Count the accounts of a plan and of what the whole needs after it.

    `alone` is what the whole would need if there were no groups: no plan takes fewer.
    """
    least = int(plan.outvoting.sum()) + plan.removed
    if least >= bound:
        return bound
    _, agrees = _add_ends(_trade_agrees(plan, terrain, 1))
    plain = _place(n, d, plan, agrees, 0)
    fewest = least + _count_whole(plain, terrain, bound - least)
    if fewest <= max(least, alone):
        return fewest
    # More moves among the outvoted, fewer of them agrees, may leave the whole with less to do.
    curves = _trade_agrees(plan, terrain, fewest - least)
    most, agrees = _add_ends(curves)
    end = _place(n, d, plan, agrees, most)
    above = terrain.above
    if n - fewest > terrain.band_last and not can_reach(above, end.n_from, end.n_to, end.d_to, 1):
        spent = least + most
        return spent + count_moves(above, end.n_from, end.n_to, end.d_to, fewest - spent)
    spread = _spread_excess(curves, fewest - least)
    fewest = _climb(n, d, plan, spread, terrain, max(least, alone), fewest)
    for excess in range(1, len(spread)):
        lattice = _place(n, d, plan, spread[excess], excess)
        spent = least + excess
        fewest = spent + _count_to_band(lattice, terrain, fewest - spent)
    return fewest


@numba.njit(cache=True)
def _place(n: int, d: int, plan: Plan, agrees: int, excess: int) -> Lattice:
    """Place the whole after a plan with at least `agrees` among the moves that outvote."""
    outvoting = plan.outvoting.sum() + excess
    spent = outvoting + plan.removed
    return Lattice(
        n - spent + 2 * agrees,
        n - plan.removed + outvoting,
        d + spent - 2 * plan.agrees_to,
        d + spent - 2 * plan.agrees_from,
    )


@numba.njit(cache=True)
def _count_whole(lattice: Lattice, terrain: Terrain, bound: int) -> int:
    """Count the moves to where the whole is neither near half nor against."""
    above = count_moves(terrain.above, lattice.n_from, lattice.n_to, lattice.d_to, bound)
    return _count_to_band(lattice, terrain, above)


@numba.njit(cache=True)
def _climb(
    n: int, d: int, plan: Plan, agrees: Counts, terrain: Terrain, low: int, high: int
) -> int:
    """Find the fewest accounts, from `low` to `high`, that bring the whole above the floor.

    All that are not needed for the plan go into excess first: that reaches all that
    fewer would, and more.
    """
    least = int(plan.outvoting.sum()) + plan.removed
    too_few, enough = low - 1, high
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        excess = min(middle - least, len(agrees) - 1)
        reached = False
        for part in range(max(excess - 1, 0), excess + 1):
            place = _place(n, d, plan, agrees[part], part)
            rest = middle - least - part
            reached |= can_reach(terrain.above, place.n_from, place.n_to, place.d_to, rest)
        if reached:
            enough = middle
        else:
            too_few = middle
    return enough


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
def _trade_agrees(plan: Plan, terrain: Terrain, room: int) -> list[Counts]:
    """Find, for each outvoted group, the fewest agrees among the moves that silence it.

    Returns
    -------
    list of Counts
        For each group the fewest agrees, indexed by the number of moves beyond the
        fewest, from 0; at most `room` long, and no longer than helps. The group keeps
        enough opinions to be judged, and one move more never needs more agrees.
    """
    curves = []
    for group in range(len(plan.outvoting)):
        moves = plan.outvoting[group]
        n, d = plan.outvoted_n[group] - moves, plan.outvoted_d[group] + moves
        curve = np.empty(min(room, n + moves), dtype=np.int64)
        agrees, length = moves, 0
        while length < len(curve) and n - length + 2 * agrees >= terrain.first:
            agrees = _drop_agrees(n - length, d + length, agrees, terrain)
            curve[length] = agrees
            length += 1
            if agrees == 0:
                break
        curves.append(curve[:length])
    return curves


@numba.njit(cache=True)
def _drop_agrees(n: int, d: int, agrees: int, terrain: Terrain) -> int:
    """Drop agrees for disagrees removed, as long as the group stays judged and silent."""
    smaller = n + 2 * agrees - 2
    while agrees > 0 and smaller >= terrain.first and d > terrain.against[smaller]:
        agrees -= 1
        smaller -= 2
    return agrees


@numba.njit(cache=True)
def _add_ends(curves: list[Counts]) -> tuple[int, int]:
    """Give the moves beyond the fewest, and the agrees, where all curves have come to an end."""
    excess, agrees = 0, 0
    for curve in curves:
        excess += len(curve) - 1
        agrees += curve[-1]
    return excess, agrees


@numba.njit(cache=True)
def _spread_excess(curves: list[Counts], room: int) -> Counts:
    """Find the fewest agrees in all, indexed by the moves beyond the fewest in all."""
    total = np.zeros(1, dtype=np.int64)
    for curve in curves:
        joined = np.full(min(len(total) + len(curve) - 1, room), FAR)
        for here in range(len(curve)):
            for there in range(min(len(total), len(joined) - here)):
                joined[here + there] = min(joined[here + there], curve[here] + total[there])
        total = joined
    return total
