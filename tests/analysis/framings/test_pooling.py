"""One figure over cases that differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.framings import Pooled, pool_effects

LEVEL = 0.95
REACH = 1.959963984540054
effects = st.lists(st.tuples(st.floats(-0.6, 0.6), st.floats(0.01, 0.3)), min_size=2, max_size=12)


def pool(values: list[float], errors: list[float]) -> Pooled | None:
    at, error = np.array(values), np.array(errors)
    return pool_effects(at, at - REACH * error, at + REACH * error, LEVEL)


def test_fewer_than_two_cases_are_not_pooled() -> None:
    assert pool([], []) is None
    assert pool([0.1], [0.02]) is None
    assert pool([0.1, np.nan], [0.02, 0.02]) is None


def test_a_case_without_a_figure_is_left_out() -> None:
    assert pool([0.1, np.nan, 0.3], [0.02, 0.02, 0.05]) == pool([0.1, 0.3], [0.02, 0.05])


def test_equal_cases_have_their_own_mean_and_no_spread() -> None:
    found = pool([0.2] * 4, [0.05] * 4)
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert (found.spread, found.cases) == (0.0, 4)
    # As wide as the normal interval of the mean, but with the t of three degrees of freedom.
    assert found.high - found.value == pytest.approx(3.182446305284263 * 0.05 / 2)


def test_two_precise_cases_that_differ_have_the_spread_between_them() -> None:
    found = pool([0.0, 0.4], [1e-4, 1e-4])
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert found.spread == pytest.approx(np.sqrt(0.08), rel=1e-3)


@given(effects)
def test_the_order_of_cases_does_not_matter_and_the_mean_lies_between_them(
    drawn: list[tuple[float, float]],
) -> None:
    values, errors = map(list, zip(*drawn, strict=True))
    found = pool(values, errors)
    assert found == pool(values[::-1], errors[::-1])
    assert found is not None
    assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9
    assert found.low <= found.value <= found.high
    turned = pool([-value for value in values], errors)
    assert turned is not None
    assert turned.value == pytest.approx(-found.value, abs=1e-9)


def test_the_interval_holds_the_mean_over_cases_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(1500):
        errors = rng.uniform(0.03, 0.1, 8)
        values = rng.normal(rng.normal(0.1, 0.08, 8), errors)
        found = pool(values.tolist(), errors.tolist())
        assert found is not None
        held += found.low <= 0.1 <= found.high
    assert 0.93 <= held / 1500 <= 0.97
