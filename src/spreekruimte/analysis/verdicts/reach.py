"""How few accounts carry one pool of votes into a region.

A pool of n opinions in which agrees outnumber disagrees by d is a point (n, d). An
account that is added or removed moves n by one and d by one, either way each; so the
fewest accounts between two pools is the larger of the two differences. A region is
given by its *floor*: all points with d >= floor(n). The fewest accounts from (n, d) to
the region is therefore the least x for which, somewhere within x of n, the floor is at
most d + x: a search by halving, over minima of windows.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

# The floor where no point is in the region.
FAR = 1 << 40


@numba.njit(cache=True)
def index_floor(floor: Counts) -> Counts:
    """Prepare the minima of a floor over windows.

    Parameters
    ----------
    floor
        Shape (n_max + 1,), indexed by n; `FAR` where no point is in the region.

    Returns
    -------
    Counts
        Shape (2, 2 * width): a tournament for even n and one for odd n; the leaves
        begin at `width`, and each node holds the least of its two children.
    """
    width = 1
    while 2 * width < len(floor):
        width *= 2
    tournaments = np.full((2, 2 * width), FAR)
    for n in range(len(floor)):
        tournaments[n % 2, width + n // 2] = floor[n]
    for node in range(width - 1, 0, -1):
        for parity in range(2):
            left, right = tournaments[parity, 2 * node], tournaments[parity, 2 * node + 1]
            tournaments[parity, node] = min(left, right)
    return tournaments


@numba.njit(cache=True)
def count_moves(index: Counts, n_from: int, n_to: int, d: int, bound: int) -> int:
    """Count the fewest moves into a region from whichever starting point is nearest.

    Parameters
    ----------
    index
        From `index_floor`.
    n_from, n_to
        The starting points have n = n_from, n_from + 2, ..., n_to.
    d
        The largest d among the starting points, which all have it, or it less an even
        number.
    bound
        Where to give up.

    Returns
    -------
    int
        The fewest moves, or `bound` if it takes at least as many.
    """
    if bound <= 0 or can_reach(index, n_from, n_to, d, 0):
        return min(bound, 0)
    too_few, enough = 0, 1
    while enough < bound and not can_reach(index, n_from, n_to, d, enough):
        too_few, enough = enough, 2 * enough
    enough = min(enough, bound)
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if can_reach(index, n_from, n_to, d, middle):
            enough = middle
        else:
            too_few = middle
    return enough


@numba.njit(cache=True)
def can_reach(index: Counts, n_from: int, n_to: int, d: int, moves: int) -> bool:
    """Say whether at most so many moves lead from a starting point into the region.

    The parameters are those of `count_moves`. A point that the two differences allow, but
    whose n and d do not fit together as even and odd, has a neighbour in the region that
    is allowed too, since floor(n) and n are both even or both odd.
    """
    parity, low, high = n_from % 2, n_from - moves, n_to + moves
    if _find_least(index[parity], low, high, parity) <= d + moves:
        return True
    return moves > 0 and _find_least(index[1 - parity], low, high, 1 - parity) <= d + moves


@numba.njit(cache=True)
def _find_least(tournament: Counts, low: int, high: int, parity: int) -> int:
    """Find the least floor among the n of one parity from `low` to `high`."""
    width = len(tournament) // 2
    left = width + max(low - parity + 1, 0) // 2
    right = width + min((high - parity) // 2, width - 1) + 1
    least = FAR
    while left < right:
        if left % 2 == 1:
            least = min(least, tournament[left])
            left += 1
        if right % 2 == 1:
            right -= 1
            least = min(least, tournament[right])
        left //= 2
        right //= 2
    return least
