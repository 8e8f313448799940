"""People are placed by what groups answer, whatever order the votes come in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.placing import place_people, weigh_groups

Counts = NDArray[np.int64]

# Two groups that differ on the first three of four statements.
AGREE = np.array([[18, 19, 17, 10], [2, 1, 3, 10]])
DISAGREE = 20 - AGREE
SIZES = np.array([20, 20])

votes = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 3)), st.sampled_from([-1, 0, 1]), min_size=1
)


def columns_of(given: dict[tuple[int, int], int]) -> tuple[Counts, Counts, Counts]:
    rows, columns = zip(*given, strict=True)
    return np.array(rows), np.array(columns), np.array(list(given.values()))


def place(given: dict[tuple[int, int], int]) -> list[int]:
    return list(place_people(AGREE, DISAGREE, SIZES, *columns_of(given)))


def test_who_votes_like_a_group_is_placed_in_it() -> None:
    alike = {(person, column): 1 - 2 * person for person in (0, 1) for column in range(3)}
    assert place(alike) == [0, 1]


def test_too_few_opinions_or_none_that_tells_place_nobody() -> None:
    assert place({(0, 0): 1, (0, 1): 1, (0, 2): 0}) == [-1]
    assert place({(0, 0): 1, (0, 2): -1, (0, 3): 1}) == [-1]


def test_where_nobody_voted_nobody_is_placed() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert len(place_people(AGREE, DISAGREE, SIZES, nothing, nothing, nothing)) == 0


def test_a_chance_is_as_counted_by_hand() -> None:
    chances = weigh_groups(AGREE, DISAGREE, np.array([30, 10]), *columns_of({(0, 0): 1}))
    first, second = 30 * 19 / 22, 10 * 3 / 22
    assert chances[0] == pytest.approx([first / (first + second), second / (first + second)])


def test_without_groups_it_is_refused() -> None:
    nothing = np.zeros((0, 4), dtype=np.int64)
    with pytest.raises(ValueError, match="without opinion groups"):
        weigh_groups(nothing, nothing, nothing[:, 0], *columns_of({(0, 0): 1}))


@given(votes, st.randoms())
def test_the_order_of_votes_changes_no_bit(
    given: dict[tuple[int, int], int], random: object
) -> None:
    shuffled = list(given.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    arguments = (AGREE, DISAGREE, SIZES)
    first = weigh_groups(*arguments, *columns_of(given))
    assert first.tobytes() == weigh_groups(*arguments, *columns_of(dict(shuffled))).tobytes()
    assert np.allclose(first.sum(axis=1), 1.0)


@given(votes)
def test_swapping_groups_swaps_chances(given: dict[tuple[int, int], int]) -> None:
    first = weigh_groups(AGREE, DISAGREE, SIZES, *columns_of(given))
    swapped = weigh_groups(AGREE[::-1], DISAGREE[::-1], SIZES[::-1], *columns_of(given))
    assert np.allclose(first[:, ::-1], swapped)
