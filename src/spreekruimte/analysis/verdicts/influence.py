"""The bounded share: a share that no single account can move far."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

# Shares that reach a margin on paper may miss it by rounding: they count as reaching it.
ROUNDING = 1e-9


def bound_influence(agree: Counts, disagree: Counts, influence: float) -> Floats:
    """Give the share that agrees when one account can move it by at most `influence`.

    The Lipschitz-resilient mean of Tournesol (Hoang et al. 2022, "Solidago: a modular
    collaborative scoring pipeline"; Allouah, Guerraoui, Hoang and Villemaud 2024,
    "Robust sparse voting"): the mean of the votes, each drawn to within a radius of the
    quadratically regularised median. For votes x of +1/2 and -1/2 that median,
    ``argmin m^2 / L + sum |m - x_i|``, is ``m = L (agree - disagree) / 2`` drawn to
    within [-1/2, 1/2]; the radius is ``L n / 2``; the share is 1/2 plus the mean.

    Why the bound holds, with y = L * disagree and z = L * agree taken as real numbers
    and z >= y (the other half mirrors it), F being the mean:

    - z <= 1/2: F = z - y.
    - z >= 1/2, z - y <= 1, y <= 1/2: F = (z/2 - y^2) / (z + y), of which the slope in z,
      (y/2 + y^2) / (z + y)^2, lies in [0, 1/2], and that in y, z (z - 1/2) / (z + y)^2 - 1,
      in [-1, 0].
    - z - y >= 1, z + y <= 2: F = (1 - y) / 2.
    - else F = (z - y) / (2 (z + y)), with slopes y / (z + y)^2 and -z / (z + y)^2 within
      [-1, 1].

    F is continuous, and every slope is at most 1 in size; so one account, which moves y
    or z by L, moves F by at most L. No larger constants would do: the first case attains
    it. From 2 / L opinions on no vote is drawn in, and the share is the plain one.

    Parameters
    ----------
    agree, disagree
        Opinions on either side, whole numbers from 0, of equal shape.
    influence
        L, in (0, 1/2].

    Returns
    -------
    Floats
        Of the same shape, in [0, 1]; 1/2 without opinions; never falls as agrees are
        added, and never rises as disagrees are.

    Raises
    ------
    ValueError
        Where the influence is out of range, or a count is below 0.
    """
    yes, no = np.broadcast_arrays(np.asarray(agree), np.asarray(disagree))
    if not 0.0 < influence <= 0.5:
        raise ValueError(f"influence lies above 0 and at most at 1/2, not at {influence}")
    if yes.min(initial=0) < 0 or no.min(initial=0) < 0:
        raise ValueError("a number of opinions cannot be below 0")
    means = _mean_all(yes.astype(np.int64).ravel(), no.astype(np.int64).ravel(), influence)
    return 0.5 + means.reshape(yes.shape)


def make_bounded_thresholds(n_max: int, influence: float, margin: float) -> Counts:
    """Give the fewest agrees of n opinions with which the bounded share decides `for`.

    That is, with which it is at least ``1/2 + margin``; `against` needs as many
    disagrees. An agree added or a disagree removed never lowers the share, so one
    opinion more raises the fewest by 0 or 1, and one walk over n finds all: O(n_max).

    Parameters
    ----------
    n_max
        The largest number of opinions.
    influence
        As in `bound_influence`.
    margin
        Distance from 1/2, in (0, 1/2).

    Returns
    -------
    Counts
        Shape (n_max + 1,), indexed by n; n + 1 where n opinions cannot suffice.
    """
    return _walk_up(n_max, influence, margin - ROUNDING)


@numba.njit(cache=True)
def _mean_drawn_in(yes: int, no: int, influence: float) -> float:
    """Average votes of +1/2 and -1/2, each drawn to within a radius of their median."""
    n = yes + no
    if n == 0:
        return 0.0
    median = min(max(0.5 * influence * (yes - no), -0.5), 0.5)
    radius = 0.5 * influence * n
    return (yes * min(0.5, median + radius) + no * max(-0.5, median - radius)) / n


@numba.njit(cache=True)
def _mean_all(yes: Counts, no: Counts, influence: float) -> Floats:
    means = np.empty(len(yes))
    for place in range(len(yes)):
        means[place] = _mean_drawn_in(yes[place], no[place], influence)
    return means


@numba.njit(cache=True)
def _walk_up(n_max: int, influence: float, margin: float) -> Counts:
    fewest = np.ones(n_max + 1, dtype=np.int64)
    agree = 1
    for n in range(1, n_max + 1):
        if _mean_drawn_in(agree, n - agree, influence) < margin:
            agree += 1
        fewest[n] = agree
    return fewest
