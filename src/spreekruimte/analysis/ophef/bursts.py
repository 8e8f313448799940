"""Bursts: when much more came in than the incident's own base and rhythm explain.

The states of an automaton (`automaton`) are found by their least cost, so that the strength and
the length of a burst count together. Which of its bursts are claimed is a matter of significance:
the base model (`rhythm`), overdispersion included, is drawn many times, and a burst is claimed if
it is heavier than the heaviest one in all but `FALSE_ALARM` of these quiet series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from spreekruimte.analysis.ophef.automaton import find_bursts, find_heaviest
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.intensity import Counts, seed_from
from spreekruimte.analysis.ophef.intervals import LEVEL
from spreekruimte.analysis.ophef.rhythm import Base, Rhythm, fit_base

FALSE_ALARM = 0.015
"""The p-value up to which a burst is claimed.

Less than the 5% of quiet series in which one may be claimed, as the true base is not known: the
fitted one is nearer to the series than that is, most of all where many hours vary together.
"""

SIMULATIONS = 399
BLOCK = 50
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst.

    Attributes
    ----------
    start, end
        When its first bin begins and its last bin ends, in seconds.
    count
        Signals in it.
    weight
        What it saves the automaton, in units of the natural logarithm of likelihood, above 0.
    p_value
        In which part of quiet series the heaviest burst weighs as much, in (0, `FALSE_ALARM`].
    factor
        How many times the base came in, with its interval: both the burst and the base are taken to
        be uncertain. It takes the bins of the burst as given; they were chosen for being full, so
        the factor of a burst that is barely claimed lies somewhat too high.
    """

    start: float
    end: float
    count: int
    weight: float
    p_value: float
    factor: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Bursts:
    """The bursts of one incident in the order of time, and the base that they stand out from."""

    bursts: tuple[Burst, ...]
    base: Base


def detect_bursts(counts: Counts, *, rhythm: Rhythm | None = None) -> Bursts:
    """Find the bursts in a series of counts.

    The base is fitted, bursts are claimed, and both again without the bins of these bursts, until
    the same bursts come out, at most `ROUNDS` times. In a quiet series nothing is claimed in the
    first round, with at least 95%. Chance is seeded by the counts.

    Parameters
    ----------
    counts
        Signals of the incident per bin, over all time that they were watched.
    rhythm
        As in `fit_base`.

    Raises
    ------
    InputError
        If the rhythm is of bins of another width.

    Notes
    -----
    Source: Kleinberg 2002, "Bursty and hierarchical structure in streams"; the significance is that
    of a parametric bootstrap of the maximum (Davison and Hinkley 1997, section 4.2), which holds
    for all bursts of the series together.
    """
    without = np.zeros(len(counts), dtype=np.bool_)
    for _ in range(ROUNDS):
        base = fit_base(counts, without=without, rhythm=rhythm)
        bursts, is_burst = _claim(counts, base)
        if np.array_equal(is_burst, without):
            break
        without = is_burst
    return Bursts(bursts, base)


def _claim(counts: Counts, base: Base) -> tuple[tuple[Burst, ...], NDArray[np.bool_]]:
    """Give the bursts that are heavier than chance makes them, and which bins are theirs."""
    is_burst = np.zeros(len(counts), dtype=np.bool_)
    observed = counts.counts.astype(np.float64)
    firsts, lasts, weights = find_bursts(observed, base.expected, base.dispersion.mean)
    if not len(weights):
        return (), is_burst
    heaviest = _simulate_heaviest(counts, base)
    claimed = []
    for first, last, weight in zip(firsts.tolist(), lasts.tolist(), weights.tolist(), strict=True):
        p_value = (1.0 + float((heaviest >= weight).sum())) / (1.0 + SIMULATIONS)
        if p_value <= FALSE_ALARM:
            is_burst[first : last + 1] = True
            claimed.append(_describe(counts, base, (first, last), weight, p_value))
    return tuple(claimed), is_burst


def _simulate_heaviest(counts: Counts, base: Base) -> NDArray[np.float64]:
    """Give the heaviest burst of each simulated quiet series, in blocks that fit into memory."""
    rng = np.random.default_rng(seed_from(counts))
    blocks = []
    for done in range(0, SIMULATIONS, BLOCK):
        series = base.dispersion.draw(rng, base.expected, min(BLOCK, SIMULATIONS - done))
        blocks.append(find_heaviest(series, base.expected, base.dispersion.mean))
    return np.concatenate(blocks)


def _describe(
    counts: Counts, base: Base, span: tuple[int, int], weight: float, p_value: float
) -> Burst:
    first, last = span
    inside = np.zeros(len(counts), dtype=np.bool_)
    inside[first : last + 1] = True
    start = counts.start + first * counts.width
    return Burst(
        start=start,
        end=start + (last + 1 - first) * counts.width,
        count=int(counts.counts[inside].sum()),
        weight=weight,
        p_value=p_value,
        factor=_bound_factor(counts.counts, base, inside),
    )


def _bound_factor(observed: NDArray[np.int64], base: Base, inside: NDArray[np.bool_]) -> Estimate:
    """Bound the ratio of two means, of the burst and of the base at the same expectation.

    Given their sum, one of two Poisson counts is binomial (Przyborowski and Wilenski 1940); both
    are divided by how much the variance is above theirs before.
    """
    outside = base.included & ~inside
    came, quiet = float(observed[inside].sum()), float(observed[outside].sum())
    expected, calm = float(base.expected[inside].sum()), float(base.expected[outside].sum())
    factor = came / expected
    if quiet == 0.0:
        return Estimate(factor, 0.0, np.inf)
    by_burst = base.dispersion.inflate(factor * base.expected * inside)
    by_base = base.dispersion.inflate(base.expected * outside)
    one, other = came / by_burst, quiet / by_base
    tail = (1.0 - LEVEL) / 2.0
    shares = betaincinv([one, one + 1.0], [other + 1.0, other], [tail, 1.0 - tail])
    low, high = shares / (1.0 - shares) * (by_burst / by_base) * (calm / expected)
    return Estimate(factor, min(float(low), factor), max(float(high), factor))
