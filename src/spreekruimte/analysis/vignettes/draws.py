"""Contexts of a study as often as they occur, with joint draws of what the public finds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit

from spreekruimte.analysis.vignettes.averages import weigh_levels
from spreekruimte.analysis.vignettes.combinations import (
    find_coefficients,
    is_forbidden,
    read_levels,
)
from spreekruimte.analysis.vignettes.hierarchical import ContextModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 1_000
"""How many draws are made: the ends of an interval of 95% lie 25 draws from the outermost."""

MOST_CONTEXTS = 2_000
"""Of more contexts than these, so many are drawn by how often each occurs."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnRoom:
    """What the public finds of contexts, as draws as far from the prediction as it may err.

    Attributes
    ----------
    levels
        The contexts, each once, shape (contexts, attributes).
    weights
        How often each occurs, shape (contexts,), above 0.
    draws
        Joint draws of the share that finds posting admissible, shape (draws, contexts), 0 to 1.
    """

    levels: Ints
    weights: Floats
    draws: Floats


def draw_room(
    model: ContextModel,
    occurrence: Sequence[Floats],
    forbidden: Ints,
    *,
    most: int = MOST_CONTEXTS,
) -> DrawnRoom:
    """Draw what the public finds of all contexts that occur.

    A context occurs as often as the product of how often its levels do. The coefficients are drawn
    from a normal distribution with the errors of the model. All randomness follows from the model
    and the occurrence: equal ones give equal draws.

    Parameters
    ----------
    occurrence
        How often each level of each attribute occurs, from 0.
    forbidden
        As in `find_restricted_pairs`; these contexts do not occur.

    Raises
    ------
    InputError
        If an attribute has levels that never occur only.
    """
    shares = weigh_levels(model, occurrence)
    content = (model.values, model.covariance, shares, forbidden)
    digest = sha256(b"".join(np.ascontiguousarray(each).tobytes() for each in content)).digest()
    random = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "little")))
    sizes = model.terms.sizes
    weights = _weigh_all(sizes, shares, forbidden)
    numbers = np.flatnonzero(weights)
    if len(numbers) > most:
        chances = weights[numbers] / weights[numbers].sum()
        counts = random.multinomial(most, chances)
        numbers, counted = numbers[counts > 0], counts[counts > 0].astype(np.float64)
    else:
        counted = weights[numbers]
    levels = np.column_stack(np.unravel_index(numbers, tuple(sizes))).astype(np.int64)
    noise = random.standard_normal((DRAWS, len(model.values)))
    coefficients = model.values + _spread(noise, _root(model.covariance))
    return DrawnRoom(levels, counted, _add_up(coefficients, find_coefficients(model.terms, levels)))


def _weigh_all(sizes: Ints, shares: Floats, forbidden: Ints) -> Floats:
    """Give how often each combination occurs, the level of the last attribute running fastest."""
    weights = np.ones(1)
    for place, size in enumerate(sizes.tolist()):
        weights = (weights[:, None] * shares[place, None, :size]).ravel()
    _forbid(weights, sizes, forbidden)
    return weights


@njit(cache=True, nogil=True)
def _forbid(weights: Floats, sizes: Ints, forbidden: Ints) -> None:
    levels = np.zeros(len(sizes), dtype=np.int64)
    for number in range(len(weights)):
        read_levels(number, sizes, levels)
        if is_forbidden(levels, forbidden):
            weights[number] = 0.0


def _add_up(coefficients: Floats, active: Ints) -> Floats:
    """Give the share of each context under each draw of the coefficients."""
    heights = np.zeros((len(coefficients), len(active)))
    for term in range(active.shape[1]):
        heights += coefficients[:, active[:, term]]
    shares: Floats = expit(heights)
    return shares


@njit(cache=True, nogil=True)
def _root(covariance: Floats) -> Floats:
    """Give the lower root of a matrix that has no negative variance (Cholesky).

    By itself, for the reason that `clustered.invert` tells. What is certain, or follows from what
    comes before it, has a column of zeros.
    """
    size = len(covariance)
    root = np.zeros((size, size))
    for column in range(size):
        left = covariance[column, column]
        for before in range(column):
            left -= root[column, before] ** 2
        if left <= 1e-12 * covariance[column, column]:
            continue
        root[column, column] = np.sqrt(left)
        for row in range(column + 1, size):
            part = covariance[row, column]
            for before in range(column):
                part -= root[row, before] * root[column, before]
            root[row, column] = part / root[column, column]
    return root


@njit(cache=True, nogil=True)
def _spread(noise: Floats, root: Floats) -> Floats:
    """Give noise the covariance of which the root is given."""
    spread = np.zeros_like(noise)
    for draw in range(len(noise)):
        for row in range(len(root)):
            for column in range(row + 1):
                spread[draw, row] += root[row, column] * noise[draw, column]
    return spread
