"""Signals counted per bin: intensity over time, and its peak."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.intervals import LEVEL, bound_count

HOUR, DAY = 3600.0, 86400.0
WIDTHS = (HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY)
"""The widths of a bin, in seconds, of which one is chosen. Each divides a day."""

MOST_BINS = 2_048
FEWEST_A_BIN = 1.0
DRAWS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Numbers of signals in bins of equal width that follow each other.

    Attributes
    ----------
    start
        When the first bin begins, in seconds; a whole number of widths.
    width
        Seconds, one that divides a day.
    counts
        Whole numbers from 0, int64, shape (bins,), at least one.
    """

    start: float
    width: float
    counts: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse what is not counted per bin of a day."""
        if self.width <= 0.0 or DAY % self.width or self.start % self.width:
            raise InputError("The width of a bin divides a day, and a bin starts at a whole width.")
        if self.counts.ndim != 1 or not len(self.counts) or (self.counts < 0).any():
            raise InputError("The counts per bin are one row of numbers from 0.")

    def __len__(self) -> int:
        """Give the number of bins."""
        return len(self.counts)

    @property
    def starts(self) -> NDArray[np.float64]:
        """When each bin begins, in seconds, shape (bins,)."""
        return np.asarray(self.start + self.width * np.arange(len(self.counts)))


@dataclass(frozen=True, slots=True, eq=False)
class Intensity:
    """Signals an hour, per bin; each array of shape (bins,), from 0.

    `low` and `high` are the exact 95% interval of the mean behind each count, on its own.
    """

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peak:
    """The bin with most signals, the first of those with as many.

    Attributes
    ----------
    time
        The middle of that bin, in seconds. Its interval holds, with 95%, the middle of the bin in
        which the intensity was truly highest, given the counts.
    height
        Signals an hour in that bin, with the exact interval of the mean behind it. The highest of
        many counts tends to lie above its mean.
    """

    time: Estimate
    height: Estimate


def choose_width(signals: int, seconds: float) -> float:
    """Choose how wide a bin is, in seconds.

    The narrowest of `WIDTHS` with which there are at most `MOST_BINS` bins and at least
    `FEWEST_A_BIN` signals in a bin on average; a day where no other serves. It depends on nothing
    but these two numbers, so that bursts cannot choose the width that shows them best.

    Parameters
    ----------
    signals
        How many signals, from 0.
    seconds
        How long they were watched, from 0.
    """
    for width in WIDTHS:
        bins = math.ceil(seconds / width)
        if bins <= MOST_BINS and signals >= FEWEST_A_BIN * bins:
            return width
    return DAY


def count_per_bin(
    times: NDArray[np.float64],
    *,
    width: float | None = None,
    start: float | None = None,
    end: float | None = None,
) -> Counts:
    """Count signals per bin, in time linear in their number.

    Parameters
    ----------
    times
        Seconds, in any order, shape (signals,).
    width
        Seconds, one that divides a day; without it, as `choose_width` has it.
    start, end
        From when until when signals were watched, in seconds; without them, from the first to the
        last signal. An incident whose quiet days were watched too tells more than its loud days
        alone.

    Raises
    ------
    InputError
        If there is no signal and no start and end, or a signal lies outside of them.
    """
    if (start is None or end is None) and not len(times):
        raise InputError("Without signals, bursts need the time over which they were watched.")
    first = float(times.min()) if start is None else start
    last = float(times.max()) if end is None else end
    if last < first or (len(times) and (times.min() < first or times.max() > last)):
        raise InputError("A signal lies outside of the time over which they were watched.")
    wide = choose_width(len(times), last - first) if width is None else width
    origin = math.floor(first / wide)
    # The end is not watched any more, unless it is that of the last signal.
    bins = math.floor(last / wide) + 1 if end is None else math.ceil(last / wide)
    places = np.floor(times / wide).astype(np.int64) - origin
    counts = np.bincount(places, minlength=max(bins - origin, 1)).astype(np.int64)
    return Counts(origin * wide, wide, counts)


def measure_intensity(counts: Counts) -> Intensity:
    """Give the intensity over time, with its interval."""
    hours = counts.width / HOUR
    low, high = bound_count(counts.counts)
    return Intensity(counts.counts / hours, low / hours, high / hours)


def find_peak(counts: Counts) -> Peak:
    """Find the peak of the intensity.

    The interval of its time comes from `DRAWS` draws of all means behind the counts, each
    Gamma(count + 1/2) on its own, seeded by the counts.
    """
    highest = int(counts.counts.argmax())
    rng = np.random.default_rng(seed_from(counts))
    drawn = rng.standard_gamma(counts.counts + 0.5, size=(DRAWS, len(counts))).argmax(axis=1)
    tail = (1.0 - LEVEL) / 2.0
    ends = np.quantile(drawn, [tail, 1.0 - tail], method="closest_observation")
    low, value, high = (
        counts.start + counts.width * (place + 0.5)
        for place in (min(int(ends[0]), highest), highest, max(int(ends[1]), highest))
    )
    intensity = measure_intensity(counts)
    height = (float(each[highest]) for each in (intensity.rate, intensity.low, intensity.high))
    return Peak(Estimate(value, low, high), Estimate(*height))


def seed_from(counts: Counts) -> int:
    """Give a seed of 64 bits that follows from the counts and their clock."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(np.array([counts.start, counts.width]).tobytes())
    digest.update(np.ascontiguousarray(counts.counts).tobytes())
    return int.from_bytes(digest.digest(), "big")
