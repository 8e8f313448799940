import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts.reach import FAR, can_reach, count_moves, index_floor


@st.composite
def floors(draw: st.DrawFn) -> NDArray[np.int64]:
    """Floors as even or odd as n, of which some lie below all points and some above all."""
    length = draw(st.integers(1, 24))
    agrees = [draw(st.integers(0, n + 1)) for n in range(length)]
    return np.array([FAR if a > n else 2 * a - n for n, a in enumerate(agrees)], dtype=np.int64)


def count_by_hand(floor: NDArray[np.int64], points: list[tuple[int, int]]) -> int:
    return min(
        (
            max(abs(n - start_n), abs(d - start_d))
            for n in range(len(floor))
            for d in range(-n, n + 1, 2)
            if d >= floor[n]
            for start_n, start_d in points
        ),
        default=FAR,
    )


@given(floor=floors(), data=st.data())
def test_the_moves_are_the_fewest_from_any_starting_point(
    floor: NDArray[np.int64], data: st.DataObject
) -> None:
    n_from = data.draw(st.integers(0, len(floor) - 1))
    n_to = n_from + 2 * data.draw(st.integers(0, (len(floor) - 1 - n_from) // 2))
    d = 2 * data.draw(st.integers(0, n_from)) - n_from
    bound = data.draw(st.integers(0, 40))
    points = [(n, d) for n in range(n_from, n_to + 1, 2)]
    fewest = count_by_hand(floor, points)
    index = index_floor(floor)
    assert count_moves(index, n_from, n_to, d, bound) == min(fewest, bound)
    for moves in range(40):
        assert can_reach(index, n_from, n_to, d, moves) == (moves >= fewest)


def test_beyond_a_bound_that_is_used_up_nothing_is_searched() -> None:
    index = index_floor(np.array([0, -1, -2], dtype=np.int64))
    assert count_moves(index, 2, 2, 0, -3) == -3
