"""The map of room: the predicted share that finds posting admissible, with its certainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.averages import (
    REACH,
    average_shares,
    bound_shares,
    weigh_levels,
)
from spreekruimte.analysis.vignettes.combinations import find_active, is_forbidden, read_levels
from spreekruimte.analysis.vignettes.hierarchical import ContextModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Predicted shares with 95% intervals, one shape for all three; not a number if forbidden."""

    values: Floats
    low: Floats
    high: Floats

    @property
    def is_open(self) -> NDArray[np.bool_]:
        """Where the interval spans one half, so that nothing is decided; same shape."""
        return np.asarray((self.low <= HALF) & (self.high >= HALF))


def predict_all(model: ContextModel, forbidden: Ints) -> Shares:
    """Predict the share of every combination, the level of the last attribute running fastest.

    Parameters
    ----------
    forbidden
        As in `find_restricted_pairs`; of these no share is given.

    Returns
    -------
    Shares
        Shape (combinations,).
    """
    terms = model.terms
    total = int(terms.sizes.prod())
    heights, variances = _predict(
        terms.places, terms.starts, terms.sizes, forbidden, total, model.values, model.covariance
    )
    reach = REACH * np.sqrt(variances)
    return Shares(expit(heights), expit(heights - reach), expit(heights + reach))


def map_room(
    model: ContextModel, chosen: tuple[int, int], occurrence: Sequence[Floats], forbidden: Ints
) -> Shares:
    """Predict the share for each level of two attributes, over the others.

    The average over all combinations that are allowed, each weighed by the product of how often
    its levels of the other attributes occur; an attribute is fixed where one level has all the
    weight. The interval is by the delta method, on the scale of logits.

    Parameters
    ----------
    chosen
        The places of the two attributes.
    occurrence
        How often each level of each attribute occurs, from 0; those of the chosen two do not count.
    forbidden
        As in `find_restricted_pairs`.

    Returns
    -------
    Shares
        Shape (levels of the first, levels of the second).

    Raises
    ------
    InputError
        If no combination is left, or an attribute has levels that never occur only.
    """
    first, second = chosen
    if first == second:
        raise ValueError("A map is of two different attributes.")
    sizes = model.terms.sizes
    often = [
        np.ones(size) if place in chosen else given
        for place, (size, given) in enumerate(zip(sizes.tolist(), occurrence, strict=True))
    ]
    weights = weigh_levels(model, often)
    cells = []
    for one, other in np.ndindex(int(sizes[first]), int(sizes[second])):
        weights[[first, second]] = 0.0
        weights[first, one] = weights[second, other] = 1.0
        cells.append(average_shares(model, weights, forbidden))
    means, slopes = np.array([mean for mean, _ in cells]), np.array([each for _, each in cells])
    if np.isnan(means).all():
        raise InputError("The forbidden combinations leave nothing to show on this map.")
    low, high = bound_shares(means, slopes, model.covariance)
    shape = (int(sizes[first]), int(sizes[second]))
    return Shares(means.reshape(shape), low.reshape(shape), high.reshape(shape))


@njit(cache=True, nogil=True)
def _predict(
    places: Ints,
    starts: Ints,
    sizes: Ints,
    forbidden: Ints,
    total: int,
    values: Floats,
    covariance: Floats,
) -> tuple[Floats, Floats]:
    """Give the logit of each combination and its variance."""
    heights, variances = np.full(total, np.nan), np.full(total, np.nan)
    levels = np.zeros(len(sizes), dtype=np.int64)
    active = np.zeros(len(places) + 1, dtype=np.int64)
    for number in range(total):
        read_levels(number, sizes, levels)
        if is_forbidden(levels, forbidden):
            continue
        find_active(places, starts, sizes, levels, active)
        height, variance = 0.0, 0.0
        for one in active:
            height += values[one]
            for other in active:
                variance += covariance[one, other]
        heights[number], variances[number] = height, variance
    return heights, variances
