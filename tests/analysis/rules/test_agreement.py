from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.rules import hold_out, measure_agreement

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


def test_the_interval_holds_at_least_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _public in range(400):
        shares = rng.beta(2.0, 1.0, 30)
        found = measure_agreement(np.ones(30, dtype=np.bool_), rng.binomial(12, shares) / 12)
        held += found.low <= 2 / 3 <= found.high
    assert held >= 0.95 * 400


def test_what_cannot_be_measured_is_refused() -> None:
    none, one = np.zeros(0, dtype=np.bool_), np.zeros(1, dtype=np.bool_)
    for says, shares in ((none, []), (one, []), (one, [0.1, 0.2])):
        with pytest.raises(ValueError, match="of each situation"):
            measure_agreement(says, np.array(shares))
    with pytest.raises(ValueError, match="from 0 to 1"):
        measure_agreement(one, np.array([1.1]))
