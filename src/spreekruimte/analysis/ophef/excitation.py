"""Self-excitation: how much of the fuss is fuss about fuss."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.background import arrange_background
from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal
from spreekruimte.analysis.ophef.integrated import (
    Fits,
    bound_parameter,
    fit_incident,
    measure_gain,
)
from spreekruimte.analysis.ophef.likelihood import Incident

Floats = NDArray[np.float64]

FEWEST_SIGNALS = 50
PACES = 10
GRAINS = (86_400.0, 3_600.0, 60.0, 1.0)
"""What times may have been rounded down to, in seconds; finer ones are taken as they are."""

SHORTEST, LONGEST = 2.0, 0.2
"""The half-lives that can be told: from so many grains, to such a part of the window."""

CLEAR = 2.5
"""How much likelier, as a logarithm, the best excitation is than none, where it is clear."""


@dataclass(frozen=True, slots=True)
class Excitation:
    """How signals come about.

    Attributes
    ----------
    base_rate
        Signals that nothing set off, per second, as a mean over the rhythm of day and week.
    branching_ratio
        How many signals each signal sets off by itself: the part of the fuss that is about fuss,
        from 0; at 1 and above the fuss feeds itself without end.
    half_life
        Within which half of what a signal sets off has come, in seconds.
    signals
        How many there were.
    """

    base_rate: Estimate
    branching_ratio: Estimate
    half_life: Estimate | Refusal
    signals: int


def measure_excitation(
    times: Floats, *, start: float, end: float, level: float
) -> Excitation | Refusal:
    """Measure how much of the fuss is fuss about fuss.

    The intensity is ``m(t) + n b sum exp(-b (t - t_i))`` over earlier signals (Hawkes 1971), with
    ``m`` as in `Background`, both by one likelihood, so that rhythm is not taken for excitation.
    Harmonics are integrated out under a prior whose strength is integrated out too (Laplace's
    approximation; Tierney and Kadane 1986): maximised, they would take excitation for rhythm, and
    lower the ratio. The interval of each parameter is by the profile of what is left. At no
    excitation the half-life means nothing, and chi-squared is no longer the law of the profile
    (Davies 1987): there, 0 is in the interval of the ratio unless excitation is likelier by
    `CLEAR`, which some 5% of rhythmic incidents without excitation are; and the interval of the
    base rate holds that without excitation too. All is calibrated for a level of 95%.

    Nothing is known of signals before the window, and none of them is taken to set off others.

    Parameters
    ----------
    times
        Shape (signals,), in seconds, on a clock on which a day has 86,400 seconds, in any order.
    start, end
        Of the window; all times lie in it.
    level
        Of the intervals, in (0, 1).

    Returns
    -------
    Excitation or Refusal
        Refused with fewer than `FEWEST_SIGNALS` signals. The half-life alone is refused where the
        excitation is not clear; an end of 0 or infinity says that the data set no limit.

    Raises
    ------
    ValueError
        If a time lies outside the window.
    """
    spread, grain = spread_ties(times, start, end)
    if len(spread) < FEWEST_SIGNALS:
        return Refusal(Reason.TOO_FEW_SIGNALS, len(spread), FEWEST_SIGNALS)
    incident = Incident(spread, spread, end, arrange_background(spread, start, end))
    paces = bound_pace(grain, LONGEST * (end - start))
    fits = fit_incident(incident, np.linspace(*paces, PACES), paces)
    gain = measure_gain(incident, fits)
    ratio = bound_parameter(incident, fits, fits.ratio, level)
    return Excitation(
        base_rate=_bound_base_rate(incident, fits, level, is_clear=gain >= CLEAR),
        branching_ratio=Estimate(ratio[0], ratio[1] if gain >= CLEAR else 0.0, ratio[2]),
        half_life=bound_half_life(incident, fits, level)
        if gain >= CLEAR
        else Refusal(Reason.NO_CLEAR_EXCITATION, gain, CLEAR),
        signals=len(spread),
    )


def spread_ties(times: Floats, start: float, end: float) -> tuple[Floats, float]:
    """Give the times without ties, rising, and the grain that they were rounded to, in seconds.

    Those of one time are spread evenly over their grain, since in a register of minutes many
    signals share a minute, and a pace cannot be read from gaps of length 0.
    """
    if len(times) and not (start <= times.min() and times.max() <= end):
        raise ValueError("Signals lie within the window.")
    grain = next((each for each in GRAINS if not np.mod(times, each).any()), GRAINS[-1])
    values, counts = np.unique(times, return_counts=True)
    turns = np.arange(len(times)) - np.repeat(np.cumsum(counts) - counts, counts)
    within = (turns + 0.5) / np.repeat(counts, counts) * grain
    return np.sort(np.minimum(np.repeat(values, counts) + within, end)), grain


def bound_pace(grain: float, longest: float) -> tuple[float, float]:
    """Give the bounds of the logarithm of a rate of decay, up to the longest half-life."""
    shortest = SHORTEST * grain
    return _pace(max(longest, 2.0 * shortest)), _pace(shortest)


def _bound_base_rate(incident: Incident, fits: Fits, level: float, *, is_clear: bool) -> Estimate:
    """Give the base rate; where excitation is not clear, hold what it would be without as well."""
    found = [bound_parameter(incident, fits, 0, level)]
    if not is_clear:
        found.append(bound_parameter(incident, fits.without_parents(), 0, level))
    values, lows, highs = np.exp(np.array(found)).T
    return Estimate(float(values[0]), float(lows.min()), float(highs.max()))


def bound_half_life(incident: Incident, fits: Fits, level: float) -> Estimate:
    """Give the half-life, in seconds; an end without a limit is 0 or infinity."""
    value, slow, fast = bound_parameter(incident, fits, fits.pace, level)
    return Estimate(
        value=_half_life(value),
        low=0.0 if fast >= fits.high[fits.pace] else _half_life(fast),
        high=math.inf if slow <= fits.low[fits.pace] else _half_life(slow),
    )


def _half_life(pace: float) -> float:
    return math.log(2.0) / math.exp(pace)


def _pace(half_life: float) -> float:
    return math.log(math.log(2.0) / half_life)
