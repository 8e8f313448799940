"""The rate of signals that nothing set off: a base rate with a daily and a weekly rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAY, WEEK = 86_400.0, 604_800.0
BIN = 3_600.0
"""Width of a bin of the clock, in seconds: within it, the rate is constant."""

DAILY, WEEKLY = 11, 3
"""How many harmonics the rhythm of the day and that of the week have: any shape of a day in hours,
and days that differ from each other."""

DAILY_PRIORS = ((0.03, 1), (0.2, 1), (0.5, 1), (0.5, 2), (1.2, 1), (1.2, 2))
WEEKLY_PRIORS = ((0.03, 1), (0.2, 1), (0.6, 1))
"""How strong and how smooth a rhythm may be: with ``(s, q)``, the k-th harmonic has the standard
deviation ``s / k^q``. With ``q = 1`` the day may have edges, such as office hours."""


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """The clock on which the rate of the background repeats.

    The rate in bin ``g`` is ``base rate * exp(x_g c) / mean of exp(x c)``, so that the base rate is
    the mean over the clock, whatever part of it the window shows.

    Attributes
    ----------
    harmonics
        ``x``, shape (bins, harmonics): cosines and sines of the time of the day and of the week.
    exposure
        Shape (bins,): seconds of the window in each bin.
    precisions
        Shape (strengths, harmonics): one over the variance of each coefficient ``c`` under its
        prior, for each strength and smoothness that the rhythm may have.
    bins
        Shape (signals,): in which bin each signal falls.
    """

    harmonics: Floats
    exposure: Floats
    precisions: Floats
    bins: Ints


def arrange_background(times: Floats, start: float, end: float) -> Background:
    """Lay signals and window on the clock.

    The clock is a week, and its harmonics are those of the day and the week, if the window is a
    week or longer; a day if it is a day or longer; without harmonics if it is shorter still, since
    then no hour is seen that could be compared with the others.

    Parameters
    ----------
    times
        Seconds, shape (signals,), within the window, on a clock on which days have 86,400 seconds.
    start, end
        Of the window, in the same seconds.
    """
    length = end - start
    period = WEEK if length >= WEEK else DAY
    daily, weekly = DAILY if length >= DAY else 0, WEEKLY if length >= WEEK else 0
    count = round(period / BIN)
    middles = (np.arange(count) + 0.5) * BIN
    waves = [(DAY, k) for k in range(1, daily + 1)] + [(WEEK, k) for k in range(1, weekly + 1)]
    angles = [2.0 * np.pi * k / length * middles for length, k in waves]
    columns = [wave(angle) for angle in angles for wave in (np.cos, np.sin)]
    return Background(
        harmonics=np.stack(columns, axis=1) if columns else np.zeros((count, 0)),
        exposure=_expose(start, end, period, count),
        precisions=_list_precisions(waves),
        bins=np.minimum((np.mod(times, period) / BIN).astype(np.int64), count - 1),
    )


def _list_precisions(waves: list[tuple[float, int]]) -> Floats:
    """Give the precisions for each pair of priors, of the day and of the week, that applies."""
    if not waves:
        return np.zeros((1, 0))
    weekly = WEEKLY_PRIORS if (WEEK, 1) in waves else WEEKLY_PRIORS[:1]
    columns = [
        [_weigh(k, *(of_day if length == DAY else of_week)) for length, k in waves]
        for of_day, of_week in product(DAILY_PRIORS, weekly)
    ]
    return np.repeat(np.array(columns), 2, axis=1)


def _weigh(harmonic: int, scale: float, power: int) -> float:
    return (float(harmonic) ** power / scale) ** 2


def _expose(start: float, end: float, period: float, count: int) -> Floats:
    """Give the seconds of the window in each bin of the clock."""
    edges = np.arange(count + 1) * BIN

    def pass_by(time: float) -> Floats:
        rounds = np.floor(time / period)
        return np.asarray(rounds * edges + np.minimum(edges, time - rounds * period))

    return np.diff(pass_by(end) - pass_by(start))
