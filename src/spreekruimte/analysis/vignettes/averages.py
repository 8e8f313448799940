"""The predicted share over many combinations, each weighed by how often it occurs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import measure_variances
from spreekruimte.analysis.vignettes.combinations import find_active, is_forbidden
from spreekruimte.analysis.vignettes.hierarchical import ContextModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REACH = float(ndtri(0.975))
"""How many standard errors a 95% interval reaches."""


def weigh_levels(model: ContextModel, occurrence: Sequence[Floats]) -> Floats:
    """Give how often each level of each attribute occurs, shape (attributes, most levels).

    Each row adds up to one; places after the last level of an attribute are 0.

    Raises
    ------
    InputError
        If an attribute has levels that never occur only.
    """
    sizes = model.terms.sizes
    weights = np.zeros((len(sizes), int(sizes.max())))
    for place, (attribute, often) in enumerate(zip(model.attributes, occurrence, strict=True)):
        if len(often) != len(attribute.levels) or (often < 0.0).any():
            raise ValueError("Each level of each attribute occurs 0 times or more.")
        if not often.any():
            raise InputError("No level of {attribute} occurs.", attribute=attribute.name)
        weights[place, : len(often)] = often / often.sum()
    return weights


def average_shares(model: ContextModel, weights: Floats, forbidden: Ints) -> tuple[float, Floats]:
    """Give the mean share over all combinations that are allowed, and its slopes.

    Parameters
    ----------
    weights
        As `weigh_levels` gives; the weight of a combination is the product of those of its levels.
    forbidden
        As in `find_restricted_pairs`.

    Returns
    -------
    tuple
        The mean, and how it moves with each coefficient, shape (coefficients,). Not a number where
        nothing is allowed.
    """
    terms = model.terms
    counts = (weights > 0.0).sum(axis=1)
    # The levels that occur come first, in their order.
    occurring = np.argsort(weights <= 0.0, axis=1, kind="stable")
    total, share, slopes = _add_up(
        terms.places, terms.starts, terms.sizes, forbidden, weights, occurring, counts, model.values
    )
    if total == 0.0:
        return np.nan, np.full(len(slopes), np.nan)
    return share / total, slopes / total


def bound_shares(means: Floats, slopes: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Give 95% intervals of mean shares by the delta method, on the scale of logits.

    Parameters
    ----------
    means, slopes
        Shapes (shares,) and (shares, coefficients).
    """
    errors = np.sqrt(measure_variances(slopes, covariance))
    reach = REACH * errors / (means * (1.0 - means))
    return expit(logit(means) - reach), expit(logit(means) + reach)


@njit(cache=True, nogil=True)
def _add_up(
    places: Ints,
    starts: Ints,
    sizes: Ints,
    forbidden: Ints,
    weights: Floats,
    occurring: Ints,
    counts: Ints,
    values: Floats,
) -> tuple[float, float, Floats]:
    """Sum weights, weighed shares and their slopes over the combinations that occur."""
    whole, sum_of_shares, slopes = 0.0, 0.0, np.zeros(len(values))
    levels = np.zeros(len(sizes), dtype=np.int64)
    active = np.zeros(len(places) + 1, dtype=np.int64)
    combinations = 1
    for count in counts:
        combinations *= count
    for number in range(combinations):
        rest, weight = number, 1.0
        for place in range(len(sizes) - 1, -1, -1):
            levels[place] = occurring[place, rest % counts[place]]
            rest //= counts[place]
            weight *= weights[place, levels[place]]
        if is_forbidden(levels, forbidden):
            continue
        find_active(places, starts, sizes, levels, active)
        height = 0.0
        for one in active:
            height += values[one]
        share = 1.0 / (1.0 + np.exp(-height))
        whole += weight
        sum_of_shares += weight * share
        for one in active:
            slopes[one] += weight * share * (1.0 - share)
    return whole, sum_of_shares, slopes
