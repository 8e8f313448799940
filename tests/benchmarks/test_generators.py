from __future__ import annotations

import numpy as np
import pytest
from benchmarks.generators import (
    Behaviour,
    Shape,
    generate_continuum,
    generate_groups,
    generate_ratings,
    generate_structureless,
)

from spreekruimte.analysis.votes import AGREE, DISAGREE, PASS, VoteMatrix

SHAPE = Shape(2_000, 60, 40_000)


def measure_agreement(matrix: VoteMatrix, members: np.ndarray) -> np.ndarray:
    """Share of agreement per statement among the opinions of members."""
    counted = members[matrix.rows]
    agree, disagree = (
        np.bincount(
            matrix.columns[counted & (matrix.values == vote)], minlength=matrix.statement_count
        )
        for vote in (AGREE, DISAGREE)
    )
    return agree / (agree + disagree)


def test_equal_seeds_give_equal_votes() -> None:
    one, other = (generate_groups(np.random.default_rng(1), SHAPE) for _ in range(2))
    assert one.matrix.digest_votes() == other.matrix.digest_votes()
    third = generate_groups(np.random.default_rng(2), SHAPE)
    assert third.matrix.digest_votes() != one.matrix.digest_votes()


def test_the_matrix_is_canonical_and_as_large_as_asked() -> None:
    matrix = generate_groups(np.random.default_rng(3), SHAPE).matrix
    assert matrix.vote_count == pytest.approx(SHAPE.votes, rel=0.05)
    assert np.diff(matrix.indptr).min() >= 1
    inside_row = matrix.rows[1:] == matrix.rows[:-1]
    assert (np.diff(matrix.columns)[inside_row] > 0).all()
    assert sorted(matrix.arrival.tolist()) == list(range(matrix.participant_count))


def test_groups_agree_at_their_rates() -> None:
    drawn = generate_groups(np.random.default_rng(4), SHAPE, shares=(0.5, 0.5))
    for group, rates in enumerate(drawn.agree_rates):
        found = measure_agreement(drawn.matrix, drawn.groups == group)
        assert np.abs(found - rates).mean() < 0.04
        assert np.mean(drawn.groups == group) == pytest.approx(0.5, abs=0.05)


def test_without_structure_all_have_the_same_rates() -> None:
    drawn = generate_structureless(np.random.default_rng(5), SHAPE)
    assert not drawn.groups.any()
    half = np.arange(drawn.matrix.participant_count) % 2 == 0
    for members in (half, ~half):
        assert np.abs(measure_agreement(drawn.matrix, members) - drawn.agree_rates[0]).mean() < 0.04
    assert np.ptp(drawn.agree_rates) > 0.5


def test_on_a_continuum_the_ends_differ_and_the_middle_lies_between() -> None:
    drawn = generate_continuum(np.random.default_rng(6), SHAPE, slope=1.5)
    left, middle, right = (
        measure_agreement(drawn.matrix, (drawn.positions > low) & (drawn.positions <= high))
        for low, high in ((-9.0, -0.7), (-0.7, 0.7), (0.7, 9.0))
    )
    assert np.abs(left - right).mean() > 0.3
    assert np.corrcoef(middle, (left + right) / 2)[0, 1] > 0.9


def test_activity_and_passing_spread_as_asked() -> None:
    even = Behaviour(activity_spread=0.0, exposure_spread=0.0, pass_rate=0.3, pass_spread=0.0)
    matrix = generate_structureless(np.random.default_rng(7), SHAPE, behaviour=even).matrix
    # Everybody sees each of 60 statements with chance 1/3: the spread is that of chance.
    assert np.diff(matrix.indptr).std() == pytest.approx(np.sqrt(60 * 1 / 3 * 2 / 3), rel=0.1)
    assert np.mean(matrix.values == PASS) == pytest.approx(0.3, abs=0.01)
    uneven = Behaviour(activity_spread=1.0, pass_spread=2.0)
    matrix = generate_structureless(np.random.default_rng(7), SHAPE, behaviour=uneven).matrix
    counts = np.diff(matrix.indptr)
    assert counts.std() > 10
    passes = np.bincount(matrix.rows, matrix.values == PASS) / counts
    assert passes[counts >= 20].std() > 0.2


def test_ratings_follow_the_model() -> None:
    drawn = generate_ratings(np.random.default_rng(8), Shape(2_000, 100, 60_000))
    assert set(drawn.ratings.tolist()) == {0.0, 0.5, 1.0}
    pairs = drawn.users.astype(np.int64) * drawn.item_count + drawn.items
    assert len(np.unique(pairs)) == len(pairs) == pytest.approx(60_000, rel=0.05)
    assert (np.diff(pairs) < 0).any()
    means = np.bincount(drawn.items, drawn.ratings) / np.bincount(drawn.items)
    assert np.corrcoef(means, drawn.item_intercepts)[0, 1] > 0.8
