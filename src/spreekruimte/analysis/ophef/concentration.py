"""How far the signals come from few authors."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from spreekruimte.analysis.ophef.intervals import LEVEL, Figure
from spreekruimte.analysis.verdicts import bound_share


def measure_concentration(per_author: NDArray[np.int64]) -> Figure | None:
    """Give the chance that two signals drawn at random have one author, with its interval.

    Simpson's index without bias, ``sum n (n - 1) / (N (N - 1))``, in [0, 1]; its inverse is the
    number of equally loud authors that would be as concentrated. The interval is normal on the
    scale of the logarithm, with Simpson's own variance. Where no author comes back, its high end is
    the concentration at which that would still happen in 2.5% of cases; where there is one author
    only, its low end is the square of the least share that this author can have.

    Source: Simpson 1949, "Measurement of diversity".

    Parameters
    ----------
    per_author
        Number of signals of each author, from 0, shape (authors,).

    Returns
    -------
    Figure or None
        None with fewer than two signals.
    """
    counts = np.sort(per_author[per_author > 0]).astype(np.float64)
    total = float(counts.sum())
    if total < 2.0:
        return None
    pairs = total * (total - 1.0)
    value = float((counts * (counts - 1.0)).sum()) / pairs
    tail = (1.0 - LEVEL) / 2.0
    if value == 0.0:
        return Figure(0.0, 0.0, min(1.0, -2.0 * math.log(tail) / pairs))
    if len(counts) == 1:
        least = float(bound_share(np.array([total]), np.array([0.0]), LEVEL)[0][0])
        return Figure(1.0, least**2, 1.0)
    spread = math.exp(-float(ndtri(tail)) * _deviate(counts, value) / value)
    return Figure(value, value / spread, min(1.0, value * spread))


def _deviate(counts: NDArray[np.float64], value: float) -> float:
    """Give the standard deviation of the index, from estimates without bias of what is in it."""
    total = float(counts.sum())
    triples = max(total * (total - 1.0) * (total - 2.0), 1.0)
    cubes = float((counts * (counts - 1.0) * (counts - 2.0)).sum()) / triples
    variance = 4.0 * (total - 2.0) * max(cubes - value**2, 0.0) + 2.0 * (value - value**2)
    return math.sqrt(variance / (total * (total - 1.0)))
