"""The ophef gap: how far the fuss and what the public finds inadmissible part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_INCIDENTS = 10
FEWEST_PER_BIN = 5
MOST_BINS = 10

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationBins:
    """What the public finds of incidents for which the formula predicts about as much.

    Attributes
    ----------
    severity
        Mean predicted severity, shape (bins,), rising.
    share, low, high
        Mean share that finds the posts inadmissible, with its interval, from 0 to 1.
    incidents
        How many.
    """

    severity: Floats
    share: Floats
    low: Floats
    high: Floats
    incidents: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """How far fuss and public part, per incident, in the order in which incidents were given.

    Attributes
    ----------
    gap
        Rank by fuss less rank by the public, as a part of the ranks there are: from -1 (no fuss,
        and found inadmissible most) through 0 to 1 (most fuss, and found inadmissible least).
    low, high
        The ends of its interval, for what is uncertain about what the public finds.
    order
        Places of the incidents, those that part furthest first.
    """

    gap: Floats
    low: Floats
    high: Floats
    order: Ints


def correlate_ranks(fuss: Floats, inadmissible: Floats, *, level: float) -> Estimate | Refusal:
    """Give Kendall's tau-b between the fuss and the share that finds the posts inadmissible.

    1 where the order is the same, -1 where it is reversed, 0 where the one says nothing about the
    other; pairs that are tied count for neither, and shorten the scale (Kendall 1945). It is about
    the shares as they were measured: their errors bring it nearer to 0.

    The interval is that of the jackknife over incidents, on the scale of Fisher's transformation.
    Work grows with the square of the number of incidents.

    Parameters
    ----------
    fuss, inadmissible
        Shape (incidents,).

    Returns
    -------
    Estimate or Refusal
        Refused with fewer than `FEWEST_INCIDENTS`, or if one of the two is the same everywhere.
    """
    count = len(fuss)
    if count < FEWEST_INCIDENTS:
        return Refusal(Reason.TOO_FEW_INCIDENTS, count, FEWEST_INCIDENTS)
    for figures, reason in (
        (fuss, Reason.NO_DIFFERENCE_IN_FUSS),
        (inadmissible, Reason.NO_DIFFERENCE_IN_PUBLIC),
    ):
        if (
            len(np.unique(figures)) < 2
            or np.unique(figures, return_counts=True)[1].max() > count - 2
        ):
            return Refusal(reason, 1, 2)
    tau, without = _count_pairs(fuss, inadmissible)
    # Short of 1 by half a pair, since no sample can show that no pair would ever be reversed.
    most = 1.0 - 1.0 / (count * (count - 1))
    z, each = (np.arctanh(np.clip(value, -most, most)) for value in (tau, without))
    spread = float(np.sqrt((count - 1) * ((each - each.mean()) ** 2).mean()))
    reach = float(ndtri(0.5 + level / 2.0)) * spread
    return Estimate(tau, float(np.tanh(z - reach)), float(np.tanh(z + reach)))


def calibrate(
    severities: Floats, inadmissible: Floats, errors: Floats, *, level: float
) -> CalibrationBins:
    """Set the severity that the formula predicts against what the public finds, in bins.

    Bins hold about as many incidents each, at least `FEWEST_PER_BIN` where there are as many, and
    at most `MOST_BINS` of them; incidents of one severity share a bin. The interval of a mean share
    is that of Student over the incidents, whose spread holds the errors of the shares; for a
    single incident it is that of its share.

    Parameters
    ----------
    severities, inadmissible, errors
        Shape (incidents,): predicted step; share that finds the post inadmissible; its standard
        error.
    """
    order = np.lexsort((errors, inadmissible, severities))
    severities, inadmissible, errors = severities[order], inadmissible[order], errors[order]
    count = len(severities)
    wanted = max(1, min(MOST_BINS, count // FEWEST_PER_BIN))
    # The middle of all who have one severity decides, so that they stay together.
    bins = np.minimum((_rank_tied(severities) - 0.5) * wanted / max(1, count), wanted - 1)
    _, labels = np.unique(bins.astype(np.int64), return_inverse=True)
    sizes = np.bincount(labels)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.bincount(labels, weights=values) / sizes)

    share = mean(inadmissible)
    freedom = np.maximum(1, sizes - 1)
    squares = np.bincount(labels, weights=(inadmissible - share[labels]) ** 2)
    tail = 0.5 + level / 2.0
    reach = np.where(
        sizes > 1,
        stdtrit(freedom, tail) * np.sqrt(squares / freedom / sizes),
        ndtri(tail) * mean(errors),
    )
    return CalibrationBins(
        severity=mean(severities),
        share=share,
        low=np.maximum(0.0, share - reach),
        high=np.minimum(1.0, share + reach),
        incidents=sizes,
    )


def order_by_gap(fuss: Floats, inadmissible: Floats, errors: Floats, *, level: float) -> Gaps:
    """List incidents by how far fuss and public part.

    The gap is the difference of the two ranks; those who are tied have their mean rank. What the
    true shares may be is taken as normal around the measured ones, independently, so that given
    its own share the rank of an incident is a sum of independent comparisons; its mean and
    variance over the own share give the interval. Work grows with the square of the number of
    incidents.

    Parameters
    ----------
    fuss, inadmissible, errors
        Shape (incidents,): how much fuss; the share that finds the post inadmissible, and its
        standard error, 0 or more.
    """
    count = len(fuss)
    scale = max(1, count - 1)
    by_fuss = (_rank_tied(fuss) - 1.0) / scale
    by_public = (_rank_tied(inadmissible) - 1.0) / scale
    middle, spread = np.zeros(count), np.zeros(count)
    canonical = np.lexsort((errors, inadmissible))
    shares, sds = inadmissible[canonical], errors[canonical]
    for place in range(count):
        middle[place], spread[place] = _rank(inadmissible[place], errors[place], shares, sds)
    reach = float(ndtri(0.5 + level / 2.0)) * spread / scale
    centre = by_fuss - middle / scale
    gap = by_fuss - by_public
    return Gaps(
        gap=gap,
        low=np.maximum(-1.0, np.minimum(gap, centre - reach)),
        high=np.minimum(1.0, np.maximum(gap, centre + reach)),
        order=np.lexsort((errors, inadmissible, -fuss, -np.abs(gap))),
    )


def _rank_tied(values: Floats) -> Floats:
    """Rank from 1; those that are equal share the mean of their ranks."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((counts.cumsum() - (counts - 1) / 2.0)[places])


def _rank(share: float, error: float, shares: Floats, errors: Floats) -> tuple[float, float]:
    """Give the mean and the standard deviation of a rank, counted from 0, among all."""
    own = share + error * _NODES
    apart = own[:, None] - shares
    # Half a chance where both are known and tied.
    lower = np.where(errors > 0.0, ndtr(apart / np.where(errors > 0.0, errors, 1.0)), 0.5)
    lower = np.where((errors == 0.0) & (apart != 0.0), apart > 0.0, lower)
    sums = lower.sum(axis=1)
    changes = (lower * (1.0 - lower) * (errors > 0.0)).sum(axis=1)
    # The incident itself is among the others: it is neither above nor below.
    itself = ndtr(_NODES) if error > 0.0 else np.full(len(_NODES), 0.5)
    sums = sums - itself
    changes = changes - itself * (1.0 - itself) * (error > 0.0)
    middle = float((_WEIGHTS * sums).sum())
    variance = float((_WEIGHTS * (changes + (sums - middle) ** 2)).sum())
    return middle, float(np.sqrt(max(0.0, variance)))


def _count_pairs(first: Floats, second: Floats) -> tuple[float, Floats]:
    """Give tau-b, and what it is without each of the incidents."""
    rows = np.zeros((3, len(first)))
    for place in range(len(first)):
        signs = np.sign(first - first[place]), np.sign(second - second[place])
        rows[:, place] = (signs[0] * signs[1]).sum(), (signs[0] != 0).sum(), (signs[1] != 0).sum()
    same, untied, also = rows.sum(axis=1) / 2.0
    tau = same / np.sqrt(untied * also)
    left = (same - rows[0]) / np.sqrt((untied - rows[1]) * (also - rows[2]))
    return float(tau), left
