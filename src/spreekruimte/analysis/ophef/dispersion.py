"""How far counts vary more than a Poisson process with their means would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

GRID = np.concatenate([[1e-4], np.geomspace(0.01, 10.0, 24)])
PRIOR_MEAN = 0.5
"""Mean of the exponential distribution that the dispersion has before anything is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Dispersion:
    """What is known of the dispersion: the variance of a count is ``mean + dispersion mean^2``.

    Attributes
    ----------
    values
        Possible values, above 0, shape (values,).
    weights
        How likely each is, shape (values,), together 1.
    of_days
        The part that all bins of a day have in common, from 0: the variance of a factor with
        mean 1.
    """

    values: Floats
    weights: Floats
    of_days: float

    @property
    def mean(self) -> float:
        """The mean of what is known."""
        return float((self.values * self.weights).sum())

    def draw(self, rng: np.random.Generator, expected: Floats, days: NDArray[np.int64]) -> Floats:
        """Draw one series of counts, shape (bins,), with a dispersion as likely as it is known."""
        means = expected
        if self.of_days > 0.0:
            means = means * _draw_factors(rng, self.of_days, int(days[-1]) + 1)[days]
        total = self.values[np.searchsorted(self.weights.cumsum(), rng.random())]
        of_bins = max((total - self.of_days) / (1.0 + self.of_days), GRID[0])
        return rng.poisson(means * _draw_factors(rng, of_bins, len(means))).astype(np.float64)


def estimate_dispersion(
    observed: Floats, expected: Floats, days: NDArray[np.int64], parameters: int
) -> Dispersion:
    """Estimate the dispersion of counts whose means were fitted to them.

    Parameters
    ----------
    observed, expected
        Counts and their means, shape (bins,), at least one.
    days
        The day of each, from 0, shape (bins,).
    parameters
        How many numbers were fitted to make the means; as with a variance, what they took of the
        dispersion is given back in proportion.

    Notes
    -----
    The posterior of the dispersion on a grid: negative binomial likelihood, and an exponential
    distribution with `PRIOR_MEAN` before. What days have in common is the moment of products of
    different bins of a day.
    """
    size = 1.0 / GRID[:, None]
    values, numbers = np.unique(observed, return_counts=True)
    likelihood = ((gammaln(values + size) - gammaln(size)) * numbers).sum(axis=1)
    likelihood -= ((observed + size) * np.log1p(expected / size)).sum(axis=1)
    likelihood += np.log(GRID) * observed.sum() - GRID / PRIOR_MEAN
    # Each value stands for the space between its neighbours.
    weights = np.exp(likelihood - likelihood.max()) * np.gradient(GRID)
    lost = len(observed) / max(len(observed) - parameters, 0.5 * len(observed))
    return Dispersion(
        GRID * lost, weights / weights.sum(), _share_of_days(observed, expected, days)
    )


def _share_of_days(observed: Floats, expected: Floats, days: NDArray[np.int64]) -> float:
    above = observed - expected
    products = np.square(np.bincount(days, weights=above))
    products -= np.bincount(days, weights=np.square(above))
    pairs = np.square(np.bincount(days, weights=expected))
    pairs -= np.bincount(days, weights=np.square(expected))
    total = float(pairs.sum())
    # Rounding leaves of nothing a little, where each day is one bin.
    if total <= 1e-9 * float(np.square(expected).sum()):
        return 0.0
    return min(max(float(products.sum()) / total, 0.0), float(GRID[-1]))


def _draw_factors(rng: np.random.Generator, variance: float, count: int) -> Floats:
    return rng.standard_gamma(1.0 / variance, size=count) * variance
