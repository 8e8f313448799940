"""How far counts vary more than a Poisson process with their means would, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

GRID = np.concatenate([[1e-4], np.geomspace(0.01, 10.0, 24)])
PRIOR_MEAN = 0.5
"""Mean of the exponential distribution that the dispersion has before anything is known."""

PERSISTENCES = np.array([0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99])


@dataclass(frozen=True, slots=True, eq=False)
class Dispersion:
    """What is known of the dispersion: the variance of a count is ``mean + dispersion mean^2``.

    The intensity goes up and down by a factor with mean 1 and the dispersion as variance. Part of
    it is new in each bin; the rest lasts, and wears off from bin to bin.

    Attributes
    ----------
    values
        Possible values of the dispersion, above 0, shape (values,).
    weights
        How likely each is, shape (values,), together 1.
    lasting
        Which part of the dispersion lasts, in [0, 1].
    persistence
        The correlation of what lasts between one bin and the next, in [0, 1).
    """

    values: Floats
    weights: Floats
    lasting: float
    persistence: float

    @property
    def mean(self) -> float:
        """The mean of what is known."""
        return float((self.values * self.weights).sum())

    def draw(self, rng: np.random.Generator, expected: Floats, times: int) -> Floats:
        """Draw series of counts, shape (times, bins), each with a dispersion as likely as known.

        What lasts is the exponential of an autoregressive series; what is new has a gamma
        distribution.
        """
        places = np.searchsorted(self.weights.cumsum(), rng.random((times, 1)))
        total = self.values[np.minimum(places, len(self.values) - 1)]
        lasting = self.lasting * total
        new = np.maximum((total - lasting) / (1.0 + lasting), GRID[0])
        shape = (times, len(expected))
        factors = rng.standard_gamma(1.0 / new, size=shape) * new
        if self.lasting > 0.0:
            variance = np.log1p(lasting)
            shocks = rng.standard_normal(shape) * np.sqrt(1.0 - self.persistence**2)
            # The first bin begins as if the series had gone on for long.
            shocks[:, 0] /= np.sqrt(1.0 - self.persistence**2)
            waves = _let_fade(shocks, self.persistence)
            factors *= np.exp(np.sqrt(variance) * waves - variance / 2.0)
        return np.asarray(rng.poisson(expected * factors), dtype=np.float64)

    def inflate(self, expected: Floats) -> float:
        """Give the variance of the sum of counts in units of its mean, from 1.

        Parameters
        ----------
        expected
            The mean of each count, 0 for those that do not count, shape (bins,).
        """
        earlier = _let_fade(expected, self.persistence) - expected
        pairs = np.square(expected).sum() + 2.0 * self.lasting * (expected * earlier).sum()
        return 1.0 + self.mean * float(pairs / expected.sum())


def _let_fade(values: Floats, persistence: float) -> Floats:
    """Add to each value what is left of those before it, along the last axis."""
    # Not at the top: see "What is loaded when" in ARCHITECTURE.md.
    from scipy.signal import lfilter

    return np.asarray(lfilter([1.0], [1.0, -persistence], values, axis=-1))


def estimate_dispersion(
    observed: Floats, expected: Floats, *, lags: int, parameters: int
) -> Dispersion:
    """Estimate the dispersion of counts whose means were fitted to them.

    Parameters
    ----------
    observed, expected
        Counts and their means, both 0 in bins that do not count, shape (bins,), some above 0.
    lags
        Over so many bins it is looked for what lasts, at least 1.
    parameters
        How many numbers were fitted to make the means; as with a variance, what they took of the
        dispersion is given back in proportion.

    Notes
    -----
    The posterior of the dispersion on a grid: negative binomial likelihood, and an exponential
    distribution with `PRIOR_MEAN` before. What lasts comes from the products of different bins,
    in which the chance of each bin cancels out: their covariances are fitted by least squares to
    one that falls by a constant factor, from `PERSISTENCES`.
    """
    is_there = expected > 0.0
    weights = _weigh_values(observed[is_there], expected[is_there])
    there = int(is_there.sum())
    lost = there / max(there - parameters, there / 2)
    mean = float((GRID * weights).sum())
    lasting, persistence = _find_lasting(observed - expected, expected, lags)
    return Dispersion(GRID * lost, weights, min(lasting / mean, 1.0), persistence)


def _weigh_values(observed: Floats, expected: Floats) -> Floats:
    """Give the posterior of each dispersion in `GRID`."""
    size = 1.0 / GRID[:, None]
    values, numbers = np.unique(observed, return_counts=True)
    likelihood = ((gammaln(values + size) - gammaln(size)) * numbers).sum(axis=1)
    likelihood -= ((observed + size) * np.log1p(expected / size)).sum(axis=1)
    likelihood += np.log(GRID) * observed.sum() - GRID / PRIOR_MEAN
    # Each value stands for the space between its neighbours.
    weights = np.exp(likelihood - likelihood.max()) * np.gradient(GRID)
    return np.asarray(weights / weights.sum())


def _find_lasting(above: Floats, expected: Floats, lags: int) -> tuple[float, float]:
    """Give the variance of what lasts, from 0, and its persistence."""
    lag = np.arange(1, min(lags, len(above) - 1) + 1)
    together = np.array([(above[each:] * above[:-each]).sum() for each in lag])
    due = np.array([(expected[each:] * expected[:-each]).sum() for each in lag])
    # Least squares over lags, each weighing as much as it knows: `due` is its precision.
    falls = PERSISTENCES[:, None] ** lag
    fits = (falls * together).sum(axis=1)
    sizes = (np.square(falls) * due).sum(axis=1)
    if not (sizes > 0.0).all() or fits.max() <= 0.0:
        return 0.0, 0.0
    best = int((np.maximum(fits, 0.0) ** 2 / sizes).argmax())
    return float(fits[best] / sizes[best]), float(PERSISTENCES[best])
