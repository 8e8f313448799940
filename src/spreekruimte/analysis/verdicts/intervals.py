"""Intervals around the share that agrees among those who gave an opinion."""

from __future__ import annotations

import math

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaln

Counts = NDArray[np.int64] | NDArray[np.float64]
Floats = NDArray[np.float64]

# Beta(1/2, 1/2): the prior of the credible interval, and the mixture of the sequence.
PRIOR = 0.5
# Halvings of an interval within [0, 1]: leaves less than 1e-15 of it.
HALVINGS = 50


def bound_share(agree: Counts, disagree: Counts, level: float) -> tuple[Floats, Floats]:
    """Give the equal-tailed credible interval of the share that agrees.

    Under the prior Beta(1/2, 1/2) of Jeffreys, with the correction at the ends of Brown,
    Cai and DasGupta (2001, "Interval estimation for a binomial proportion", section
    4.3): the low end is 0 where nobody agrees, the high end 1 where nobody disagrees.

    Parameters
    ----------
    agree, disagree
        Opinions on either side, from 0, of equal shape; passes do not count. Whole numbers, or
        the effective numbers of opinions that hang together.
    level
        Probability that the interval holds the share, in (0, 1).

    Returns
    -------
    low, high
        Of the same shape, in [0, 1]; 0 and 1 where nobody gave an opinion.

    Raises
    ------
    ValueError
        Where the level is not between 0 and 1, or a count is below 0.
    """
    yes, no = _check(agree, disagree, level)
    tail = (1.0 - level) / 2.0
    low = np.where(yes == 0, 0.0, betaincinv(yes + PRIOR, no + PRIOR, tail))
    # The mirror image, so that swapping the sides mirrors the interval to the last bit.
    high = np.where(no == 0, 1.0, 1.0 - betaincinv(no + PRIOR, yes + PRIOR, tail))
    return low, high


def bound_share_anytime(agree: Counts, disagree: Counts, level: float) -> tuple[Floats, Floats]:
    """Give the interval of the share that holds however often one looks.

    The confidence sequence of the beta-binomial mixture with a = b = 1/2 (Robbins 1970,
    "Statistical methods related to the law of the iterated logarithm"; Howard, Ramdas,
    McAuliffe and Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence
    sequences"): all shares p with ``B(1/2 + S, 1/2 + D) / (B(1/2, 1/2) p^S (1 - p)^D)``
    below ``1 / (1 - level)``. The chance that it *ever* misses, over all numbers of
    opinions, is at most ``1 - level``. The intersection with earlier intervals is left
    out: it would be valid too, but would make the interval depend on the order in which
    the votes came in, and a result must depend on the set of votes alone.

    Parameters
    ----------
    agree, disagree
        Opinions on either side, whole numbers from 0, of equal shape; passes do not count.
    level
        Probability that the interval holds the share at all times, in (0, 1).

    Returns
    -------
    low, high
        Of the same shape, in [0, 1]; 0 and 1 where nobody gave an opinion.

    Raises
    ------
    ValueError
        Where the level is not between 0 and 1, or a count is below 0.
    """
    yes, no = _check(agree, disagree, level)
    # Where the logarithm of the likelihood of p comes out above this, p is in the interval.
    bar = (
        gammaln(yes + PRIOR)
        + gammaln(no + PRIOR)
        - gammaln(yes + no + 1.0)
        - math.log(math.pi)
        + math.log1p(-level)
    )
    low = _find_low_ends(yes.ravel(), no.ravel(), bar.ravel())
    high = 1.0 - _find_low_ends(no.ravel(), yes.ravel(), bar.ravel())
    return low.reshape(yes.shape), high.reshape(yes.shape)


def _check(agree: Counts, disagree: Counts, level: float) -> tuple[Floats, Floats]:
    if not 0.0 < level < 1.0:
        raise ValueError(f"the level of an interval lies between 0 and 1, and {level} does not")
    yes, no = np.asarray(agree, dtype=np.float64), np.asarray(disagree, dtype=np.float64)
    if yes.min(initial=0.0) < 0.0 or no.min(initial=0.0) < 0.0:
        raise ValueError("a number of opinions cannot be below 0")
    return yes, no


@numba.njit(cache=True)
def _find_low_ends(yes: Floats, no: Floats, bar: Floats) -> Floats:
    """Halve [0, share] until the likelihood crosses the bar; it rises all the way there."""
    low_ends = np.zeros(len(yes))
    for place in range(len(yes)):
        if yes[place] == 0.0:
            continue
        low, high = 0.0, yes[place] / (yes[place] + no[place])
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            likelihood = yes[place] * math.log(middle) + no[place] * math.log1p(-middle)
            if likelihood > bar[place]:
                high = middle
            else:
                low = middle
        low_ends[place] = low
    return low_ends
