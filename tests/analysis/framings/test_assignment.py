import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial

from spreekruimte.analysis.framings import check_assignment

SHARES = np.array([[0.3, 0.2], [0.4, 0.1]])
numbers = st.lists(st.integers(0, 5_000), min_size=4, max_size=4)


@given(assigned=numbers)
def test_the_p_value_is_what_the_evidence_allows(assigned: list[int]) -> None:
    found = check_assignment(np.array(assigned).reshape(2, 2), SHARES)
    assert 0.0 <= found.p_value <= 1.0
    assert found.p_value == pytest.approx(min(1.0, math.exp(-found.log_e_value)))


@given(assigned=numbers, order=st.permutations(range(4)))
def test_the_order_of_the_arms_changes_nothing(assigned: list[int], order: list[int]) -> None:
    one = check_assignment(np.array(assigned), SHARES.ravel())
    other = check_assignment(np.array(assigned)[order], SHARES.ravel()[order])
    assert other.log_e_value == pytest.approx(one.log_e_value, abs=1e-6)


@pytest.mark.parametrize("people", [1, 2, 7])
def test_the_evidence_is_one_on_average_where_arms_are_assigned_as_declared(people: int) -> None:
    shares = np.array([0.5, 0.3, 0.2])
    average = 0.0
    for one in range(people + 1):
        for two in range(people + 1 - one):
            assigned = np.array([one, two, people - one - two])
            chance = multinomial.pmf(assigned, people, shares)
            average += chance * math.exp(check_assignment(assigned, shares).log_e_value)
    assert average == pytest.approx(1.0)


def test_nobody_is_evidence_of_nothing() -> None:
    found = check_assignment(np.zeros((2, 2), dtype=np.int64), SHARES)
    assert found.log_e_value == pytest.approx(0.0, abs=1e-9)
    assert found.p_value == pytest.approx(1.0)


def test_a_skewed_assignment_is_found_and_an_even_one_is_not() -> None:
    even = np.round(1_000 * SHARES).astype(np.int64)
    assert check_assignment(even, SHARES).p_value == 1.0
    skewed = even + np.array([[80, -80], [0, 0]])
    assert check_assignment(skewed, SHARES).p_value < 0.001


def test_an_arm_that_is_not_declared_may_stay_empty_and_no_more() -> None:
    shares = np.array([0.5, 0.5, 0.0])
    assert check_assignment(np.array([50, 50, 0]), shares).p_value == 1.0
    found = check_assignment(np.array([50, 50, 1]), shares)
    assert found.p_value == 0.0
    assert math.isinf(found.log_e_value)


@pytest.mark.parametrize(
    ("assigned", "shares", "words"),
    [
        ([1, 2], [1.0], "every arm"),
        ([-1, 2], [0.5, 0.5], "not below 0"),
        ([1, 2], [-0.5, 1.5], "not below 0"),
        ([1, 2], [0.5, 0.4], "add up to 1"),
    ],
)
def test_what_does_not_fit_is_refused(assigned: list[int], shares: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_assignment(np.array(assigned), np.array(shares))
