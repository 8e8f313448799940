"""The null model: no structure beyond each statement's rate and each participant's activity.

Under it, who of a statement's voters agreed is a matter of chance: the opinions on
each statement may be dealt out again among those who gave one. That keeps every
statement's agreement rate and every participant's activity exactly, and makes the
test exact: the chance of a false alarm is at most the stated rate, at any size.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.chance import STEP, draw
from spreekruimte.analysis.opinions.sheets import OpinionSheets
from spreekruimte.analysis.opinions.space import centre_opinions

SHUFFLES = 59
# Shuffles whose strength is measured side by side: what is read of the votes serves all of them.
LANES = 4
SMALLER_THAN_NEEDED = 3.0
POWER_STEPS = 12


def compare_with_null(sheets: OpinionSheets, seed: int, *, shuffles: int = SHUFFLES) -> float:
    """Give the p-value of structure in the opinions against the null model, in (0, 1].

    The statistic is the leading singular value of the centred matrix, after a fixed
    number of power steps. The p-value is (1 + shuffles at least as strong) /
    (1 + shuffles) (Davison and Hinkley 1997, section 4.3).

    Parameters
    ----------
    sheets
        The opinions.
    seed
        Seed of the shuffles, 64 bits.
    shuffles
        Number of times that the opinions are dealt out again.
    """
    entries = centre_opinions(sheets)
    scale = _scale_of_entries(sheets)
    by_statement = np.argsort(sheets.columns, kind="stable").astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(sheets.count_opinions())]).astype(np.int64)
    lanes = np.repeat(entries[:, None], LANES, axis=1)
    observed = _measure_strengths(
        sheets.indptr, sheets.columns, lanes, sheets.statement_count, POWER_STEPS
    )[0]
    as_strong = _count_as_strong(
        sheets.indptr,
        sheets.columns,
        entries / scale,
        scale,
        starts,
        by_statement,
        np.uint64(seed),
        shuffles,
        observed,
        POWER_STEPS,
    )
    return (1.0 + as_strong) / (1.0 + shuffles)


def _scale_of_entries(sheets: OpinionSheets) -> NDArray[np.float64]:
    """Give the scale by row and column that `centre_opinions` applied, shape (opinions,)."""
    counts = np.diff(sheets.indptr).astype(np.float64)
    by_row = 1.0 / np.sqrt(counts + max(counts.mean(), 1.0))
    return np.repeat(by_row, np.diff(sheets.indptr))


def count_shuffles(false_alarm: float) -> int:
    """Give the number of shuffles that can tell a p-value well below `false_alarm`, in (0, 1).

    Never fewer than `SHUFFLES`, so that the p-value says the same at the usual rates.
    """
    return max(SHUFFLES, math.ceil(SMALLER_THAN_NEEDED / false_alarm) - 1)


@numba.njit(cache=True, nogil=True)
def _deal_again(
    starts: NDArray[np.int64],
    by_statement: NDArray[np.int64],
    opinions: NDArray[np.float64],
    state: np.uint64,
) -> np.uint64:
    """Shuffle in place the opinions on each statement among its voters (Fisher and Yates)."""
    for statement in range(len(starts) - 1):
        first = starts[statement]
        for last in range(starts[statement + 1] - 1, first, -1):
            state += STEP
            chosen = first + np.int64(draw(state) % np.uint64(last - first + 1))
            here, there = by_statement[last], by_statement[chosen]
            opinions[here], opinions[there] = opinions[there], opinions[here]
    return state


@numba.njit(cache=True, nogil=True)
def _multiply_twice(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    entries: NDArray[np.float64],
    vectors: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Multiply the vector of each lane by its matrix and then by the transpose."""
    images = np.zeros_like(vectors)
    totals = np.empty(LANES)
    for row in range(len(indptr) - 1):
        totals[:] = 0.0
        for at in range(indptr[row], indptr[row + 1]):
            for lane in range(LANES):
                totals[lane] += entries[at, lane] * vectors[columns[at], lane]
        for at in range(indptr[row], indptr[row + 1]):
            for lane in range(LANES):
                images[columns[at], lane] += entries[at, lane] * totals[lane]
    return images


@numba.njit(cache=True, nogil=True)
def _multiply_vectors(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    totals = np.zeros(LANES)
    for i in range(len(left)):
        for lane in range(LANES):
            totals[lane] += left[i, lane] * right[i, lane]
    return totals


@numba.njit(cache=True, nogil=True)
def _measure_strengths(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    entries: NDArray[np.float64],
    statement_count: int,
    steps: int,
) -> NDArray[np.float64]:
    """Approach the square of each lane's leading singular value by power steps.

    All start from the same vector. The entries are of shape (opinions, LANES), the strengths of
    shape (LANES,); a lane without opinions has none.
    """
    vectors = np.empty((statement_count, LANES))
    for column in range(statement_count):
        vectors[column] = 2.0 * ((column + 1) * 0.6180339887498949 % 1.0) - 1.0
    strengths = np.zeros(LANES)
    for _ in range(steps):
        norms = np.sqrt(_multiply_vectors(vectors, vectors))
        for lane in range(LANES):
            # What is nothing stays nothing.
            if norms[lane] == 0.0:
                norms[lane] = 1.0
        vectors /= norms
        images = _multiply_twice(indptr, columns, entries, vectors)
        strengths = _multiply_vectors(vectors, images)
        vectors = images
    return strengths


@numba.njit(cache=True, nogil=True)
def _count_as_strong(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    opinions: NDArray[np.float64],
    scale: NDArray[np.float64],
    starts: NDArray[np.int64],
    by_statement: NDArray[np.int64],
    seed: np.uint64,
    shuffles: int,
    observed: float,
    steps: int,
) -> int:
    """Count the shuffles whose strength is at least the observed one."""
    as_strong = 0
    state = seed
    entries = np.zeros((len(opinions), LANES))
    for done in range(0, shuffles, LANES):
        count = min(LANES, shuffles - done)
        for lane in range(count):
            state = _deal_again(starts, by_statement, opinions, state)
            for at in range(len(opinions)):
                entries[at, lane] = opinions[at] * scale[at]
        strengths = _measure_strengths(indptr, columns, entries, len(starts) - 1, steps)
        for lane in range(count):
            if strengths[lane] >= observed:
                as_strong += 1
    return as_strong
