"""What every group agrees with is judged by the group that agrees least, not by how many spoke."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.bridging.every_group import find_least_agreement, order_by_agreement
from spreekruimte.analysis.verdicts import bound_share_anytime

Counts = NDArray[np.int64]
LEVEL = 0.95

tables = st.integers(1, 4).flatmap(
    lambda groups: st.lists(
        st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=5, max_size=5),
        min_size=groups,
        max_size=groups,
    )
)


def split(table: list[list[tuple[int, int]]]) -> tuple[Counts, Counts]:
    counts = np.array(table, dtype=np.int64)
    return counts[..., 0], counts[..., 1]


def test_the_group_that_agrees_least_decides() -> None:
    agree, disagree = np.array([[90, 40], [8, 35]]), np.array([[10, 10], [12, 15]])
    found = find_least_agreement(agree, disagree, level=LEVEL)
    assert found.group.tolist() == [1, 1]
    assert found.share.tolist() == [0.4, 0.7]
    low, high = bound_share_anytime(np.array([8, 35]), np.array([12, 15]), LEVEL)
    assert found.low.tolist() == low.tolist()
    assert found.high.tolist() == high.tolist()


def test_a_group_that_said_nothing_leaves_it_open() -> None:
    found = find_least_agreement(np.array([[50], [0]]), np.array([[0], [0]]), level=LEVEL)
    assert (found.group[0], found.low[0], found.high[0]) == (1, 0.0, 1.0)
    assert math.isnan(found.share[0])


def test_without_any_row_it_is_refused() -> None:
    nothing = np.zeros((0, 3), dtype=np.int64)
    with pytest.raises(ValueError, match="one row at least"):
        find_least_agreement(nothing, nothing, level=LEVEL)


@given(tables, st.permutations(range(5)))
def test_the_order_of_groups_and_statements_changes_nothing(
    table: list[list[tuple[int, int]]], order: list[int]
) -> None:
    agree, disagree = split(table)
    found = find_least_agreement(agree, disagree, level=LEVEL)
    turned = find_least_agreement(agree[::-1, order], disagree[::-1, order], level=LEVEL)
    assert turned.low.tobytes() == found.low[order].tobytes()


@given(tables, st.integers(0, 4))
def test_agreement_lifts_and_disagreement_lowers(
    table: list[list[tuple[int, int]]], column: int
) -> None:
    agree, disagree = split(table)
    low = find_least_agreement(agree, disagree, level=LEVEL).low
    more = np.zeros_like(agree)
    more[:, column] = 1
    assert find_least_agreement(agree, disagree + more, level=LEVEL).low[column] <= low[column]
    lifted = find_least_agreement(agree + 20 * more, disagree, level=LEVEL).low
    assert lifted[column] >= low[column]
    assert np.delete(lifted, column).tolist() == np.delete(low, column).tolist()


def test_much_disputed_is_below_little_but_agreed() -> None:
    agree, disagree = np.array([[500, 18]]), np.array([[480, 2]])
    low = find_least_agreement(agree, disagree, level=LEVEL).low
    assert order_by_agreement(low, ["loud", "agreed"]) == [1, 0]


@given(st.lists(st.text(), unique=True, min_size=2), st.randoms())
def test_equal_ones_have_one_order_whatever_came_first(names: list[str], random: object) -> None:
    shuffled = names.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    none = np.zeros(len(names))
    first = [names[place] for place in order_by_agreement(none, names)]
    assert first == [shuffled[place] for place in order_by_agreement(none, shuffled)]
