from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from spreekruimte.analysis.polis.space import build_space, find_listed, measure_extremity
from spreekruimte.analysis.votes.matrix import Floats, VoteMatrix

Build = Callable[..., VoteMatrix]

NONE_OF_2 = np.zeros(2, dtype=np.bool_)


def centre(matrix: VoteMatrix) -> Floats:
    """Fill in the mean of each statement and take it off: dense, zero where nobody voted."""
    dense = np.full((matrix.participant_count, matrix.statement_count), np.nan)
    dense[matrix.rows, matrix.columns] = matrix.values
    centred: Floats = np.nan_to_num(dense - np.nanmean(dense, axis=0))
    return centred


def test_two_opposites_span_one_direction(build: Build) -> None:
    # Both statements deviate by 1: the axis is (1, 1) / sqrt(2), and each lies sqrt(2) away.
    space = build_space(build(["++", "--"]), NONE_OF_2)
    assert space.means.tolist() == [0.0, 0.0]
    assert space.axes == pytest.approx(np.array([[0.5**0.5, 0], [0.5**0.5, 0]]), abs=1e-12)
    assert space.positions == pytest.approx(np.array([[2**0.5, 0], [-(2**0.5), 0]]), abs=1e-12)


def test_a_second_direction_that_is_only_rounding_is_none(build: Build) -> None:
    space = build_space(build(["+++", "---", "+++"]), np.zeros(3, dtype=np.bool_))
    assert not space.axes[:, 1].any()
    assert not space.positions[:, 1].any()


def test_a_pass_is_a_value_and_a_missing_vote_is_the_mean(build: Build) -> None:
    space = build_space(build(["+0", "-.", "0+"]), NONE_OF_2)
    assert space.means.tolist() == [0.0, 0.5]


def test_few_votes_are_pushed_outwards(build: Build) -> None:
    matrix = build(["++++", "----", "+...", "-..."])
    space = build_space(matrix, np.zeros(4, dtype=np.bool_))
    # Participant 2 voted on one of four statements: sqrt(4 / 1) times its own deviation, 1.
    assert space.positions[2] == pytest.approx(2 * space.axes[0], abs=1e-12)
    assert space.positions[0] == pytest.approx(space.axes.sum(axis=0), abs=1e-12)


def test_components_are_the_leading_eigenvectors(camps: VoteMatrix) -> None:
    space = build_space(camps, np.zeros(camps.statement_count, dtype=np.bool_))
    centred = centre(camps)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    cosines = (space.axes * vectors[:, [-1, -2]]).sum(axis=0)
    signed = space.axes * np.sign(cosines)
    assert signed == pytest.approx(vectors[:, [-1, -2]], abs=1e-10)
    assert space.axes.T @ space.axes == pytest.approx(np.eye(2), abs=1e-12)


def test_positions_are_projections_enlarged_by_the_share_of_statements_voted_on(
    camps: VoteMatrix,
) -> None:
    space = build_space(camps, np.zeros(camps.statement_count, dtype=np.bool_))
    voted = np.diff(camps.indptr)[:, np.newaxis]
    expected = np.sqrt(camps.statement_count / voted) * (centre(camps) @ space.axes)
    assert space.positions == pytest.approx(expected, abs=1e-12)


def test_a_removed_statement_counts_as_a_pass_by_everyone(build: Build) -> None:
    matrix = build(["+++", "--.", "+-."], removed=[2])
    space = build_space(matrix, ~matrix.judged)
    assert space.size == 3
    assert space.means[2] == 0.0
    assert not space.axes[2].any()
    # Two votes and the pass: all three statements, so no enlargement for anyone.
    two = build_space(build(["++", "--", "+-"]), NONE_OF_2)
    assert space.positions == pytest.approx(two.positions, abs=1e-12)


def test_a_statement_without_votes_does_not_count(build: Build) -> None:
    matrix = build(["+.+", "-.-"], removed=[1])
    assert find_listed(matrix).tolist() == [True, False, True]
    space = build_space(matrix, ~matrix.judged)
    assert space.size == 2
    assert space.positions[0] == pytest.approx([2**0.5, 0], abs=1e-12)


@pytest.mark.parametrize("rows", [["++"], ["+", "-"], ["++", "++"], ["00", "00"]])
def test_where_nothing_varies_all_lie_in_the_origin(build: Build, rows: list[str]) -> None:
    matrix = build(rows)
    space = build_space(matrix, np.zeros(matrix.statement_count, dtype=np.bool_))
    assert not space.axes.any()
    assert not space.positions.any()


def test_extremity_is_the_distance_of_who_only_agrees_with_a_statement() -> None:
    # sqrt(4) * (1 - mean) * length: 2 * .5 * 5, 2 * 2 * 1, 0.
    means, axes = np.array([0.5, -1.0, 0.0]), np.array([[3.0, 4.0], [0.0, 1.0], [0.0, 0.0]])
    assert measure_extremity(means, axes, 4).tolist() == [5.0, 4.0, 0.0]


def test_components_of_equal_strength_are_cut_off_and_still_at_right_angles(build: Build) -> None:
    # Four pairs of opposites, one per statement: every direction is as strong as any other.
    rows = [sign.rjust(column + 1, "0").ljust(4, "0") for column in range(4) for sign in "+-"]
    space = build_space(build(rows), np.zeros(4, dtype=np.bool_))
    assert space.axes.T @ space.axes == pytest.approx(np.eye(2), abs=1e-12)


def test_real_components_are_exact(conversation: tuple[str, VoteMatrix]) -> None:
    _, matrix = conversation
    judged = matrix.judged[matrix.columns]
    counts = np.bincount(matrix.rows[judged], minlength=matrix.participant_count)
    kept = replace(
        matrix,
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=matrix.columns[judged],
        values=matrix.values[judged],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the mean of no votes
        centred = centre(kept)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    space = build_space(matrix, ~matrix.judged)
    expected = measure_extremity(space.means, vectors[:, [-1, -2]], space.size)
    extremity = measure_extremity(space.means, space.axes, space.size)
    assert extremity == pytest.approx(expected, abs=1e-9)


def test_the_same_votes_give_the_same_bits(camps: VoteMatrix) -> None:
    nothing = np.zeros(camps.statement_count, dtype=np.bool_)
    once, again = build_space(camps, nothing), build_space(camps, nothing)
    assert once.axes.tobytes() == again.axes.tobytes()
    assert once.positions.tobytes() == again.positions.tobytes()
