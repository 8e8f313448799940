"""Polis' opinion space: two components by power iteration, and who lies where in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from spreekruimte.analysis.votes.matrix import Flags, Floats, Indices, Ints, VoteMatrix

# Polis makes 100 steps in each update and goes on from there in the next one, so that what
# it publishes has settled to the last digits. Where two directions are almost equally strong,
# as without structure, that would take too long.
MOST_STEPS = 500
SETTLED = 1e-13

_GOLDEN = (5**0.5 - 1) / 2
_VANISHED = 1e-12
"""Share of the first component's strength below which the second is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class PolisSpace:
    """The plane in which Polis draws participants.

    Attributes
    ----------
    means
        Shape (statements,): mean vote of those who voted, -1 to 1; 0 for statements that
        moderation took out.
    axes
        Shape (statements, 2): unit columns; a column of zeros where the votes do not
        vary in a first or second direction.
    positions
        Shape (participants, 2).
    size
        How many statements Polis counts: those with a vote, the ones taken out included.
    """

    means: Floats
    axes: Floats
    positions: Floats
    size: int


def build_space(matrix: VoteMatrix, zeroed: Flags) -> PolisSpace:
    """Find the two components of all votes, and place the participants.

    A missing vote counts as the mean of the statement, a pass as 0. The columns of
    `zeroed` statements, shape (statements,), count as a pass by everyone, also for who
    never saw them. A participant's place is the sum of deviation times component over
    the statements voted on, enlarged by ``sqrt(size / number of those)``.

    With fewer than two participants or statements all lie in the origin. Components are
    exact to about 1e-12 unless the next one has more than 96% of their strength.
    """
    listed = find_listed(matrix)
    kept = ~zeroed[matrix.columns]
    rows, columns = matrix.rows[kept], matrix.columns[kept]
    values = matrix.values[kept].astype(np.float64)
    counts = np.bincount(columns, minlength=matrix.statement_count)
    sums = np.bincount(columns, weights=values, minlength=matrix.statement_count)
    means = sums / np.maximum(counts, 1)
    deviations = values - means[columns]
    voted = np.bincount(rows, minlength=matrix.participant_count)
    size = int(listed.sum())
    axes = np.zeros((matrix.statement_count, 2))
    if min(size, matrix.participant_count) > 1:
        indptr = np.concatenate([[0], np.cumsum(voted)]).astype(np.int64)
        axes = _find_axes(indptr, columns, deviations, matrix.statement_count)
    seen = np.maximum(voted + int((listed & zeroed).sum()), 1)
    positions = np.empty((matrix.participant_count, 2))
    for direction, axis in enumerate(axes.T):
        shares = deviations * axis[columns]
        totals = np.bincount(rows, weights=shares, minlength=matrix.participant_count)
        positions[:, direction] = np.sqrt(size / seen) * totals
    return PolisSpace(means=means, axes=axes, positions=positions, size=size)


def find_listed(matrix: VoteMatrix) -> Flags:
    """Mark the statements that Polis counts: those with at least one vote."""
    return np.bincount(matrix.columns, minlength=matrix.statement_count) > 0


def measure_extremity(means: Floats, axes: Floats, size: int) -> Floats:
    """Measure how far from the origin who only agrees with a statement would be placed.

    Shape (statements,), 0 or more. The vote that Polis stores as -1 is an agreement.
    """
    distance: Floats = np.sqrt(size) * (1 - means) * np.hypot(axes[:, 0], axes[:, 1])
    return distance


def _find_axes(indptr: Ints, columns: Indices, deviations: Floats, statements: int) -> Floats:
    # Polis starts at random numbers between 0 and 1 without a seed. These are as spread
    # out, always the same, and in no symmetrical data at a right angle to the component.
    start: Floats = np.mod(np.arange(1, statements + 1, dtype=np.float64) * _GOLDEN, 1.0)
    nothing = np.zeros(statements)
    first, strength = _iterate(indptr, columns, deviations, start, nothing)
    second, rest = _iterate(indptr, columns, deviations, start, first)
    if rest <= _VANISHED * strength:
        second = nothing
    return np.stack([first, second], axis=1)


@njit(cache=True)
def _iterate(
    indptr: Ints, columns: Indices, deviations: Floats, start: Floats, taken: Floats
) -> tuple[Floats, float]:
    """Find the leading direction of the rows without `taken`, and its strength.

    Power iteration until a step moves the direction by less than `SETTLED`.
    """
    direction = start
    strength = 0.0
    for _ in range(MOST_STEPS):
        before = direction
        product = _remove(
            _multiply_twice(indptr, columns, deviations, _remove(direction, taken)), taken
        )
        strength = np.sqrt(_dot(product, product))
        if strength == 0.0:
            return product, strength
        direction = product / strength
        move = direction - before
        if _dot(move, move) < SETTLED**2:
            break
    return direction, strength


@njit(cache=True)
def _multiply_twice(
    indptr: Ints, columns: Indices, deviations: Floats, direction: Floats
) -> Floats:
    """Multiply by the sparse rows and then by their transpose, in order of the rows."""
    product = np.zeros_like(direction)
    for row in range(len(indptr) - 1):
        along = 0.0
        for vote in range(indptr[row], indptr[row + 1]):
            along += deviations[vote] * direction[columns[vote]]
        for vote in range(indptr[row], indptr[row + 1]):
            product[columns[vote]] += along * deviations[vote]
    return product


@njit(cache=True)
def _remove(vector: Floats, unit: Floats) -> Floats:
    """Take the part along `unit`, a unit vector or zero, out of the vector."""
    return vector - _dot(vector, unit) * unit


@njit(cache=True)
def _dot(left: Floats, right: Floats) -> float:
    total = 0.0
    for index in range(len(left)):
        total += left[index] * right[index]
    return total
