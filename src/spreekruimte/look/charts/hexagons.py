"""Count points in hexagons, and forget the hexagons that hold too few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A cell that stands for fewer is not shown: nobody can be picked out of a picture.
LEAST = 5
# Cells are made larger until they show this share of all points, or until they are so
# large that there would be nothing left to see.
SHOWN_SHARE = 0.85
FINEST, COARSEST, COARSER = 26.0, 5.0, 1.2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Hexagons that stand for at least `LEAST` points each.

    Attributes
    ----------
    centres
        Shape (cells, 2), in the unit of the points.
    width
        Of one hexagon, between its upright sides.
    counts
        Shape (cells,): points in each.
    kinds
        Shape (cells,): the kind of most of a cell's points, where that is more than
        half of them and at least `LEAST`; else -1.
    """

    centres: Floats
    width: float
    counts: Ints
    kinds: Ints


def gather_cells(points: Floats, kinds: NDArray[np.int32]) -> Cells:
    """Count points in hexagons, as small as the number of points allows.

    Parameters
    ----------
    points
        Shape (points, 2); points with NaN are left out.
    kinds
        Shape (points,): a number from 0 per kind, -1 for none.

    Returns
    -------
    Cells
        In order of place, from left to right in each row; empty if no cell has enough.
    """
    known = np.isfinite(points).all(axis=1)
    points, kinds = points[known], kinds[known]
    empty = Cells(np.empty((0, 2)), 1.0, np.empty(0, np.int64), np.empty(0, np.int64))
    if len(points) < LEAST:
        return empty
    spread = float(np.ptp(np.quantile(points, [0.02, 0.98], axis=0), axis=0).max()) or 1.0
    parts = FINEST
    cells = _count(points, kinds, spread / parts)
    while cells.counts.sum() < SHOWN_SHARE * len(points) and parts > COARSEST:
        parts /= COARSER
        cells = _count(points, kinds, spread / parts)
    return cells


def _count(points: Floats, kinds: NDArray[np.int32], width: float) -> Cells:
    places, cell_of = np.unique(_find_hexagons(points, width), axis=0, return_inverse=True)
    kind_count = int(kinds.max(initial=-1)) + 2
    # Column 0 holds the points without a kind.
    table = np.bincount(
        cell_of.ravel() * kind_count + kinds + 1, minlength=len(places) * kind_count
    ).reshape(len(places), kind_count)
    totals = table.sum(axis=1)
    most = table.argmax(axis=1)
    held = table.max(axis=1)
    majority = np.where((2 * held > totals) & (held >= LEAST), most - 1, -1)
    enough = totals >= LEAST
    rows, diagonals = places[enough, 0], places[enough, 1]
    centres = np.column_stack([width * (diagonals + rows / 2), width * rows * np.sqrt(3) / 2])
    return Cells(centres, width, totals[enough], majority[enough])


def _find_hexagons(points: Floats, width: float) -> Ints:
    """Give the row and the slanted column of the hexagon around each point, shape (points, 2)."""
    row = points[:, 1] / (width * np.sqrt(3) / 2)
    column = points[:, 0] / width - row / 2
    # Three coordinates that add up to nothing, each rounded; the one that was furthest
    # from a whole number follows from the other two.
    exact = np.column_stack([row, column, -row - column])
    rounded = np.rint(exact)
    worst = np.abs(rounded - exact).argmax(axis=1)
    index = np.arange(len(points))
    rounded[index, worst] = 0
    rounded[index, worst] = -rounded.sum(axis=1)
    places: Ints = rounded[:, :2].astype(np.int64)
    return places
