"""Combinations of levels: numbered, forbidden, and with the coefficients that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.study import Attribute, count_levels

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Which coefficients belong to a combination of levels.

    Attributes
    ----------
    places
        The one or two attributes of each term, shape (terms, 2); the second is -1 for a term of
        one attribute.
    starts
        Where the coefficients of each term begin, shape (terms,); the intercept is the first.
    sizes
        How many levels each attribute has, shape (attributes,).
    """

    places: Ints
    starts: Ints
    sizes: Ints

    @property
    def owners(self) -> Ints:
        """The term of each coefficient, shape (coefficients,); -1 for the intercept."""
        second = np.where(self.places[:, 1] < 0, 1, self.sizes[self.places[:, 1]])
        counts = self.sizes[self.places[:, 0]] * second
        return np.concatenate([[-1], np.repeat(np.arange(len(counts)), counts)])


def arrange_terms(sizes: Ints, pairs: Sequence[tuple[int, int]]) -> Terms:
    """Lay out the coefficients: the intercept, each attribute, then each of `pairs`."""
    singles = [(place, -1) for place in range(len(sizes))]
    places = np.array(singles + [(first, second) for first, second in pairs])
    counts = [int(sizes[a]) * (int(sizes[b]) if b >= 0 else 1) for a, b in places]
    return Terms(places, 1 + np.cumsum([0, *counts[:-1]]), sizes)


def find_coefficients(terms: Terms, levels: Ints) -> Ints:
    """Give the coefficients of combinations, shape (combinations, terms + 1).

    Parameters
    ----------
    levels
        Shape (combinations, attributes).
    """
    active = np.zeros((len(levels), len(terms.starts) + 1), dtype=np.int64)
    _find_all(terms.places, terms.starts, terms.sizes, levels, active)
    return active


@njit(cache=True, nogil=True)
def read_levels(number: int, sizes: Ints, levels: Ints) -> None:
    """Write down the levels of a combination by its number."""
    for place in range(len(sizes) - 1, -1, -1):
        levels[place] = number % sizes[place]
        number //= sizes[place]


@njit(cache=True, nogil=True)
def is_forbidden(levels: Ints, forbidden: Ints) -> bool:
    """Say whether a combination is one of those forbidden."""
    for rule in range(len(forbidden)):
        is_met = True
        for place in range(len(levels)):
            if forbidden[rule, place] >= 0 and forbidden[rule, place] != levels[place]:
                is_met = False
                break
        if is_met:
            return True
    return False


@njit(cache=True, nogil=True)
def find_active(places: Ints, starts: Ints, sizes: Ints, levels: Ints, active: Ints) -> None:
    """Write down the coefficients of one combination; the intercept, 0, stands first."""
    for term in range(len(places)):
        code = levels[places[term, 0]]
        if places[term, 1] >= 0:
            code = code * sizes[places[term, 1]] + levels[places[term, 1]]
        active[term + 1] = starts[term] + code


@njit(cache=True, nogil=True)
def _find_all(places: Ints, starts: Ints, sizes: Ints, levels: Ints, active: Ints) -> None:
    for row in range(len(levels)):
        find_active(places, starts, sizes, levels[row], active[row])


def require_combinations(attributes: Sequence[Attribute], forbidden: Ints) -> None:
    """Refuse forbidden combinations that leave nothing, or a level without any vignette.

    Raises
    ------
    InputError
        Names the level.
    """
    sizes = count_levels(attributes)
    is_left = _find_levels(sizes, forbidden)
    if not is_left.any():
        raise InputError("The forbidden combinations leave no vignette to show.")
    for place, attribute in enumerate(attributes):
        for level, name in enumerate(attribute.levels):
            if not is_left[place, level]:
                raise InputError(
                    "The forbidden combinations leave no vignette with {level} of {attribute}.",
                    level=name,
                    attribute=attribute.name,
                )


@njit(cache=True, nogil=True)
def _find_levels(sizes: Ints, forbidden: Ints) -> NDArray[np.bool_]:
    """Say which levels are in some combination that is allowed."""
    is_left = np.zeros((len(sizes), sizes.max()), dtype=np.bool_)
    levels = np.zeros(len(sizes), dtype=np.int64)
    total = 1
    for size in sizes:
        total *= size
    for number in range(total):
        read_levels(number, sizes, levels)
        if not is_forbidden(levels, forbidden):
            for place in range(len(sizes)):
                is_left[place, levels[place]] = True
    return is_left
