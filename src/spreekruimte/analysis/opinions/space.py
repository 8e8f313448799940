"""The opinion space: main directions of the sparse centred matrix of opinions."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.results import OpinionSpace
from spreekruimte.analysis.opinions.sheets import OpinionSheets, sample_sheets

Floats = NDArray[np.float64]

SWEEPS = 12
FINISHING_SWEEPS = 3
SPARE_DIRECTIONS = 2
RIDGE = 4.0


def centre_opinions(sheets: OpinionSheets) -> Floats:
    """Centre and scale each opinion, shape (opinions,); where nobody voted it stays zero.

    Each entry is the opinion less the mean of its statement, divided by the roots of
    the regularised activity of its row and column, so that neither busy participants
    nor popular statements make a direction of their own (regularised spectral
    clustering: Qin and Rohe 2013).
    """
    row_counts = np.diff(sheets.indptr).astype(np.float64)
    column_counts = sheets.count_opinions().astype(np.float64)
    means = np.bincount(
        sheets.columns, weights=sheets.values, minlength=sheets.statement_count
    ) / np.maximum(column_counts, 1.0)
    return _centre(
        sheets.indptr,
        sheets.columns,
        sheets.values,
        means,
        1.0 / np.sqrt(row_counts + max(row_counts.mean(), 1.0)),
        1.0 / np.sqrt(column_counts + max(column_counts.mean(), 1.0)),
    )


def find_directions(
    sheets: OpinionSheets,
    entries: Floats,
    count: int,
    *,
    start: Floats | None = None,
    sweeps: int = SWEEPS,
) -> tuple[Floats, Floats]:
    """Find the leading right singular vectors of the centred matrix.

    Subspace iteration from a fixed start, so equal votes give equal directions.

    Parameters
    ----------
    sheets, entries
        The pattern of the sparse matrix and its centred values.
    count
        Number of directions wanted.
    start
        Shape (statements, count): directions that are nearly right; few sweeps then do.
    sweeps
        Passes over the opinions; each brings the directions nearer.

    Returns
    -------
    directions
        Shape (statements, count), orthonormal as far as their strength is above zero, the
        largest entry of each positive.
    strengths
        Shape (count,): singular values, from large to small.
    """
    width = count + SPARE_DIRECTIONS
    block = _start_block(sheets.statement_count, width)
    if start is not None:
        block[:, : start.shape[1]] = start
    for _ in range(sweeps):
        _orthonormalise(block)
        block = _apply_gram(sheets.indptr, sheets.columns, entries, block)
    _orthonormalise(block)
    image = _apply_gram(sheets.indptr, sheets.columns, entries, block)
    squared, turn = np.linalg.eigh(_multiply_small(block, image))
    chosen = np.argsort(-squared, kind="stable")[:count]
    directions = _rotate(block, np.ascontiguousarray(turn[:, chosen]))
    return _fix_signs(directions), np.sqrt(np.maximum(squared[chosen], 0.0))


def place_participants(sheets: OpinionSheets, directions: Floats) -> Floats:
    """Place each sheet on the directions, shape (sheets, directions).

    The position is the ridge regression of the centred opinions on the directions:
    few opinions leave a participant near the middle instead of far out.
    """
    means = 2.0 * sheets.share_agreeing() - 1.0
    scale = np.sqrt(float(sheets.statement_count))
    return _place(sheets.indptr, sheets.columns, sheets.values, means, directions * scale, RIDGE)


def map_opinions(sheets: OpinionSheets, ids: tuple[str, ...]) -> OpinionSpace:
    """Make the opinion space of two directions; see `OpinionSpace`.

    `ids` are those of all participants. The directions are sought in the reference
    sample and finished on all opinions.
    """
    positions = np.full((len(ids), 2), np.nan)
    if sheets.opinion_count == 0:
        return OpinionSpace(positions, np.zeros((sheets.statement_count, 2)), np.zeros(2))
    sample = sample_sheets(sheets, ids)
    start, _ = find_directions(sample, centre_opinions(sample), 2)
    entries = centre_opinions(sheets)
    directions, strengths = find_directions(
        sheets, entries, 2, start=start, sweeps=FINISHING_SWEEPS
    )
    positions[sheets.rows] = place_participants(sheets, directions)
    total = float(np.add.reduce(entries * entries))
    explained = strengths**2 / total if total > 0 else np.zeros(2)
    return OpinionSpace(positions, directions, explained)


def _start_block(length: int, width: int) -> Floats:
    """Make a fixed block without symmetry: entries of an irrational rotation."""
    turns = np.outer(np.arange(1, length + 1), np.sqrt(np.arange(2, width + 2) + 0.5))
    return np.ascontiguousarray(2.0 * (turns % 1.0) - 1.0)


def _fix_signs(directions: Floats) -> Floats:
    heights = np.abs(directions)
    largest = directions[heights.argmax(axis=0), np.arange(directions.shape[1])]
    return np.ascontiguousarray(directions * np.where(largest < 0.0, -1.0, 1.0))


@numba.njit(cache=True, nogil=True)
def _centre(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    means: Floats,
    row_scale: Floats,
    column_scale: Floats,
) -> Floats:
    entries = np.empty(len(values))
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            column = columns[at]
            entries[at] = (values[at] - means[column]) * row_scale[row] * column_scale[column]
    return entries


@numba.njit(cache=True, nogil=True)
def _apply_gram(
    indptr: NDArray[np.int64], columns: NDArray[np.int32], entries: Floats, block: Floats
) -> Floats:
    """Multiply the block by the matrix and then by its transpose."""
    width = block.shape[1]
    result = np.zeros_like(block)
    image = np.empty(width)
    for row in range(len(indptr) - 1):
        image[:] = 0.0
        for at in range(indptr[row], indptr[row + 1]):
            for d in range(width):
                image[d] += entries[at] * block[columns[at], d]
        for at in range(indptr[row], indptr[row + 1]):
            for d in range(width):
                result[columns[at], d] += entries[at] * image[d]
    return result


@numba.njit(cache=True, nogil=True)
def _multiply_columns(block: Floats, d: int, e: int) -> float:
    """Give the inner product of two columns, summed in a fixed order."""
    total = 0.0
    for i in range(block.shape[0]):
        total += block[i, d] * block[i, e]
    return total


@numba.njit(cache=True, nogil=True)
def _orthonormalise(block: Floats) -> None:
    """Gram-Schmidt in place, twice for accuracy; a direction that vanishes becomes zero."""
    for d in range(block.shape[1]):
        before = _multiply_columns(block, d, d)
        for _ in range(2):
            for e in range(d):
                block[:, d] -= _multiply_columns(block, d, e) * block[:, e]
        squared = _multiply_columns(block, d, d)
        if squared > 1e-20 * before:
            block[:, d] /= np.sqrt(squared)
        else:
            block[:, d] = 0.0


@numba.njit(cache=True, nogil=True)
def _multiply_small(left: Floats, right: Floats) -> Floats:
    """Give the symmetric part of left' right, summed in a fixed order."""
    width = left.shape[1]
    product = np.zeros((width, width))
    for i in range(left.shape[0]):
        for d in range(width):
            for e in range(width):
                product[d, e] += left[i, d] * right[i, e]
    return 0.5 * (product + product.T)


@numba.njit(cache=True, nogil=True)
def _rotate(block: Floats, turn: Floats) -> Floats:
    result = np.zeros((block.shape[0], turn.shape[1]))
    for i in range(block.shape[0]):
        for d in range(turn.shape[1]):
            for e in range(block.shape[1]):
                result[i, d] += block[i, e] * turn[e, d]
    return result


@numba.njit(cache=True, nogil=True)
def _place(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    means: Floats,
    directions: Floats,
    ridge: float,
) -> Floats:
    width = directions.shape[1]
    positions = np.empty((len(indptr) - 1, width))
    gram = np.empty((width, width))
    for row in range(len(indptr) - 1):
        gram[:] = 0.0
        positions[row] = 0.0
        for at in range(indptr[row], indptr[row + 1]):
            direction = directions[columns[at]]
            surprise = values[at] - means[columns[at]]
            for d in range(width):
                positions[row, d] += surprise * direction[d]
                for e in range(width):
                    gram[d, e] += direction[d] * direction[e]
        for d in range(width):
            gram[d, d] += ridge
        _solve(gram, positions[row])
    return positions


@numba.njit(cache=True, nogil=True)
def _solve(matrix: Floats, right: Floats) -> None:
    """Solve a small positive definite system in place; the solution replaces `right`."""
    width = len(right)
    for d in range(width):
        for e in range(d + 1, width):
            factor = matrix[e, d] / matrix[d, d]
            matrix[e] -= factor * matrix[d]
            right[e] -= factor * right[d]
    for d in range(width - 1, -1, -1):
        for e in range(d + 1, width):
            right[d] -= matrix[d, e] * right[e]
        right[d] /= matrix[d, d]
