"""Which vignettes to show: a balanced design without forbidden combinations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import invert
from spreekruimte.analysis.vignettes.combinations import is_forbidden, require_combinations
from spreekruimte.analysis.vignettes.study import Attribute, count_levels

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 50
TRIES = 1000
GAIN = 1e-6
"""A level is exchanged only if the determinant gains more than this share."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Vignettes in blocks: a respondent sees one block.

    Attributes
    ----------
    blocks
        The level of each attribute, shape (blocks, vignettes per respondent, attributes).
    efficiency
        D-efficiency, above 0 and at most 1: how much the effects of a design of equal size that is
        perfectly balanced would need of its vignettes, to be known as well. A design with forbidden
        combinations cannot reach 1.
    """

    blocks: Ints
    efficiency: float


def draw_design(
    attributes: Sequence[Attribute], forbidden: Ints, *, blocks: int, per_respondent: int, seed: int
) -> Design:
    """Draw the vignettes of a study, with as much known of all main effects as can be.

    Coordinate exchange (Meyer and Nachtsheim 1995): from vignettes drawn at random, each level of
    each vignette is exchanged for the one that raises the determinant of the information most,
    until none does. Levels are coded so that balance and orthogonality give an efficiency of 1
    (Kuhfeld, Tobias and Garratt 1994). Vignettes that are alike come into different blocks where
    there are enough blocks.

    Parameters
    ----------
    attributes
        With two levels or more each.
    forbidden
        As in `find_restricted_pairs`.
    blocks, per_respondent
        How many blocks, of how many vignettes.
    seed
        The same seed gives the same design.

    Raises
    ------
    InputError
        If the forbidden combinations leave no vignette, or not every level; if there are fewer
        vignettes than effects, or the effects cannot be told apart.
    """
    sizes = count_levels(attributes)
    _require_levels(attributes)
    require_combinations(attributes, forbidden)
    count = blocks * per_respondent
    coding = _code_levels(sizes)
    effects = coding.shape[2]
    if count < effects:
        raise InputError(
            "{count} vignettes are too few for these attributes; {effects} at least are needed.",
            count=count,
            effects=effects,
        )
    rng = np.random.default_rng(seed)
    vignettes = _draw_allowed(rng, sizes, forbidden, count)
    rows = _code_rows(coding, vignettes)
    # So little beside the information of one vignette that it decides nothing, yet inverts.
    inverse = invert(np.einsum("ni,nj->ij", rows, rows) + 1e-6 * np.eye(effects))
    _exchange(vignettes, sizes, forbidden, coding, inverse)
    rows = _code_rows(coding, vignettes)
    information = np.einsum("ni,nj->ij", rows, rows) / count
    sign, height = np.linalg.slogdet(information)
    efficiency = float(np.exp(height / effects)) if sign > 0 else 0.0
    if efficiency < GAIN:
        raise InputError("With these forbidden combinations, effects cannot be told apart.")
    # Neighbours in this order are most alike: each of a row of them goes to another block.
    order = np.lexsort(vignettes.T[::-1]).reshape(per_respondent, blocks)
    dealt = vignettes[rng.permuted(order, axis=1).T]
    return Design(dealt, min(1.0, efficiency))


def _require_levels(attributes: Sequence[Attribute]) -> None:
    if not attributes:
        raise InputError("A study needs an attribute.")
    for each in attributes:
        if len(each.levels) < 2:
            raise InputError("{attribute} needs two levels at least.", attribute=each.name)


def _code_levels(sizes: Ints) -> Floats:
    """Give the columns of each level of each attribute: the intercept, then contrasts.

    The contrasts of an attribute have mean 0, mean square 1, and nothing in common (Helmert).

    Returns
    -------
    Floats
        Shape (attributes, most levels, columns); a vignette's row is the sum over its levels.
    """
    coding = np.zeros((len(sizes), int(sizes.max()), 1 + int((sizes - 1).sum())))
    coding[0, :, 0] = 1.0
    start = 1
    for place, size in enumerate(sizes):
        for contrast in range(1, size):
            scale = np.sqrt(size / (contrast * (contrast + 1)))
            coding[place, :contrast, start] = -scale
            coding[place, contrast, start] = contrast * scale
            start += 1
    return coding


def _code_rows(coding: Floats, vignettes: Ints) -> Floats:
    rows: Floats = coding[np.arange(vignettes.shape[1]), vignettes].sum(axis=1)
    return rows


def _draw_allowed(rng: np.random.Generator, sizes: Ints, forbidden: Ints, count: int) -> Ints:
    """Draw vignettes at random, and again those that are forbidden."""
    vignettes = rng.integers(sizes, size=(count, len(sizes)))
    for _ in range(TRIES):
        again = [row for row in range(count) if is_forbidden(vignettes[row], forbidden)]
        if not again:
            return vignettes
        vignettes[again] = rng.integers(sizes, size=(len(again), len(sizes)))
    raise InputError("So much is forbidden that hardly a combination is left.")


@njit(cache=True, nogil=True)
def _exchange(
    vignettes: Ints, sizes: Ints, forbidden: Ints, coding: Floats, inverse: Floats
) -> None:
    """Exchange levels in place, and keep `inverse` that of the information."""
    for _ in range(SWEEPS):
        is_settled = True
        for row in range(len(vignettes)):
            for place in range(len(sizes)):
                if _exchange_one(vignettes[row], place, sizes, forbidden, coding, inverse):
                    is_settled = False
        if is_settled:
            break


@njit(cache=True, nogil=True)
def _exchange_one(
    vignette: Ints, place: int, sizes: Ints, forbidden: Ints, coding: Floats, inverse: Floats
) -> bool:
    """Give one attribute of a vignette its best level; say whether that is another one."""
    row = np.zeros(len(inverse))
    for each in range(len(sizes)):
        row += coding[each, vignette[each]]
    image = _multiply(inverse, row)
    own = (row * image).sum()
    before, best, gain = vignette[place], vignette[place], 1.0 + GAIN
    for level in range(sizes[place]):
        vignette[place] = level
        if level == before or is_forbidden(vignette, forbidden):
            continue
        other = row + coding[place, level] - coding[place, before]
        shared = (other * image).sum()
        ratio = (1.0 + (other * _multiply(inverse, other)).sum()) * (1.0 - own) + shared**2
        if ratio > gain:
            best, gain = level, ratio
    vignette[place] = best
    if best == before:
        return False
    _update(inverse, row + coding[place, best] - coding[place, before], 1.0)
    _update(inverse, row, -1.0)
    return True


@njit(cache=True, nogil=True)
def _multiply(matrix: Floats, vector: Floats) -> Floats:
    image = np.zeros(len(vector))
    for one in range(len(vector)):
        for other in range(len(vector)):
            image[one] += matrix[one, other] * vector[other]
    return image


@njit(cache=True, nogil=True)
def _update(inverse: Floats, row: Floats, sign: float) -> None:
    """Add a row to the information, or take it away (Sherman and Morrison 1950)."""
    image = _multiply(inverse, row)
    scale = sign / (1.0 + sign * (row * image).sum())
    for one in range(len(row)):
        for other in range(len(row)):
            inverse[one, other] -= scale * image[one] * image[other]
