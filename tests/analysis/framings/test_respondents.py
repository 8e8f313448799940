import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.framings import NO_GROUP, Cells, count_cells, make_respondents

Ints = NDArray[np.int64]
GROUPS = 3
people = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(0, 1), st.integers(-1, 1), st.integers(NO_GROUP, GROUPS - 1)
    ),
    max_size=60,
)


def count(rows: list[tuple[int, int, int, int]]) -> Cells:
    framing, side, answer, group = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return count_cells(make_respondents(framing, side, answer, group), GROUPS)


@given(rows=people, data=st.data())
def test_the_order_of_respondents_changes_nothing(
    rows: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    np.testing.assert_array_equal(count(rows).counts, count(shuffled).counts)


@given(rows=people, cut=st.integers(0, 60))
def test_tables_of_parts_add_up_to_that_of_the_whole(
    rows: list[tuple[int, int, int, int]], cut: int
) -> None:
    parts = count(rows[:cut]).counts + count(rows[cut:]).counts
    np.testing.assert_array_equal(parts, count(rows).counts)


@given(rows=people)
def test_everyone_is_counted_in_the_arm_of_theirs(rows: list[tuple[int, int, int, int]]) -> None:
    assigned = count(rows).assigned
    assert assigned.shape == (5, 2)
    for framing in range(5):
        for side in range(2):
            assert assigned[framing, side] == sum(row[:2] == (framing, side) for row in rows)


def test_one_respondent_stands_in_one_cell() -> None:
    counts = count([(3, 1, -1, NO_GROUP)]).counts
    assert counts.sum() == 1
    assert counts[GROUPS, 3, 1, 0] == 1


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ((5, 0, 0, 0), "framing"),
        ((0, 2, 0, 0), "side"),
        ((0, 0, 2, 0), "answer"),
        ((0, 0, 0, -2), "group"),
    ],
)
def test_codes_that_do_not_exist_are_refused(row: tuple[int, int, int, int], name: str) -> None:
    with pytest.raises(ValueError, match=f"a {name} has a code out of range"):
        count([row])


def test_a_group_beyond_those_that_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond the 3"):
        count([(0, 0, 1, GROUPS)])


def test_arrays_of_different_lengths_are_refused() -> None:
    one, two = np.zeros(1, dtype=np.int64), np.zeros(2, dtype=np.int64)
    with pytest.raises(ValueError, match="every respondent has one side"):
        make_respondents(one, two, one, one)
