"""The likelihood of signals that come at a rhythmic rate, and after others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.background import Background

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Faded = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Incident:
    """Signals in a window, and the moments that may have set them off.

    The intensity at time ``t`` is ``m(t) + n b sum exp(-b (t - p))`` over the parents ``p`` before
    ``t``: each parent sets off ``n`` signals, after delays that are exponential with rate ``b``.
    Where the signals are their own parents, this is the process of Hawkes (1971).

    Attributes
    ----------
    times, parents
        Seconds, rising, each once.
    end
        Of the window, in seconds.
    background
        The clock of ``m``, and where the signals fall on it.
    """

    times: Floats
    parents: Floats
    end: float
    background: Background


def evaluate(incident: Incident, precision: Floats, state: Floats) -> tuple[float, Floats, Floats]:
    """Give the penalised log-likelihood, its slope and its second derivatives.

    In one pass over the signals: the sums over earlier parents follow from those at the signal
    before (Ozaki 1979, "Maximum likelihood estimation of Hawkes' self-exciting point processes").

    Parameters
    ----------
    precision
        Of the normal prior of each harmonic, shape (harmonics,).
    state
        Shape (harmonics + 3,): the logarithm of the base rate per second, the coefficients of the
        harmonics, ``n``, and the logarithm of ``b``.
    """
    clock = incident.background
    return _evaluate(
        incident.times,
        incident.parents,
        incident.end,
        clock.harmonics,
        clock.exposure,
        clock.bins,
        precision,
        state,
    )


@njit(cache=True, nogil=True)
def _evaluate(
    times: Floats,
    parents: Floats,
    end: float,
    harmonics: Floats,
    exposure: Floats,
    bins: Ints,
    precision: Floats,
    state: Floats,
) -> tuple[float, Floats, Floats]:
    levels, centred, covariance = _shape_rhythm(harmonics, state)
    size = len(state)
    slope, bend, by_bin = np.zeros(size), np.zeros((size, size)), np.zeros((len(levels), 4))
    height = _add_signals(times, parents, bins, levels, state, slope, bend, by_bin)
    height -= _add_parents(end - parents, state, slope, bend)
    height -= _add_background(exposure * levels, centred, by_bin, slope, bend)
    height -= _add_prior(precision, covariance, slope[0], state, slope, bend)
    for i in range(size):
        for j in range(i):
            bend[i, j] = bend[j, i]
    return height, slope, bend


@njit(cache=True, nogil=True)
def _shape_rhythm(harmonics: Floats, state: Floats) -> tuple[Floats, Floats, Floats]:
    """Give the rate per bin, the harmonics around their weighted mean, and their covariance."""
    bins, count = harmonics.shape
    levels = np.zeros(bins)
    for g in range(bins):
        for i in range(count):
            levels[g] += harmonics[g, i] * state[1 + i]
    levels = np.exp(levels)
    levels /= levels.sum()
    centre = np.zeros(count)
    for g in range(bins):
        for i in range(count):
            centre[i] += levels[g] * harmonics[g, i]
    centred = harmonics - centre
    covariance = np.zeros((count, count))
    for g in range(bins):
        for i in range(count):
            for j in range(i, count):
                covariance[i, j] += levels[g] * centred[g, i] * centred[g, j]
    return levels * (bins * np.exp(state[0])), centred, covariance


@njit(cache=True, nogil=True)
def _fade(sums: Faded, gap: float, b: float) -> Faded:
    """Let time go by for the sums of ``d^k exp(-b d)`` over the ages ``d`` of parents, k to 2."""
    left = np.exp(-b * gap)
    return (
        left * sums[0],
        left * (sums[1] + gap * sums[0]),
        left * (sums[2] + 2.0 * gap * sums[1] + gap * gap * sums[0]),
    )


@njit(cache=True, nogil=True)
def _add_signals(
    times: Floats,
    parents: Floats,
    bins: Ints,
    levels: Floats,
    state: Floats,
    slope: Floats,
    bend: Floats,
    by_bin: Floats,
) -> float:
    """Add what the signals give; per bin, what they give to the logarithm of its rate."""
    last = len(state) - 1
    n, b = state[last - 1], np.exp(state[last])
    height, place, sums = 0.0, 0, (0.0, 0.0, 0.0)
    before = min(times[0], parents[0])
    for i in range(len(times)):
        while place < len(parents) and parents[place] < times[i]:
            sums = _fade(sums, parents[place] - before, b)
            sums = (sums[0] + 1.0, sums[1], sums[2])
            before = parents[place]
            place += 1
        sums = _fade(sums, times[i] - before, b)
        before = times[i]
        kernel = b * sums[0]
        once = kernel - b * b * sums[1]
        twice = kernel - 3.0 * b * b * sums[1] + b * b * b * sums[2]
        level = levels[bins[i]]
        rate = level + n * kernel
        from_base, per_n, per_b = level / rate, kernel / rate, n * once / rate
        height += np.log(rate)
        by_bin[bins[i], 0] += from_base
        by_bin[bins[i], 1] += from_base * (1.0 - from_base)
        by_bin[bins[i], 2] -= from_base * per_n
        by_bin[bins[i], 3] -= from_base * per_b
        slope[last - 1] += per_n
        slope[last] += per_b
        bend[last - 1, last - 1] -= per_n * per_n
        bend[last - 1, last] += once / rate - per_n * per_b
        bend[last, last] += n * twice / rate - per_b * per_b
    return height


@njit(cache=True, nogil=True)
def _add_parents(left: Floats, state: Floats, slope: Floats, bend: Floats) -> float:
    """Take off what parents should have set off in what is `left` of the window, and give it."""
    last = len(state) - 1
    n, b = state[last - 1], np.exp(state[last])
    within, once, twice = 0.0, 0.0, 0.0
    for p in range(len(left)):
        age = b * left[p]
        beyond = np.exp(-age)
        within += 1.0 - beyond
        once += age * beyond
        twice += (age - age * age) * beyond
    slope[last - 1] -= within
    slope[last] -= n * once
    bend[last - 1, last] -= once
    bend[last, last] -= n * twice
    return float(n * within)


@njit(cache=True, nogil=True)
def _add_background(
    expected: Floats, centred: Floats, by_bin: Floats, slope: Floats, bend: Floats
) -> float:
    """Take off what the background should have given, carry bins to harmonics, and give it."""
    bins, count = centred.shape
    for g in range(bins):
        by_bin[g, 0] -= expected[g]
        by_bin[g, 1] -= expected[g]
        slope[0] += by_bin[g, 0]
        bend[0, 0] += by_bin[g, 1]
        bend[0, count + 1] += by_bin[g, 2]
        bend[0, count + 2] += by_bin[g, 3]
        for i in range(count):
            x = centred[g, i]
            slope[1 + i] += by_bin[g, 0] * x
            bend[0, 1 + i] += by_bin[g, 1] * x
            bend[1 + i, count + 1] += by_bin[g, 2] * x
            bend[1 + i, count + 2] += by_bin[g, 3] * x
            for j in range(i, count):
                bend[1 + i, 1 + j] += by_bin[g, 1] * x * centred[g, j]
    return float(expected.sum())


@njit(cache=True, nogil=True)
def _add_prior(
    precision: Floats, covariance: Floats, excess: float, state: Floats, slope: Floats, bend: Floats
) -> float:
    """Draw the harmonics to 0, and give by how much; `excess` signals move with their mean."""
    drawn = 0.0
    for i in range(len(precision)):
        drawn += 0.5 * precision[i] * state[1 + i] ** 2
        slope[1 + i] -= precision[i] * state[1 + i]
        bend[1 + i, 1 + i] -= precision[i]
        for j in range(i, len(precision)):
            bend[1 + i, 1 + j] -= excess * covariance[i, j]
    return drawn
