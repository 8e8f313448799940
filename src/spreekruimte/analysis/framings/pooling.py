"""One figure over several cases, which differ in what is true of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from spreekruimte.analysis.roots import find_root

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean over cases, with its interval for who looks once.

    Attributes
    ----------
    value, low, high
        The mean effect over cases like these, and the ends of its interval.
    spread
        Standard deviation of what is true from case to case, from 0.
    cases
        How many.
    """

    value: float
    low: float
    high: float
    spread: float
    cases: int


def pool_effects(values: Floats, low: Floats, high: Floats, level: float) -> Pooled | None:
    """Pool the effects of several cases, each of which has a truth of its own.

    The model is that of random effects. The variance between cases is that of Paule and Mandel
    (1982, "Consensus values and weighting factors"), the interval that of Hartung and Knapp (2001,
    "A refined method for the meta-analysis of controlled clinical trials with binary outcome"),
    never narrower than the one that takes the variances within cases to be known (Roever, Knapp
    and Friede 2015, "Hartung-Knapp-Sidik-Jonkman approach and its modification for random-effects
    meta-analysis with few studies"). Cases of which there is no figure are left out.

    Parameters
    ----------
    values, low, high
        Shape (cases,): estimates, with the ends of their intervals for one look; NaN where there
        is none.
    level
        Of the intervals that are given and of the one that comes out, in (0, 1).

    Returns
    -------
    Pooled or None
        None of fewer than two cases: one tells nothing of how cases differ.
    """
    told = ~np.isnan(values)
    count = int(told.sum())
    if count < 2:
        return None
    # In one order whatever order they came in, so that the sum is the same.
    order = np.lexsort((high[told], low[told], values[told]))
    values = values[told][order]
    reach = 2.0 * float(ndtri(0.5 + level / 2.0))
    within = ((high[told][order] - low[told][order]) / reach) ** 2
    between = _find_variance(values, within)
    weights = 1.0 / (within + between)
    total = float(weights.sum())
    mean = float((weights * values).sum()) / total
    scale = max(_weigh_deviations(values, within + between) / (count - 1), 1.0)
    width = float(stdtrit(count - 1, 0.5 + level / 2.0)) * math.sqrt(scale / total)
    return Pooled(mean, mean - width, mean + width, math.sqrt(between), count)


def _find_variance(values: Floats, within: Floats) -> float:
    """Find the variance between cases at which deviations are as large as is to be expected."""
    expected = len(values) - 1

    def exceed(between: float) -> float:
        return _weigh_deviations(values, within + between) - expected

    if exceed(0.0) <= 0.0:
        return 0.0
    most = float(((values - values.mean()) ** 2).sum())
    return find_root(exceed, 0.0, most)


def _weigh_deviations(values: Floats, variances: Floats) -> float:
    weights = 1.0 / variances
    mean = (weights * values).sum() / weights.sum()
    return float((weights * (values - mean) ** 2).sum())
