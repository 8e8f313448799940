from dataclasses import asdict
from fractions import Fraction
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import (
    OUTCOMES,
    Outcome,
    Rules,
    bound_share_anytime,
    decide_outcomes,
    make_thresholds,
)

Ints = NDArray[np.int64]

LAX = Rules(anytime_level=0.5, min_opinions=4, min_group_opinions=3, near_half=0.3)


def one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


def decide(pools: list[tuple[int, int]], rules: Rules) -> Outcome:
    """Decide one statement from (agree, disagree) of each group and, last, of the rest."""
    counts = np.array(pools, dtype=np.int64)
    whole, groups = counts.sum(axis=0), counts[:-1]
    codes = decide_outcomes(whole[:1], whole[1:], groups[:, :1], groups[:, 1:], rules)
    assert codes.dtype == np.int8
    assert codes.shape == (1,)
    return OUTCOMES[int(codes[0])]


def excludes(share: Fraction, yes: int, no: int, level: Fraction) -> bool:
    """Say in exact arithmetic whether the mixture ratio at a share has reached its bar.

    B(S + 1/2, D + 1/2) / B(1/2, 1/2) = (2S)! (2D)! / (4^n S! D! n!).
    """
    mixture = Fraction(
        factorial(2 * yes) * factorial(2 * no),
        4 ** (yes + no) * factorial(yes) * factorial(no) * factorial(yes + no),
    )
    return mixture * (1 - level) >= share**yes * (1 - share) ** no


def fewest_above(share: Fraction, n: int, level: Fraction) -> int:
    above = (yes for yes in range(n + 1) if yes > share * n)
    return next((yes for yes in above if excludes(share, yes, n - yes, level)), n + 1)


@pytest.mark.parametrize(("level", "near"), [("0.95", "0.1"), ("0.5", "0.3"), ("0.05", "0.45")])
def test_thresholds_equal_those_of_exact_arithmetic(level: str, near: str) -> None:
    rules = Rules(
        anytime_level=float(level), near_half=float(near), min_opinions=12, min_group_opinions=7
    )
    thresholds = make_thresholds(90, rules)
    for n in range(91):
        fewest = fewest_above(Fraction(1, 2), n, Fraction(level))
        assert thresholds.whole_for[n] == (fewest if n >= 12 else n + 1)
        assert thresholds.group_for[n] == (fewest if n >= 7 else n + 1)
        near_from = fewest_above(Fraction(1, 2) - Fraction(near), n, Fraction(level))
        possible = n >= 12 and near_from <= n - near_from
        assert thresholds.near_from[n] == (near_from if possible else n + 1)


@pytest.mark.parametrize("n", [1_000, 6_000])
def test_thresholds_for_many_opinions_equal_those_of_exact_arithmetic(n: int) -> None:
    thresholds = make_thresholds(n, Rules())
    level = Fraction("0.95")
    for share, fewest in (
        (Fraction(1, 2), thresholds.whole_for[n]),
        (Fraction(2, 5), thresholds.near_from[n]),
    ):
        yes = int(fewest)
        assert excludes(share, yes, n - yes, level)
        assert not excludes(share, yes - 1, n - yes + 1, level)


def test_thresholds_of_fewer_opinions_are_the_beginning_of_those_of_more() -> None:
    few, many = make_thresholds(50, Rules()), make_thresholds(700, Rules())
    for name in ("whole_for", "group_for", "near_from"):
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name)[:51])


@given(agree=st.integers(0, 50_000), disagree=st.integers(0, 50_000))
def test_thresholds_say_what_the_anytime_interval_says(agree: int, disagree: int) -> None:
    n = agree + disagree
    rules = Rules(min_opinions=1)
    thresholds = make_thresholds(n, rules)
    low, high = bound_share_anytime(one(agree), one(disagree), 0.95)
    assert (agree >= thresholds.whole_for[n]) == (low[0] > 0.5)
    assert (disagree >= thresholds.whole_for[n]) == (high[0] < 0.5)
    is_near = thresholds.near_from[n] <= agree <= n - thresholds.near_from[n]
    assert is_near == (low[0] >= 0.4 and high[0] <= 0.6)


@given(
    pools=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=4),
    rules=st.sampled_from([LAX, Rules(), Rules(near_half=0.3, min_opinions=1)]),
)
def test_outcomes_follow_from_the_intervals_by_the_published_rules(
    pools: list[tuple[int, int]], rules: Rules
) -> None:
    whole = (sum(yes for yes, _ in pools), sum(no for _, no in pools))
    sides = []
    for (yes, no), fewest in [
        (whole, rules.min_opinions),
        *((pool, rules.min_group_opinions) for pool in pools[:-1]),
    ]:
        low, high = bound_share_anytime(one(yes), one(no), rules.anytime_level)
        enough = yes + no >= fewest
        sides.append("for" if enough and low > 0.5 else "against" if enough and high < 0.5 else "")
    low, high = bound_share_anytime(one(whole[0]), one(whole[1]), rules.anytime_level)
    within = 0.5 - rules.near_half <= low[0] and high[0] <= 0.5 + rules.near_half
    near = sum(whole) >= rules.min_opinions and within
    if near or {"for", "against"} <= set(sides):
        expected = "divided"
    else:
        expected = {"for": "admissible", "against": "inadmissible", "": "undecided"}[sides[0]]
    assert decide(pools, rules) == expected


@pytest.mark.parametrize(
    ("pools", "outcome"),
    [
        ([(30, 10)], "admissible"),
        ([(10, 30)], "inadmissible"),
        ([(29, 10)], "undecided"),  # one opinion short
        ([(24, 16)], "undecided"),
        ([(800, 800)], "divided"),  # near half
        ([(3150, 2850)], "divided"),  # more than half agree, yet near half
        ([(18, 2), (2, 18), (0, 0)], "divided"),  # two groups against each other
        ([(17, 2), (2, 17), (0, 0)], "undecided"),  # groups one opinion short
        ([(18, 2), (40, 10)], "admissible"),
        ([(2, 18), (90, 10)], "divided"),  # a group against the whole
        ([(18, 2), (10, 90)], "divided"),
        ([(0, 0), (0, 0), (0, 0)], "undecided"),
    ],
)
def test_default_rules_decide_examples(pools: list[tuple[int, int]], outcome: Outcome) -> None:
    assert decide(pools, Rules()) == outcome


@given(
    pools=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4),
    data=st.data(),
)
def test_outcomes_do_not_know_the_order_of_groups_and_mirror_with_the_sides(
    pools: list[tuple[int, int]], data: st.DataObject
) -> None:
    outcome = decide(pools, LAX)
    *groups, rest = pools
    assert decide([*data.draw(st.permutations(groups)), rest], LAX) == outcome
    mirror = {"admissible": "inadmissible", "inadmissible": "admissible"}
    assert decide([(no, yes) for yes, no in pools], LAX) == mirror.get(outcome, outcome)


def test_no_statements_have_no_outcomes() -> None:
    none = np.zeros(0, dtype=np.int64)
    groups = np.zeros((3, 0), dtype=np.int64)
    assert len(decide_outcomes(none, none, groups, groups, Rules())) == 0


@pytest.mark.parametrize(
    ("agree", "disagree", "group_agree", "group_disagree", "reason"),
    [
        ([1, 2], [1], [[1, 2]], [[1, 1]], "same statements"),
        ([1], [1], [[1]], [[1], [0]], "same statements"),
        ([1], [1], [[1, 1]], [[1, 1]], "one row"),
        ([[1]], [[1]], [[1]], [[1]], "one count"),
        ([1], [1], [1], [1], "one row"),
        ([3], [5], [[2], [2]], [[1], [1]], "more opinions"),
        ([5], [3], [[1], [1]], [[2], [2]], "more opinions"),
        ([5], [3], [[-1]], [[2]], "less than none"),
    ],
)
def test_counts_that_do_not_fit_are_refused(
    agree: list[int],
    disagree: list[int],
    group_agree: list[int],
    group_disagree: list[int],
    reason: str,
) -> None:
    with pytest.raises(ValueError, match=reason):
        decide_outcomes(
            np.array(agree),
            np.array(disagree),
            np.array(group_agree),
            np.array(group_disagree),
            Rules(),
        )


def test_the_published_rules() -> None:
    assert asdict(Rules()) == {
        "credible_level": 0.90,
        "anytime_level": 0.95,
        "min_opinions": 40,
        "min_group_opinions": 20,
        "near_half": 0.10,
        "influence": 0.01,
        "margin": 0.05,
        "false_alarm": 0.05,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("credible_level", 0.0),
        ("credible_level", 1.0),
        ("anytime_level", 1.0),
        ("anytime_level", -0.5),
        ("min_opinions", 0),
        ("min_group_opinions", 0),
        ("near_half", 0.0),
        ("near_half", 0.5),
        ("influence", 0.0),
        ("influence", 0.6),
        ("margin", 0.0),
        ("margin", 0.5),
        ("false_alarm", 0.0),
        ("false_alarm", 1.0),
    ],
)
def test_rules_out_of_their_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        Rules(**{name: value})  # type: ignore[arg-type]
