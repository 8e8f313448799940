"""The wave of an incident: how fast the fuss dies down after its onset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.background import Background, arrange_background
from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal
from spreekruimte.analysis.ophef.excitation import (
    PACES,
    bound_half_life,
    bound_pace,
    spread_ties,
)
from spreekruimte.analysis.ophef.integrated import (
    bound_parameter,
    climb_middling,
    fit_incident,
    measure_gain,
    start_from,
)
from spreekruimte.analysis.ophef.likelihood import Incident
from spreekruimte.analysis.ophef.newton import TOLERANCE, Top

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_SIGNALS = 30
NEIGHBOURS = 3

CLEAR = 10.0
"""How much likelier, as a logarithm, a wave is than none, where there is one: enough for a search
over all signals as its onset."""


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave of signals above the rhythm of the days around it.

    Attributes
    ----------
    onset
        When it began, in seconds.
    base_rate
        Signals that are no part of it, per second, as a mean over the rhythm of day and week.
    half_life
        Within which its intensity falls to half, in seconds.
    signals
        How many there were, in the wave and outside.
    """

    onset: float
    base_rate: Estimate
    half_life: Estimate
    signals: int


def measure_wave(
    times: Floats, *, start: float, end: float, level: float, onset: float | None = None
) -> Wave | Refusal:
    """Measure how fast the fuss dies down after its onset.

    The intensity is ``m(t)`` as in `Background`, and from the onset on ``A exp(-b (t - onset))``
    besides; the half-life is ``log(2) / b``. Likelihood and intervals are those of
    `measure_excitation`, with the onset as the only thing that sets off signals. What it measures
    is another thing: the half-life of an excitation is how soon one signal answers another, that
    of a wave how long the fuss as a whole takes to die down. Where the fuss keeps itself alive,
    the latter is longer.

    An onset that is not given is the signal at which a wave is likeliest to begin. A decay is the
    same from whatever moment it is followed, so an onset that is found a few signals late costs
    little.

    Parameters
    ----------
    times, start, end, level
        As in `measure_excitation`.
    onset
        When it began, if that is known: the post, or the first item.

    Returns
    -------
    Wave or Refusal
        Refused with fewer than `FEWEST_SIGNALS` signals, and where no wave is likelier than none by
        `CLEAR`. An end of 0 or infinity says that the data set no limit.

    Raises
    ------
    ValueError
        If a time lies outside the window.
    """
    spread, grain = spread_ties(times, start, end)
    if len(spread) < FEWEST_SIGNALS:
        return Refusal(Reason.TOO_FEW_SIGNALS, len(spread), FEWEST_SIGNALS)
    background = arrange_background(spread, start, end)
    bounds = bound_pace(grain, end - start)
    paces = np.linspace(*bounds, PACES)
    began = _find_onset(spread, end, background, paces) if onset is None else onset
    incident = Incident(spread, np.array([began]), end, background)
    fits = fit_incident(incident, paces, bounds)
    gain = measure_gain(incident, fits)
    if gain < CLEAR:
        return Refusal(Reason.NO_CLEAR_WAVE, gain, CLEAR)
    return Wave(
        onset=began,
        base_rate=Estimate(*np.exp(bound_parameter(incident, fits, 0, level)).tolist()),
        half_life=bound_half_life(incident, fits, level),
        signals=len(spread),
    )


def _find_onset(times: Floats, end: float, background: Background, paces: Floats) -> float:
    """Give the moment of the signal with which a wave is likeliest to begin.

    For each pace, the signal at which most more come after than came before is tried, and then
    the signals beside the best, until it is better than those. It was chosen for how well it
    begins a wave, so what follows is measured without it.
    """
    bounds = (float(paces[0]), float(paces[-1]))

    def begin(place: int, start: Floats) -> tuple[int, Top]:
        moment = np.nextafter(times[place], -np.inf)
        incident = Incident(times, np.array([moment]), end, background)
        return place, climb_middling(incident, start, bounds)

    steepest = [(_find_rise(times, float(np.exp(pace))), float(pace)) for pace in paces]
    parent = Incident(times, times[:1], end, background)
    tried = [begin(place, start_from(parent, pace)) for place, pace in steepest]
    while True:
        best, top = max(tried, key=lambda each: each[1].height)
        beside = range(max(0, best - NEIGHBOURS), min(len(times), best + NEIGHBOURS + 1))
        tried = [begin(place, top.state) for place in beside]
        if max(each.height for _, each in tried) <= top.height + TOLERANCE:
            return float(times[best])


@njit(cache=True, nogil=True)
def _find_rise(times: Floats, rate: float) -> int:
    """Give the signal where signals after exceed those before most, by their standard deviation.

    Both are counted with weights that fall exponentially, at the rate, with the distance.
    """
    count = len(times)
    before = np.zeros(count)
    for i in range(1, count):
        before[i] = np.exp(-rate * (times[i] - times[i - 1])) * (before[i - 1] + 1.0)
    after, best, steepest = 0.0, 0, -np.inf
    for i in range(count - 1, -1, -1):
        if i < count - 1:
            after *= np.exp(-rate * (times[i + 1] - times[i]))
        after += 1.0
        rise = (after - before[i]) / np.sqrt(after + before[i] + 1.0)
        if rise > steepest:
            best, steepest = i, rise
    return best
