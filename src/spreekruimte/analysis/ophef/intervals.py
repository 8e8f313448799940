"""Intervals around counts, and around shares of signals that come in clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from spreekruimte.analysis.verdicts import bound_share

LEVEL = 0.95
"""The probability of every interval of the fuss."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of signals, in [0, 1], with its interval.

    Attributes
    ----------
    value
        The share; NaN where nothing is known.
    low, high
        The interval; 0 and 1 where nothing is known.
    known
        The denominator: of how many signals it is known.
    """

    value: float
    low: float
    high: float
    known: int


def bound_count(counts: ArrayLike, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Give the exact interval of the Poisson mean behind counts, of the same shape.

    Source: Garwood 1936, "Fiducial limits for the Poisson distribution".

    Parameters
    ----------
    counts
        From 0; numbers that are not whole are taken as they are.
    level
        Probability, at the least, that an interval holds the mean, in (0, 1).
    """
    counted = np.asarray(counts, dtype=np.float64)
    tail = (1.0 - level) / 2.0
    low = np.where(counted > 0.0, gammaincinv(np.maximum(counted, 1e-300), tail), 0.0)
    return low, np.asarray(gammaincinv(counted + 1.0, 1.0 - tail))


def estimate_share(
    is_so: NDArray[np.bool_], is_known: NDArray[np.bool_], clusters: NDArray[np.int64]
) -> Share:
    """Give the share of the signals of which it is known, with an interval that knows clusters.

    Signals of one author speak together, so a thousand signals of ten authors are not a thousand
    opinions. The variance of the share over clusters (the linearised ratio; Cochran 1977,
    "Sampling techniques", section 11) gives the number of independent signals that would be as
    certain, and the interval is that of `bound_share` for so many. Where all say the same the
    variance says nothing, and Kish's effective number of clusters stands in.

    Parameters
    ----------
    is_so, is_known
        Shape (signals,).
    clusters
        A code from 0 for the author of each signal, shape (signals,).
    """
    known = int(is_known.sum())
    if not known:
        return Share(np.nan, 0.0, 1.0, 0)
    sizes = np.bincount(clusters[is_known]).astype(np.float64)
    hits = np.bincount(clusters[is_known], weights=is_so[is_known])
    share = float(hits.sum()) / known
    variance = float(np.square(hits - share * sizes).sum()) / known**2
    effective = known**2 / float(np.square(sizes).sum())
    if variance > 0.0:
        effective = min(float(known), max(share * (1.0 - share) / variance, 1.0))
    low, high = bound_share(
        np.array([share * effective]), np.array([(1.0 - share) * effective]), LEVEL
    )
    return Share(share, min(float(low[0]), share), max(float(high[0]), share), known)
