from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.polis.statistics import (
    OPINIONS,
    Tally,
    compare_groups,
    count_all,
    count_by_group,
    measure_support,
    multiply_over_groups,
    weigh_priorities,
)
from spreekruimte.analysis.votes.matrix import VoteMatrix

Build = Callable[..., VoteMatrix]

# Group 0: 3 of 4 who saw the statement agree. Group 1: none of 3 agrees, 2 disagree.
AGREED, DISAGREED = np.array([[3], [0]]), np.array([[0], [2]])
SEEN = np.array([[4], [3]])


def test_votes_are_counted_per_group_and_passes_count_as_seen(build: Build) -> None:
    matrix = build(["+-0.", "++..", "-0.+", "0..-"])
    tally = count_by_group(matrix, np.array([0, 0, 1, -1]), 2)
    assert tally.counts["agree"].tolist() == [[2, 1, 0, 0], [0, 0, 0, 1]]
    assert tally.counts["disagree"].tolist() == [[0, 1, 0, 0], [1, 0, 0, 0]]
    assert tally.seen.tolist() == [[2, 2, 1, 0], [1, 1, 0, 1]]


def test_groups_add_up_to_everyone_who_is_in_a_group(build: Build) -> None:
    matrix = build(["+-0.", "++..", "-0.+"])
    groups = count_by_group(matrix, np.array([1, 0, 1]), 2).add_groups()
    everyone = count_all(matrix)
    assert everyone.seen.tolist() == groups.seen.tolist() == [3, 3, 1, 1]
    for opinion in OPINIONS:
        assert everyone.counts[opinion].tolist() == groups.counts[opinion].tolist()


def test_probability_is_smoothed_by_one_and_two() -> None:
    support = measure_support(AGREED, SEEN)
    assert support.probability.tolist() == [[4 / 6], [1 / 5]]


def test_support_is_tested_against_one_half_with_a_pseudo_vote() -> None:
    # 2 sqrt(5) (4/5 - 1/2) = 0.6 sqrt(5), and 2 sqrt(4) (1/4 - 1/2) = -1.
    assert measure_support(AGREED, SEEN).test == pytest.approx(
        np.array([[0.6 * 5**0.5], [-1.0]]), abs=1e-12
    )


def test_consensus_is_the_product_of_the_groups_probabilities() -> None:
    assert multiply_over_groups(measure_support(AGREED, SEEN)) == pytest.approx([2 / 15], abs=1e-12)
    # 1/6 in group 0 and 3/5 in group 1.
    assert multiply_over_groups(measure_support(DISAGREED, SEEN)) == pytest.approx(
        [1 / 10], abs=1e-12
    )


def test_consensus_on_a_statement_without_votes_is_one_half_per_group() -> None:
    nothing = np.zeros((3, 1), dtype=np.int64)
    assert multiply_over_groups(measure_support(nothing, nothing)).tolist() == [0.125]


def test_repness_is_the_ratio_to_all_others() -> None:
    repness = compare_groups(AGREED, SEEN)
    assert repness.ratio == pytest.approx(np.array([[10 / 3], [3 / 10]]), abs=1e-12)


def test_repness_test_is_that_of_two_proportions() -> None:
    # x = 4, n = 5 against y = 1, k = 4: pooled 5/9, spread sqrt(20/81 * 9/20) = 1/3,
    # difference 4/5 - 1/4 = .55.
    assert compare_groups(AGREED, SEEN).test == pytest.approx(
        np.array([[1.65], [-1.65]]), abs=1e-12
    )


def test_others_are_all_groups_but_one() -> None:
    agreed, seen = np.array([[1], [2], [4]]), np.array([[2], [3], [5]])
    # Group 0 against 6 of 8: (2/4) / (7/10).
    assert compare_groups(agreed, seen).ratio[0, 0] == pytest.approx(5 / 7, abs=1e-12)


def test_unanimity_in_all_groups_has_a_repness_test_of_zero() -> None:
    unanimous = np.array([[3], [5]])
    assert compare_groups(unanimous, unanimous).test.tolist() == [[0.0], [0.0]]


def test_a_single_group_is_compared_with_no_votes() -> None:
    repness = compare_groups(np.array([[3]]), np.array([[4]]))
    assert repness.ratio.tolist() == [[4 / 6 / (1 / 2)]]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_two_groups_test_each_other_and_every_number_is_finite(
    cells: list[list[tuple[int, int]]],
) -> None:
    count = np.array([[given for given, _ in row] for row in cells])
    seen = count + np.array([[other for _, other in row] for row in cells])
    support, repness = measure_support(count, seen), compare_groups(count, seen)
    assert ((support.probability > 0) & (support.probability < 1)).all()
    assert np.isfinite(support.test).all()
    assert np.isfinite(repness.test).all()
    assert (repness.ratio > 0).all()
    if len(cells) == 2:
        assert repness.test[0] == pytest.approx(-repness.test[1], abs=1e-12)


def test_priority_is_importance_times_newness_squared() -> None:
    tally = Tally(counts={"agree": np.array([2]), "disagree": np.array([2])}, seen=np.array([5]))
    # Importance (1 - 2/7) (1 + .5) (3/7) = 22.5/49; five votes leave 1 + 8/2 of newness.
    priority = weigh_priorities(tally, np.array([0.5]), np.array([False]))
    assert priority == pytest.approx([(5 * 22.5 / 49) ** 2], abs=1e-12)


def test_an_unseen_statement_has_nine_times_the_newness() -> None:
    zero = np.array([0])
    tally = Tally(counts={"agree": zero, "disagree": zero}, seen=zero)
    priority = weigh_priorities(tally, np.array([0.0]), np.array([False]))
    assert priority.tolist() == [(9 * 0.25) ** 2]


def test_statements_about_the_participant_have_priority_49() -> None:
    tally = Tally(
        counts={"agree": np.array([2, 2]), "disagree": np.array([2, 2])}, seen=np.array([5, 5])
    )
    priority = weigh_priorities(tally, np.array([0.5, 0.5]), np.array([True, False]))
    assert priority[0] == 49.0
    assert priority[1] < 49.0
