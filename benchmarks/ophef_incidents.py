"""Incidents of known truth: rhythm, signals that set off others, waves, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOUR, DAY, WEEK = 3_600.0, 86_400.0, 604_800.0


@dataclass(frozen=True)
class Excited:
    """Signals that set off others: base rate per hour, half-life in hours, length in days.

    `daily` and `weekly` are amplitudes of sinusoids around 1; with `office`, the day has a block of
    ten hours instead, in which the rate is that many times as high as outside it.
    """

    base: float
    daily: float
    weekly: float
    ratio: float
    half_life: float
    days: float
    office: float = 1.0


@dataclass(frozen=True)
class Waved:
    """A wave of `size` signals over a rhythm; rate per hour, half-life in hours, length in days."""

    base: float
    daily: float
    weekly: float
    size: float
    half_life: float
    days: float


@dataclass(frozen=True)
class Register:
    """Incidents of an organisation: slopes of items, calls and share, and the share's error."""

    incidents: int
    items: float
    calls: float
    public: float
    error: float


@dataclass(frozen=True)
class Incidents:
    """What a register holds: measures, items, calls, measured shares and their errors."""

    measures: Ints
    items: Ints
    calls: Ints
    shares: Floats
    errors: Floats


def excite(rng: np.random.Generator, truth: Excited) -> Floats:
    """Draw an incident generation by generation: what nothing set off, and what each sets off."""
    end = truth.days * DAY
    generation = _draw_background(rng, truth.base, truth.daily, truth.weekly, truth.office, end)
    generations = [generation]
    while len(generation):
        counts = rng.poisson(truth.ratio, len(generation))
        delays = rng.exponential(truth.half_life * HOUR / np.log(2.0), counts.sum())
        generation = np.repeat(generation, counts) + delays
        generation = generation[generation < end]
        generations.append(generation)
    return np.sort(np.concatenate(generations))


def raise_wave(rng: np.random.Generator, truth: Waved) -> tuple[Floats, float]:
    """Draw an incident with a wave, and give its onset: somewhere in the first half."""
    end = truth.days * DAY
    background = _draw_background(rng, truth.base, truth.daily, truth.weekly, 1.0, end)
    onset = rng.uniform(0.05, 0.5) * end
    delays = rng.exponential(truth.half_life * HOUR / np.log(2.0), rng.poisson(truth.size))
    wave = onset + delays
    return np.sort(np.concatenate([background, wave[wave < end]])), onset


def fill_register(rng: np.random.Generator, truth: Register) -> Incidents:
    """Draw incidents; measures follow the proportional-odds model with the true share."""
    loudness = rng.normal(size=truth.incidents)
    items = rng.poisson(np.exp(1.5 + loudness + 0.5 * rng.normal(size=truth.incidents)))
    calls = rng.poisson(np.exp(1.5 + loudness + rng.normal(size=truth.incidents)))
    true = np.clip(0.55 - 0.05 * loudness + 0.2 * rng.normal(size=truth.incidents), 0.0, 1.0)
    errors = truth.error * rng.uniform(0.7, 1.3, truth.incidents)
    score = truth.items * np.log1p(items) + truth.calls * np.log1p(calls) + truth.public * true
    score = score + rng.logistic(size=truth.incidents)
    middle = truth.items * 1.8 + truth.calls * 1.8 + truth.public * 0.55
    measures = np.searchsorted(middle + np.array([-1.0, 0.0, 0.7, 1.5, 2.2, 2.8, 3.5, 4.2]), score)
    return Incidents(
        measures.astype(np.int64), items, calls, true + errors * rng.normal(size=len(true)), errors
    )


def _draw_background(
    rng: np.random.Generator, base: float, daily: float, weekly: float, office: float, end: float
) -> Floats:
    """Thin an even stream down to the rhythm, of which the mean is `base` per hour."""
    most = (1.0 + daily) * (1.0 + weekly) * 24.0 / (10.0 + 14.0 / office)
    times = rng.uniform(0.0, end, rng.poisson(base / HOUR * most * end))
    clock = np.mod(times, DAY) / HOUR
    block = np.where((clock >= 8.0) & (clock < 18.0), 1.0, 1.0 / office) * most
    level = block / ((1.0 + daily) * (1.0 + weekly))
    level *= 1.0 + daily * np.sin(2.0 * np.pi * times / DAY - 2.0)
    level *= 1.0 + weekly * np.sin(2.0 * np.pi * times / WEEK + 0.5)
    return np.asarray(times[rng.uniform(size=len(times)) * most < level])
