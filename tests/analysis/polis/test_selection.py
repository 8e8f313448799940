from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from spreekruimte.analysis.polis.selection import (
    RepresentativeStatement,
    choose_consensus,
    choose_representatives,
)
from spreekruimte.analysis.polis.statistics import Repness, Support, measure_support

Figures = tuple[float, float, float, float]
"""Probability, its test, ratio, its test."""

WEAK: Figures = (0.4, 0.1, 0.9, -0.5)


def choose(
    agree: Sequence[Figures],
    disagree: Sequence[Figures] | None = None,
    *,
    counts: Sequence[int] | None = None,
    eligible: Sequence[bool] | None = None,
) -> tuple[RepresentativeStatement, ...]:
    """Choose for one group from figures per statement; by default nobody disagrees much."""
    size = len(agree)
    agreed = np.array([counts if counts is not None else [6] * size])
    numbers = {
        "agree": np.array(agree, dtype=np.float64),
        "disagree": np.array(disagree or [(0.1, -3.0, 0.2, -3.0)] * size, dtype=np.float64),
    }
    tallies = {"agree": agreed, "disagree": np.zeros_like(agreed)}
    seen = np.full((1, size), 10)
    return choose_representatives(
        {
            "agree": _support(tallies["agree"], seen, numbers["agree"]),
            "disagree": _support(tallies["disagree"], seen, numbers["disagree"]),
        },
        {
            "agree": Repness(numbers["agree"][None, :, 2], numbers["agree"][None, :, 3]),
            "disagree": Repness(numbers["disagree"][None, :, 2], numbers["disagree"][None, :, 3]),
        },
        0,
        np.array(eligible if eligible is not None else [True] * size),
    )


def _support(count: np.ndarray, seen: np.ndarray, figures: np.ndarray) -> Support:
    return Support(count, seen, figures[None, :, 0], figures[None, :, 1])


def columns(chosen: Sequence[RepresentativeStatement]) -> list[int]:
    return [statement.column for statement in chosen]


def test_at_most_five_represent_a_group_ranked_by_all_four_figures() -> None:
    strengths = [1.5, 2.0, 1.4, 3.0, 1.6, 2.5, 1.3]
    chosen = choose([(0.8, 2.0, 1.5, strength) for strength in strengths])
    assert columns(chosen) == [3, 5, 1, 4, 0]


def test_both_tests_of_one_opinion_must_be_significant() -> None:
    chosen = choose([(0.9, 3.0, 2.0, 3.0), (0.9, 1.28, 2.0, 3.0), (0.9, 3.0, 2.0, 1.28)])
    assert columns(chosen) == [0]


def test_the_statement_agreed_with_most_comes_first_even_if_it_does_not_qualify() -> None:
    # 1 beats 0 by agreement, because the ratio of 0 is not above 1; it is not significant.
    chosen = choose([(0.7, 2.0, 0.9, 0.2), (0.9, 3.0, 0.9, 0.3), (0.6, 1.5, 1.2, 1.5)])
    assert columns(chosen) == [1, 2]
    assert [statement.best_agree for statement in chosen] == [True, False]


def test_with_a_ratio_above_one_the_next_best_must_win_on_all_four_figures() -> None:
    # 1 is agreed with more, but 0 sets the group apart and wins on all four.
    chosen = choose([(0.7, 2.0, 1.1, 1.0), (0.9, 3.0, 1.0, 0.1)])
    assert columns(chosen) == [0]


def test_a_first_favourite_may_have_a_ratio_instead_of_a_significant_test() -> None:
    chosen = choose([(0.6, 0.5, 1.2, 0.5), WEAK])
    assert columns(chosen) == [0]
    assert chosen[0].best_agree


def test_a_statement_without_opinions_is_no_favourite() -> None:
    chosen = choose([(0.9, 3.0, 1.5, 0.5), (0.6, 1.5, 1.2, 0.4)], counts=[0, 6])
    assert columns(chosen) == [1]


def test_agreements_stand_before_disagreements_after_the_choice() -> None:
    disagree = [(0.9, 4.0, 3.0, 4.0), (0.1, -3.0, 0.2, -3.0), (0.8, 2.0, 2.0, 2.0)]
    chosen = choose(
        [(0.1, -4.0, 0.3, -4.0), (0.7, 2.0, 1.5, 2.0), (0.2, -2.0, 0.5, -2.0)], disagree
    )
    assert [(item.column, item.opinion) for item in chosen] == [
        (1, "agree"),
        (0, "disagree"),
        (2, "disagree"),
    ]
    assert chosen[1].probability == 0.9
    assert chosen[1].ratio == 3.0


def test_the_favourite_is_shown_by_the_opinion_that_sets_the_group_apart() -> None:
    chosen = choose([(0.6, 1.5, 0.9, 0.2)], [(0.3, -1.0, 1.4, 0.8)])
    assert chosen[0].best_agree
    assert chosen[0].opinion == "disagree"
    assert chosen[0].ratio == 1.4


def test_without_favourite_and_qualified_the_most_distinct_statement_is_chosen() -> None:
    chosen = choose([WEAK, WEAK, WEAK], [(0.4, 0.1, 1.1, 0.2), (0.4, 0.1, 1.1, 0.7), WEAK])
    assert [(item.column, item.opinion, item.best_agree) for item in chosen] == [
        (1, "disagree", False)
    ]


def test_without_favourite_the_qualified_are_chosen() -> None:
    chosen = choose([WEAK, WEAK], [(0.1, -3.0, 0.2, -3.0), (0.8, 2.0, 2.0, 2.0)])
    assert [(item.column, item.best_agree) for item in chosen] == [(1, False)]


def test_of_equally_distinct_statements_single_precision_decides() -> None:
    rounded_up, rounded_down = 0.1, 0.7
    assert float(np.float32(rounded_up)) > rounded_up
    assert float(np.float32(rounded_down)) < rounded_down
    assert columns(choose([(0.4, 0.1, 1.0, rounded_up)] * 2)) == [0]
    assert columns(choose([(0.4, 0.1, 1.0, rounded_down)] * 2)) == [1]


def test_equal_statements_keep_their_order() -> None:
    assert columns(choose([(0.8, 2.0, 1.5, 2.0)] * 7)) == [0, 1, 2, 3, 4]


def test_only_eligible_statements_are_chosen() -> None:
    figures = [(0.9, 3.0, 2.0, 3.0), (0.8, 2.0, 1.5, 2.0)]
    assert columns(choose(figures, eligible=[False, True])) == [1]
    assert columns(choose(figures, eligible=[False, False])) == []


def test_consensus_is_ranked_by_probability_times_test() -> None:
    count, seen = np.array([9, 18, 8, 0]), np.array([10, 20, 10, 10])
    chosen = choose_consensus(measure_support(count, seen), np.ones(4, dtype=np.bool_))
    assert [statement.column for statement in chosen] == [1, 0, 2]
    assert chosen[0].count == 18
    assert chosen[0].seen == 20
    assert chosen[0].probability == 19 / 22
    # 2 sqrt(21) (19/21 - 1/2)
    assert chosen[0].test == pytest.approx(17 / 21**0.5, abs=1e-12)


def test_consensus_needs_a_majority_that_is_significant() -> None:
    # 3 of 4: 2 sqrt(5) (4/5 - 1/2) = 1.34; 2 of 3: 2 sqrt(4) (3/4 - 1/2) = 1.
    chosen = choose_consensus(
        measure_support(np.array([3, 2]), np.array([4, 3])), np.ones(2, dtype=np.bool_)
    )
    assert [statement.column for statement in chosen] == [0]


def test_a_significant_test_without_majority_is_no_consensus() -> None:
    # 1 of 1 who saw it, in a made-up support below one half.
    support = Support(np.array([1]), np.array([1]), np.array([0.5]), np.array([2.0]))
    assert choose_consensus(support, np.ones(1, dtype=np.bool_)) == ()


def test_at_most_five_eligible_statements_are_consensus_in_order_when_equal() -> None:
    support = measure_support(np.full(8, 9), np.full(8, 10))
    chosen = choose_consensus(support, np.arange(8) != 1)
    assert [statement.column for statement in chosen] == [0, 2, 3, 4, 5]
