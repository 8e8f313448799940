"""What signals say about one parameter, with the rhythm and its strength integrated out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from spreekruimte.analysis.ophef.likelihood import Incident, evaluate
from spreekruimte.analysis.ophef.newton import Top, climb
from spreekruimte.analysis.ophef.profile import bound_by_profile

Floats = NDArray[np.float64]

WIDER = 1.2
"""How much lower intervals reach than chi-squared has it, which alone holds 92 to 94% where it says
95%: found by simulation (after Bartlett 1937). Not those of the pace, which hold as they are."""

NEGLIGIBLE = 6.0
"""A strength of rhythm whose likelihood is lower than the best by this, as a logarithm, is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """The best states under each strength of the rhythm that may be.

    Attributes
    ----------
    precisions
        Of the harmonics under each strength, shape (strengths, harmonics).
    states
        Shape (strengths, harmonics + 3), as in `evaluate`.
    best
        The place of the likeliest strength.
    low, high
        The bounds of a state.
    """

    precisions: Floats
    states: Floats
    best: int
    low: Floats
    high: Floats

    @property
    def ratio(self) -> int:
        """The place of ``n`` in a state."""
        return len(self.low) - 2

    @property
    def pace(self) -> int:
        """The place of ``log b`` in a state."""
        return len(self.low) - 1

    def without_parents(self) -> Fits:
        """Give the same with ``n`` held at 0."""
        states, high = self.states.copy(), self.high.copy()
        states[:, self.ratio] = high[self.ratio] = 0.0
        return replace(self, states=states, high=high)


def fit_incident(incident: Incident, paces: Iterable[float], bounds: tuple[float, float]) -> Fits:
    """Fit the incident under each strength of its rhythm.

    Climbs from each of the paces, since the likelihood can have several tops, and from the best of
    these under each strength.

    Parameters
    ----------
    paces
        Logarithms of the rate ``b``, per second.
    bounds
        Between which ``log b`` stays.
    """
    precisions = incident.background.precisions
    starts = (start_from(incident, pace) for pace in paces)
    tops = [climb_middling(incident, start, bounds) for start in starts]
    first = max(tops, key=lambda top: top.height)
    low, high = _bound_states(incident, bounds)
    tops = [_climb(incident, each, first.state, low, high) for each in precisions]
    heights = np.array([_integrate(*each) for each in zip(tops, precisions, strict=True)])
    kept = heights > heights.max() - NEGLIGIBLE
    states = np.stack([top.state for top in tops])[kept]
    return Fits(precisions[kept], states, int(heights[kept].argmax()), low, high)


def start_from(incident: Incident, pace: float) -> Floats:
    """Give the state from which to climb for a pace: no rhythm, and a fifth of signals set off."""
    count = len(incident.times)
    rate = np.log(0.8 * count / incident.background.exposure.sum())
    harmonics = np.zeros(incident.background.precisions.shape[1])
    return np.concatenate([[rate], harmonics, [0.2 * count / len(incident.parents), pace]])


def climb_middling(incident: Incident, start: Floats, bounds: tuple[float, float]) -> Top:
    """Climb from a state under a rhythm of middling strength."""
    precisions = incident.background.precisions
    precision = precisions[len(precisions) // 2]
    return _climb(incident, precision, start, *_bound_states(incident, bounds))


def climb_held(
    incident: Incident, fits: Fits, place: int, value: float, near: Floats
) -> tuple[float, Floats]:
    """Give the height with one parameter held, and the states there, shape (strengths, parameters).

    The height is the logarithm of the likelihood, summed over the strengths, after the harmonics
    are integrated out by Laplace's approximation and the other parameters are maximised.
    """
    low, high, starts = fits.low.copy(), fits.high.copy(), near.copy()
    starts[:, place] = low[place] = high[place] = value
    tops = [
        _climb(incident, precision, start, low, high)
        for precision, start in zip(fits.precisions, starts, strict=True)
    ]
    heights = [_integrate(*each) for each in zip(tops, fits.precisions, strict=True)]
    return float(np.logaddexp.reduce(heights)), np.stack([top.state for top in tops])


def bound_parameter(
    incident: Incident, fits: Fits, place: int, level: float
) -> tuple[float, float, float]:
    """Give the likeliest value of a parameter and the ends of its interval."""

    def profile(value: float, near: Floats) -> tuple[float, Floats]:
        return climb_held(incident, fits, place, value, near)

    wider = 1.0 if place == fits.pace else WIDER
    return bound_by_profile(
        profile,
        fits.states,
        value=float(fits.states[fits.best, place]),
        low=float(fits.low[place]),
        high=float(fits.high[place]),
        step=0.5 / np.sqrt(len(incident.times)),
        drop=0.5 * wider * float(chdtri(1, 1.0 - level)),
    )


def measure_gain(incident: Incident, fits: Fits) -> float:
    """Give how much likelier the best state is than one in which parents set nothing off."""
    best = float(fits.states[fits.best, fits.ratio])
    reached, _ = climb_held(incident, fits, fits.ratio, best, fits.states)
    without, _ = climb_held(incident, fits, fits.ratio, 0.0, fits.states)
    return reached - without


def _bound_states(incident: Incident, bounds: tuple[float, float]) -> tuple[Floats, Floats]:
    free = np.full(incident.background.precisions.shape[1] + 1, np.inf)
    return np.append(-free, [0.0, bounds[0]]), np.append(free, [np.inf, bounds[1]])


def _climb(incident: Incident, precision: Floats, start: Floats, low: Floats, high: Floats) -> Top:
    return climb(lambda state: evaluate(incident, precision, state), start, low, high)


def _integrate(top: Top, precision: Floats) -> float:
    """Give the height once the harmonics are integrated out, by Laplace's approximation."""
    if not len(precision):
        return top.height
    information = -top.bend[1:-2, 1:-2]
    shrinkage = np.linalg.slogdet(information)[1] - np.log(precision).sum()
    return top.height - 0.5 * float(shrinkage)
