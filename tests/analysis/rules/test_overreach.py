import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.rules import (
    FALSE,
    TRUE,
    UNDECIDED,
    measure_overreach,
    measure_underreach,
)

HOLDS = np.array([TRUE, TRUE, FALSE, UNDECIDED], np.int8)
WEIGHTS = np.array([1.0, 3.0, 4.0, 2.0])
# The second is found admissible in 19 of 20 draws, the first in none, the third in 10.
DRAWS = np.full((20, 4), 0.9)
DRAWS[:, 0], DRAWS[0, 1], DRAWS[:10, 2] = 0.2, 0.4, 0.1


def test_overreach_is_what_is_forbidden_and_found_admissible() -> None:
    found = measure_overreach(HOLDS, DRAWS, WEIGHTS)
    assert found.share == pytest.approx(0.3 * 19 / 20)
    assert found.low == pytest.approx(0.3 * 0.475)
    assert found.high == 0.3
    assert (found.shown, found.where.tolist()) == (0.3, [1])


def test_underreach_is_what_is_left_free_and_found_inadmissible() -> None:
    found = measure_underreach(HOLDS, DRAWS, WEIGHTS)
    assert found.share == pytest.approx(0.2)
    assert (found.low, found.high) == (0.0, 0.4)
    assert (found.shown, found.where.tolist()) == (0.0, [])


def test_the_heaviest_contexts_are_shown_first() -> None:
    holds = np.full(4, TRUE, np.int8)
    assert measure_overreach(holds, np.ones((1, 4)), WEIGHTS).where.tolist() == [2, 1, 3, 0]


@given(st.integers(0, 10_000))
def test_a_rule_that_holds_in_more_contexts_reaches_no_less_over_and_no_more_under(
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    draws, weights = rng.random((40, 12)), rng.random(12)
    narrow = np.where(rng.random(12) < 0.4, TRUE, FALSE).astype(np.int8)
    wide = np.where(rng.random(12) < 0.4, TRUE, narrow).astype(np.int8)
    over = [measure_overreach(holds, draws, weights) for holds in (narrow, wide)]
    under = [measure_underreach(holds, draws, weights) for holds in (narrow, wide)]
    for first, second in ((over[0], over[1]), (under[1], under[0])):
        assert first.low <= second.low
        assert first.high <= second.high
        assert first.share <= second.share + 1e-12
        assert set(first.where) <= set(second.where)
        assert 0 <= first.low <= first.high <= 1


@pytest.mark.parametrize("shape", [(4,), (0, 4), (5, 3)])
def test_draws_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="draws of each context"):
        measure_overreach(HOLDS, np.ones(shape), WEIGHTS)


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="Each context has a weight"):
        measure_underreach(HOLDS, DRAWS, WEIGHTS[:2])


def test_weights_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="Weights are finite"):
        measure_overreach(HOLDS, DRAWS, np.zeros(4))
