"""How far the signals come from few authors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.intervals import LEVEL, bound_count
from spreekruimte.analysis.verdicts import bound_share


def measure_concentration(per_author: NDArray[np.int64]) -> Estimate | None:
    """Give the chance that two signals drawn at random have one author, with its interval.

    Simpson's index without bias, ``sum n (n - 1) / (N (N - 1))``, in [0, 1]; its inverse is the
    number of equally loud authors that would be as concentrated. The interval is the exact one of
    the number of pairs with one author, as far as such a number varies like a Poisson count; that
    it varies more, by Simpson's variance, counts as fewer pairs. Where there is one author only,
    its low end is the square of the least share that this author can have.

    Source: Simpson 1949, "Measurement of diversity".

    Parameters
    ----------
    per_author
        Number of signals of each author, from 0, shape (authors,).

    Returns
    -------
    Estimate or None
        None with fewer than two signals.
    """
    counts = np.sort(per_author[per_author > 0]).astype(np.float64)
    total = float(counts.sum())
    if total < 2.0:
        return None
    if len(counts) == 1:
        least = float(bound_share(np.array([total]), np.array([0.0]), LEVEL)[0][0])
        return Estimate(1.0, least**2, 1.0)
    pairs = total * (total - 1.0) / 2.0
    same = float((counts * (counts - 1.0)).sum()) / 2.0
    value = same / pairs
    excess = max(_vary(counts, value) * pairs / value, 1.0) if same else 1.0
    low, high = bound_count(same / excess)
    return Estimate(
        value, float(low) * excess / pairs, max(value, min(float(high) * excess / pairs, 1.0))
    )


def _vary(counts: NDArray[np.float64], value: float) -> float:
    """Give the variance of the index; shares as they are, which in few signals are too uneven."""
    total = float(counts.sum())
    cubes = float(((counts / total) ** 3).sum())
    variance = 4.0 * (total - 2.0) * max(cubes - value**2, 0.0) + 2.0 * (value - value**2)
    return variance / (total * (total - 1.0))
