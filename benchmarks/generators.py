"""Synthetic votes and ratings of known truth, from 1e4 to 1e7, for benchmarks and tests.

Who sees what follows one rule everywhere: participant u meets statement j as a Poisson
process of intensity a_u w_j (activity times exposure), so that it is seen with chance
1 - exp(-a_u w_j), independently of every opinion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.votes import Statement, VoteMatrix

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a data set: votes (or ratings) are met in expectation."""

    participants: int
    statements: int
    votes: int


VOTE_SHAPES = {
    shape.votes: shape
    for shape in (
        Shape(250, 100, 10_000),
        Shape(2_500, 250, 100_000),
        Shape(7_500, 300, 300_000),
        Shape(25_000, 500, 1_000_000),
        Shape(33_422, 783, 2_000_000),
        Shape(60_000, 1_000, 3_000_000),
        Shape(250_000, 2_000, 10_000_000),
    )
}
RATING_SHAPES = {
    shape.votes: shape
    for shape in (
        Shape(2_000, 200, 90_000),
        Shape(20_000, 2_000, 1_000_000),
        Shape(200_000, 20_000, 10_000_000),
    )
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How people vote, apart from their opinions.

    Attributes
    ----------
    activity_spread
        Standard deviation of the logarithm of activity over participants.
    exposure_spread
        The same of exposure over statements.
    pass_rate
        Share of passes of the middle participant, above 0 and below 1.
    pass_spread
        Standard deviation over participants of the log odds of passing.
    agree_spread
        Standard deviation over statements of the log odds of agreeing.
    """

    activity_spread: float = 0.8
    exposure_spread: float = 0.4
    pass_rate: float = 0.12
    pass_spread: float = 0.7
    agree_spread: float = 1.0


USUAL = Behaviour()


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticVotes:
    """Votes with the truth they were drawn from.

    Attributes
    ----------
    matrix
        The votes; participants without a vote are left out, also of the truth.
    groups
        Shape (participants,): the true group, 0 for all where there are no groups.
    positions
        Shape (participants,): the place on the continuum, 0 for all where there is none.
    agree_rates
        Shape (groups, statements): share of agreement among opinions, 0 to 1; on a
        continuum the rate in its middle.
    """

    matrix: VoteMatrix
    groups: Indices
    positions: Floats
    agree_rates: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticRatings:
    """Ratings of notes, each 0, 1/2 or 1, in random order, with the truth behind them.

    Attributes
    ----------
    users, items
        Shape (ratings,): who rated what.
    ratings
        Shape (ratings,), in single precision, which holds 0, 1/2 and 1 exactly.
    user_count, item_count
        Sizes of the two sides; some of either side may be without a rating.
    item_intercepts
        Shape (items,): what the rating of an item owes to the item alone.
    """

    users: Indices
    items: Indices
    ratings: NDArray[np.float32]
    user_count: int
    item_count: int
    item_intercepts: Floats


def generate_groups(
    rng: np.random.Generator,
    shape: Shape,
    *,
    shares: tuple[float, ...] = (0.45, 0.35, 0.2),
    separation: float = 1.2,
    behaviour: Behaviour = USUAL,
) -> SyntheticVotes:
    """Draw votes of participants who belong to groups.

    Parameters
    ----------
    shares
        Expected share of each group; sums to 1.
    separation
        Standard deviation over statements by which the log odds of agreeing in one
        group differ from those of the statement; 0 leaves no structure.
    """
    centre = rng.normal(0.4, behaviour.agree_spread, shape.statements)
    offsets = rng.normal(0.0, separation, (len(shares), shape.statements))
    odds = centre + (offsets if len(shares) > 1 else 0.0 * offsets)
    groups = rng.choice(len(shares), shape.participants, p=shares).astype(np.int32)
    rows, columns = _draw_seen(rng, shape, behaviour)
    rates = _logistic(odds)
    values = _draw_votes(
        rng, rows, rates.ravel()[groups[rows] * shape.statements + columns], behaviour
    )
    return _collect(rng, shape, rows, columns, values, groups, np.zeros(shape.participants), rates)


def generate_structureless(
    rng: np.random.Generator, shape: Shape, *, behaviour: Behaviour = USUAL
) -> SyntheticVotes:
    """Draw votes without any structure but statement rates, activity and passing."""
    return generate_groups(rng, shape, shares=(1.0,), behaviour=behaviour)


def generate_continuum(
    rng: np.random.Generator,
    shape: Shape,
    *,
    slope: float = 1.0,
    behaviour: Behaviour = USUAL,
) -> SyntheticVotes:
    """Draw votes of participants who stand on one line, normally spread, without gaps.

    ``slope`` is the standard deviation over statements of the change in the log odds
    of agreeing per unit of position.
    """
    centre = rng.normal(0.4, behaviour.agree_spread, shape.statements)
    slopes = rng.normal(0.0, slope, shape.statements)
    positions = rng.normal(size=shape.participants)
    rows, columns = _draw_seen(rng, shape, behaviour)
    odds = positions[rows]
    odds *= slopes[columns]
    odds += centre[columns]
    values = _draw_votes(rng, rows, _logistic(odds), behaviour)
    groups = np.zeros(shape.participants, dtype=np.int32)
    return _collect(rng, shape, rows, columns, values, groups, positions, _logistic(centre)[None])


def generate_ratings(
    rng: np.random.Generator, shape: Shape, *, behaviour: Behaviour = USUAL, noise: float = 0.2
) -> SyntheticRatings:
    """Draw ratings from mu + i_u + i_n + f_u f_n + noise, rounded to 0, 1/2 or 1.

    Raters lean to one of two sides, with some spread; `noise` is a standard deviation.
    """
    user_intercepts = rng.normal(0.0, 0.1, shape.participants)
    item_intercepts = rng.normal(0.0, 0.2, shape.statements)
    sides = np.where(rng.random(shape.participants) < 0.6, -0.6, 0.6)
    user_factors = sides + rng.normal(0.0, 0.25, shape.participants)
    item_factors = rng.normal(0.0, 0.45, shape.statements)
    rows, columns = _draw_seen(rng, shape, behaviour)
    order = rng.permutation(len(rows))
    rows, columns = rows[order], columns[order]
    exact = user_factors[rows]
    exact *= item_factors[columns]
    exact += 0.5 + user_intercepts[rows]
    exact += item_intercepts[columns]
    exact += noise * rng.standard_normal(len(rows))
    ratings = (np.rint(2.0 * exact).clip(0.0, 2.0) / 2.0).astype(np.float32)
    return SyntheticRatings(
        users=rows,
        items=columns,
        ratings=ratings,
        user_count=shape.participants,
        item_count=shape.statements,
        item_intercepts=item_intercepts,
    )


def _draw_seen(
    rng: np.random.Generator, shape: Shape, behaviour: Behaviour
) -> tuple[Indices, Indices]:
    """Draw who sees what: sorted by participant, then by statement, without repetition."""
    activity = rng.lognormal(0.0, behaviour.activity_spread, shape.participants)
    exposure = rng.lognormal(0.0, behaviour.exposure_spread, shape.statements)
    activity *= _scale_to(shape, activity, exposure)
    meetings = rng.poisson(activity * exposure.sum())
    rows = np.repeat(np.arange(shape.participants, dtype=np.int64), meetings)
    reach = np.cumsum(exposure)
    columns = np.searchsorted(reach, rng.random(len(rows)) * reach[-1], side="right")
    pairs = np.sort(rows * shape.statements + np.minimum(columns, shape.statements - 1))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    rows, columns = np.divmod(pairs, shape.statements)
    return rows.astype(np.int32), columns.astype(np.int32)


def _scale_to(shape: Shape, activity: Floats, exposure: Floats) -> float:
    """Find the factor on activity that gives the wanted number of votes in expectation."""
    levels = (np.arange(256) + 0.5) / 256
    products = np.outer(np.quantile(activity, levels), np.quantile(exposure, levels))
    wanted = shape.votes / (shape.participants * shape.statements)
    low, high = 0.0, 1e6
    for _ in range(100):
        middle = (low + high) / 2
        too_few = -np.expm1(-middle * products).mean() < wanted
        low, high = (middle, high) if too_few else (low, middle)
    return high


def _draw_votes(
    rng: np.random.Generator, rows: Indices, rates: Floats, behaviour: Behaviour
) -> NDArray[np.int8]:
    """Draw a vote of each row: a pass by the participant's own rate, else by `rates`."""
    participants = int(rows.max(initial=-1)) + 1
    middle = np.log(behaviour.pass_rate / (1.0 - behaviour.pass_rate))
    passing = _logistic(rng.normal(middle, behaviour.pass_spread, participants))
    votes = np.where(rng.random(len(rows)) < rates, np.int8(1), np.int8(-1))
    votes[rng.random(len(rows)) < passing[rows]] = 0
    return votes


def _collect(
    rng: np.random.Generator,
    shape: Shape,
    rows: Indices,
    columns: Indices,
    values: NDArray[np.int8],
    groups: Indices,
    positions: Floats,
    agree_rates: Floats,
) -> SyntheticVotes:
    """Leave out participants without votes and build the canonical matrix."""
    counts = np.bincount(rows, minlength=shape.participants)
    present = np.flatnonzero(counts)
    matrix = build_matrix(
        np.concatenate([[0], np.cumsum(counts[present])]).astype(np.int64),
        columns,
        values,
        rng.permutation(len(present)).astype(np.int32),
        shape.statements,
    )
    return SyntheticVotes(matrix, groups[present], positions[present], agree_rates)


def build_matrix(
    indptr: NDArray[np.int64],
    columns: Indices,
    values: NDArray[np.int8],
    arrival: Indices,
    statement_count: int,
) -> VoteMatrix:
    """Build a matrix of canonical arrays; ids are the numbers of rows and columns."""
    return VoteMatrix(
        participant_ids=tuple(str(row) for row in range(len(indptr) - 1)),
        statements=tuple(Statement(str(column)) for column in range(statement_count)),
        indptr=indptr,
        columns=columns,
        values=values,
        arrival=arrival,
    )


def _logistic(odds: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-odds))
