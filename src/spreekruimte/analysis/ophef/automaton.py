"""The automaton of two states, base and burst, over counts in bins: its compiled loops.

In the base state a count comes from a negative binomial distribution with the expected mean, in the
burst state from one with `FACTOR` times that mean and the same dispersion (Kleinberg 2002, "Bursty
and hierarchical structure in streams", section 4, there with binomial counts).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FACTOR = 2.0
"""How many times the base intensity that of the burst state is."""

GAMMA = 1.0
"""What an upward step costs, in units of the logarithm of the number of bins."""


@njit(cache=True)
def compare_states(count: float, expected: float, dispersion: float) -> float:
    """Give the log-likelihood ratio of a count: burst state over base state."""
    if dispersion * expected < 1e-6:
        return count * math.log(FACTOR) - (FACTOR - 1.0) * expected
    size = 1.0 / dispersion
    ratio = math.log((size + FACTOR * expected) / (size + expected))
    return count * math.log(FACTOR) - (count + size) * ratio


@njit(cache=True)
def find_bursts(counts: Floats, expected: Floats, dispersion: float) -> tuple[Ints, Ints, Floats]:
    """Find the states of least cost, and give their bursts (Viterbi 1967).

    A bin in the burst state costs its log-likelihood ratio less than in the base state; a step
    into it costs `GAMMA` times the logarithm of the number of bins, and a step out of it nothing.

    Returns
    -------
    first, last
        The first and the last bin of each burst.
    weights
        What each burst saves: the sum of its log-likelihood ratios, above 0.
    """
    bins = len(counts)
    step = GAMMA * math.log(max(bins, 2))
    ratios = np.empty(bins)
    # Whether the best way to a state at a bin comes from the burst state at the bin before.
    from_burst = np.zeros((bins, 2), dtype=np.bool_)
    base, burst = 0.0, step
    for at in range(bins):
        ratios[at] = compare_states(counts[at], expected[at], dispersion)
        if at > 0:
            from_burst[at, 0] = burst < base
            from_burst[at, 1] = burst <= base + step
            base, burst = min(base, burst), min(burst, base + step)
        burst -= ratios[at]
    first, last = np.empty(bins, dtype=np.int64), np.empty(bins, dtype=np.int64)
    weights = np.empty(bins)
    found = 0
    in_burst, was_burst = burst < base, False
    for at in range(bins - 1, -1, -1):
        if in_burst:
            if not was_burst:
                last[found], weights[found] = at, 0.0
                found += 1
            first[found - 1] = at
            weights[found - 1] += ratios[at]
        was_burst = in_burst
        in_burst = from_burst[at, 1] if in_burst else from_burst[at, 0]
    return first[:found][::-1].copy(), last[:found][::-1].copy(), weights[:found][::-1].copy()


@njit(cache=True)
def find_heaviest(series: Floats, expected: Floats, dispersion: float) -> Floats:
    """Give the weight of the heaviest burst of each series, 0 where there is none.

    Each series, a row of `series`, is held to the base at its own level, as the observed one is.
    """
    heaviest = np.zeros(len(series))
    for row in range(len(series)):
        level = (series[row].sum() + 0.5) / (expected.sum() + 0.5)
        weights = find_bursts(series[row], expected * level, dispersion)[2]
        if len(weights):
            heaviest[row] = weights.max()
    return heaviest
