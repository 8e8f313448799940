"""The map of room: the predicted share that finds posting admissible, with its certainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import measure_variances
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
    reach = float(norm.ppf(0.975)) * np.sqrt(variances)
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
    terms = model.terms
    if first == second:
        raise ValueError("A map is of two different attributes.")
    weights = np.zeros((len(terms.sizes), int(terms.sizes.max())))
    for place, attribute in enumerate(model.attributes):
        often = np.ones(len(attribute.levels)) if place in chosen else occurrence[place]
        if len(often) != len(attribute.levels) or (often < 0.0).any():
            raise ValueError("Each level of each attribute occurs 0 times or more.")
        if not often.any():
            raise InputError("No level of {attribute} occurs.", attribute=attribute.name)
        weights[place, : len(often)] = often / often.sum()
    shape = (int(terms.sizes[first]), int(terms.sizes[second]))
    totals, shares, gradients = _average(
        terms.places, terms.starts, terms.sizes, forbidden, weights, first, second, model.values
    )
    if not totals.any():
        raise InputError("The forbidden combinations leave nothing to show on this map.")
    return _bound(totals, shares, gradients, model.covariance, shape)


def _bound(
    totals: Floats, shares: Floats, gradients: Floats, covariance: Floats, shape: tuple[int, int]
) -> Shares:
    weight = np.where(totals > 0.0, totals, np.nan)
    means = shares / weight
    variances = measure_variances(gradients, covariance)
    errors = np.sqrt(variances) / weight
    heights = logit(means)
    reach = float(norm.ppf(0.975)) * errors / (means * (1.0 - means))
    return Shares(
        means.reshape(shape),
        expit(heights - reach).reshape(shape),
        expit(heights + reach).reshape(shape),
    )


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


@njit(cache=True, nogil=True)
def _average(
    places: Ints,
    starts: Ints,
    sizes: Ints,
    forbidden: Ints,
    weights: Floats,
    first: int,
    second: int,
    values: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Sum weights, weighed shares and their slopes over all combinations, per cell of the map."""
    cells = sizes[first] * sizes[second]
    totals, shares = np.zeros(cells), np.zeros(cells)
    gradients = np.zeros((cells, len(values)))
    levels = np.zeros(len(sizes), dtype=np.int64)
    active = np.zeros(len(places) + 1, dtype=np.int64)
    total = 1
    for size in sizes:
        total *= size
    for number in range(total):
        read_levels(number, sizes, levels)
        weight = 1.0
        for place in range(len(sizes)):
            weight *= weights[place, levels[place]]
        if weight == 0.0 or is_forbidden(levels, forbidden):
            continue
        find_active(places, starts, sizes, levels, active)
        height = 0.0
        for one in active:
            height += values[one]
        share = 1.0 / (1.0 + np.exp(-height))
        cell = levels[first] * sizes[second] + levels[second]
        totals[cell] += weight
        shares[cell] += weight * share
        for one in active:
            gradients[cell, one] += weight * share * (1.0 - share)
    return totals, shares, gradients
