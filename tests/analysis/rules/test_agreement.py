from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.rules import NO_OPINIONS, Opinions, hold_out, measure_agreement

Floats = NDArray[np.float64]

names = st.lists(st.text(max_size=8), max_size=30)


@given(names, names)
def test_whether_a_situation_is_held_out_does_not_depend_on_others(
    first: list[str], second: list[str]
) -> None:
    both = hold_out([*first, *second], seed="s", one_in=3).tolist()
    assert both[: len(first)] == hold_out(first, seed="s", one_in=3).tolist()


def test_one_in_so_many_is_held_out_and_another_seed_draws_others() -> None:
    many = [str(number) for number in range(9_000)]
    held = hold_out(many, seed="s", one_in=3)
    assert held.mean() == pytest.approx(1 / 3, abs=0.02)
    assert (hold_out(many, seed="t", one_in=3) != held).mean() > 0.3
    assert hold_out([], seed="s", one_in=3).shape == (0,)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=40))
def test_agreement_lies_in_its_interval_and_no_list_can_do_better_than_the_most(
    situations: list[tuple[bool, float]],
) -> None:
    says = np.array([each for each, _ in situations])
    shares = np.array([share for _, share in situations])
    found = measure_agreement(says, shares)
    assert found.situations == len(situations)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.estimate <= found.most + 1e-12
    turned = measure_agreement(~says, 1 - shares)
    assert (turned.estimate, turned.low) == pytest.approx((found.estimate, found.low))


@pytest.mark.parametrize(("situations", "people"), [(10, 12), (30, 12), (100, 30)])
def test_the_interval_holds_as_often_as_it_says(situations: int, people: int) -> None:
    rng = np.random.default_rng(situations)
    held = 0
    for _public in range(1_000):
        shares = rng.binomial(people, rng.beta(8.0, 3.0, situations)) / people
        found = measure_agreement(np.ones(situations, dtype=np.bool_), shares)
        held += found.low <= 8 / 11 <= found.high
    assert 0.93 * 1_000 <= held <= 0.97 * 1_000


def _let_people_judge(rng: np.random.Generator) -> tuple[Floats, Opinions]:
    """Have 40 people judge 25 situations each; who is lenient is so in all of them."""
    people = np.repeat(np.arange(40), 25)
    places = np.tile(np.arange(25), 40)
    lenient, heights = rng.normal(0.0, 1.5, 40), rng.normal(0.0, 0.5, 25)
    finds_one = rng.logistic(size=1_000) < lenient[people] + heights[places]
    shares = np.bincount(places, weights=finds_one) / 40
    return shares, Opinions(places, finds_one, people)


def test_what_people_have_in_common_over_situations_widens_the_interval() -> None:
    rng, says = np.random.default_rng(1), np.ones(25, dtype=np.bool_)
    apart, together = 0, 0
    for _public in range(400):
        shares, opinions = _let_people_judge(rng)
        # Half of all find label 1, by symmetry.
        for_themselves, found = (
            measure_agreement(says, shares, each) for each in (NO_OPINIONS, opinions)
        )
        apart += for_themselves.low <= 0.5 <= for_themselves.high
        together += found.low <= 0.5 <= found.high
    assert apart < 0.8 * 400
    assert 0.92 * 400 <= together <= 0.98 * 400


def test_of_people_who_judged_one_situation_each_nothing_is_in_common() -> None:
    says, shares = np.array([True, False]), np.array([0.5, 0.25])
    finds_one = np.array([True, False, True, False, False, False])
    opinions = Opinions(np.array([0, 0, 1, 1, 1, 1]), finds_one, np.arange(6))
    assert measure_agreement(says, shares, opinions) == measure_agreement(says, shares)


def test_opinions_on_some_situations_are_numbered_anew() -> None:
    opinions = Opinions(np.array([0, 2, 1, 2]), np.array([1, 0, 1, 1]) == 1, np.arange(4))
    kept = opinions.only(np.array([False, True, True]))
    assert kept.places.tolist() == [1, 0, 1]
    assert kept.finds_one.tolist() == [False, True, True]
    assert kept.people.tolist() == [1, 2, 3]


def test_where_all_agree_alike_each_situation_counts_as_one_opinion() -> None:
    found = measure_agreement(np.ones(12, dtype=np.bool_), np.ones(12))
    assert found.estimate == found.high == 1.0
    assert 0.7 < found.low < 0.9
    same = measure_agreement(np.arange(12) < 6, np.where(np.arange(12) < 6, 0.9, 1.0 - 0.9))
    assert 0.6 < same.low < same.high < 1.0
    single = measure_agreement(np.ones(1, dtype=np.bool_), np.array([0.5]))
    assert single.low < 0.1
    assert single.high > 0.9


def test_what_cannot_be_measured_is_refused() -> None:
    none, one = np.zeros(0, dtype=np.bool_), np.zeros(1, dtype=np.bool_)
    for says, shares in ((none, []), (one, []), (one, [0.1, 0.2])):
        with pytest.raises(ValueError, match="of each situation"):
            measure_agreement(says, np.array(shares))
    with pytest.raises(ValueError, match="from 0 to 1"):
        measure_agreement(one, np.array([1.1]))
