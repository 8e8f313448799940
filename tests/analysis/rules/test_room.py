import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.rules.drawing import CASES, KNOWN, predicates

from spreekruimte.analysis.rules import (
    ALWAYS,
    UNKNOWN,
    Coverage,
    Effect,
    OneOf,
    Rule,
    compare,
    cover,
    decide,
    evaluate,
    measure_strictness,
)

HIGH, LIKE = OneOf(0, frozenset({2})), OneOf(1, frozenset({1}))
rules = st.lists(
    st.builds(
        Rule,
        name=st.just("rule"),
        predicate=predicates,
        effect=st.sampled_from([Effect.FREE, Effect.CAUTION, Effect.FORBID]),
    ),
    max_size=4,
)
ONES = np.ones(len(KNOWN))


def test_the_strictest_rule_that_holds_decides() -> None:
    guideline = [
        Rule("a", ALWAYS, Effect.FREE),
        Rule("b", LIKE, Effect.CAUTION),
        Rule("c", HIGH, Effect.FORBID),
    ]
    cases = np.array([[0, 0, 0], [0, 1, 0], [2, 1, 0], [2, 0, 0]])
    assert decide(guideline, cases).tolist() == [0, 1, 2, 2]


def test_what_could_be_stricter_is_undecided_and_what_could_not_is_not() -> None:
    guideline = [Rule("b", LIKE, Effect.CAUTION), Rule("c", HIGH, Effect.FORBID)]
    cases = np.array([[UNKNOWN, 1, 0], [2, UNKNOWN, 0], [0, UNKNOWN, 0]])
    found = decide(guideline, cases).tolist()
    assert found == [Effect.UNDECIDED, Effect.FORBID, Effect.UNDECIDED]


def test_coverage_is_weighted_and_keeps_the_undecided_apart() -> None:
    cases = np.array([[2, 0, 0], [0, 0, 0], [UNKNOWN, 0, 0]])
    found = cover(evaluate(HIGH, cases), np.array([1.0, 2.0, 5.0]))
    assert found == Coverage(holds=1 / 8, undecided=5 / 8)


@pytest.mark.parametrize("weights", [[0.0, 0.0], [1.0, -1.0], [np.nan, 1.0]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="Weights are finite"):
        cover(np.zeros(2, dtype=np.int8), np.array(weights))


def test_strictness_counts_care_half_and_leaves_out_the_undecided() -> None:
    effects = np.array([Effect.FORBID, Effect.CAUTION, Effect.FREE, Effect.UNDECIDED], np.int8)
    assert measure_strictness(effects, np.array([1.0, 2.0, 1.0, 9.0])) == 0.5
    assert math.isnan(measure_strictness(effects[3:], np.ones(1)))


@given(rules, rules)
def test_more_rules_never_leave_more_room(first: list[Rule], more: list[Rule]) -> None:
    before, after = decide(first, KNOWN), decide([*first, *more], KNOWN)
    assert (after >= before).all()
    assert measure_strictness(after, ONES) >= measure_strictness(before, ONES)
    assert compare(before, after, ONES).freer == 0


@given(rules, st.integers(0, 1_000))
def test_the_order_of_rules_changes_nothing(guideline: list[Rule], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(guideline))
    turned = [guideline[place] for place in order]
    assert (decide(guideline, CASES) == decide(turned, CASES)).all()


@given(rules, rules)
def test_a_comparison_turned_round_exchanges_freer_and_stricter(
    first: list[Rule], second: list[Rule]
) -> None:
    weights = np.ones(len(CASES))
    one, other = decide(first, CASES), decide(second, CASES)
    there, back = compare(one, other, weights), compare(other, one, weights)
    assert (there.freer, there.stricter) == (back.stricter, back.freer)
    assert (there.freed, there.forbidden) == (back.forbidden, back.freed)
    assert there.where_freer.tolist() == back.where_stricter.tolist()


def test_a_comparison_says_what_became_free_or_forbidden_and_where() -> None:
    first, second = np.array([2, 2, 0, 1, -1], np.int8), np.array([0, 1, 2, 0, 2], np.int8)
    found = compare(first, second, np.array([1.0, 1.0, 2.0, 1.0, 5.0]))
    assert (found.freer, found.stricter, found.freed, found.forbidden) == (0.3, 0.2, 0.2, 0.2)
    assert (found.where_freer.tolist(), found.where_stricter.tolist()) == ([0, 1, 3], [2])
