import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.framings import NO_GROUP, Revisions, Support, compare_ballots
from spreekruimte.analysis.verdicts import bound_share_anytime

Row = tuple[int, int, int]
GROUPS = 2
answers = st.integers(-1, 1)
people = st.lists(st.tuples(answers, answers, st.integers(NO_GROUP, GROUPS - 1)), max_size=80)


def compare(rows: list[Row]) -> Revisions:
    before, after, group = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return compare_ballots(before, after, group, GROUPS, 0.95)


@given(rows=people, data=st.data())
def test_the_order_of_people_changes_nothing(rows: list[Row], data: st.DataObject) -> None:
    one, other = compare(rows), compare(data.draw(st.permutations(rows)))
    np.testing.assert_array_equal(one.moves, other.moves)
    np.testing.assert_array_equal(one.change.low, other.change.low)
    np.testing.assert_array_equal(one.change.once_high, other.change.once_high)


@given(rows=people)
def test_everyone_is_in_the_table_of_the_whole_and_of_their_group(rows: list[Row]) -> None:
    moves = compare(rows).moves
    for before in (-1, 0, 1):
        for after in (-1, 0, 1):
            same = [row for row in rows if row[:2] == (before, after)]
            assert moves[0, before + 1, after + 1] == len(same)
            for group in range(GROUPS):
                inside = sum(row[2] == group for row in same)
                assert moves[1 + group, before + 1, after + 1] == inside


@given(rows=people)
def test_turning_time_round_turns_the_change_round(rows: list[Row]) -> None:
    one = compare(rows).change
    other = compare([(after, before, group) for before, after, group in rows]).change
    np.testing.assert_array_equal(one.support, other.support)
    np.testing.assert_allclose(other.value, -one.value, atol=1e-12)
    np.testing.assert_allclose(other.low, -one.high, atol=1e-12)
    np.testing.assert_allclose(other.once_low, -one.once_high, atol=1e-12)


@given(gained=st.integers(0, 40), lost=st.integers(0, 40), stayed=st.integers(10, 40))
def test_zero_is_left_out_just_where_moves_are_one_sided(
    gained: int, lost: int, stayed: int
) -> None:
    rows = [(-1, 1, 0)] * gained + [(1, -1, 0)] * lost + [(1, 1, 0)] * stayed
    change = compare(rows).change
    assert change.low[0] <= change.value[0] <= change.high[0]
    low, high = bound_share_anytime(np.array([gained]), np.array([lost]), 0.975)
    assert change.excludes_zero[0] == (low[0] > 0.5 or high[0] < 0.5)


def test_moves_to_and_from_no_opinion_are_told_but_not_counted_as_change() -> None:
    rows = [(0, 1, 0)] * 30 + [(1, 0, NO_GROUP)] * 5 + [(-1, 1, 0)] * 3 + [(1, 1, 0)] * 9
    found = compare(rows)
    assert found.moved_to.tolist() == [[0, 5, 33], [0, 0, 33], [0, 0, 0]]
    assert found.change.value[0] == pytest.approx(3 / 12)


def test_too_few_opinions_make_no_figure() -> None:
    change = compare([(1, -1, 0)]).change
    assert np.isnan(change.value).all()
    assert change.support.tolist() == [
        Support.TOO_FEW_OPINIONS,
        Support.TOO_FEW_OPINIONS,
        Support.NO_OPINIONS,
    ]


@pytest.mark.parametrize(
    ("before", "after", "group", "words"),
    [
        ([1, 1], [1], [0], "everyone has"),
        ([2], [1], [0], "a ballot has a code"),
        ([1], [-2], [0], "a ballot has a code"),
        ([1], [1], [2], "a group has a code"),
        ([1], [1], [-2], "a group has a code"),
    ],
)
def test_what_does_not_fit_is_refused(
    before: list[int], after: list[int], group: list[int], words: str
) -> None:
    columns: list[NDArray[np.int64]] = [np.array(each) for each in (before, after, group)]
    with pytest.raises(ValueError, match=words):
        compare_ballots(columns[0], columns[1], columns[2], GROUPS, 0.95)
