import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import LEAST, gather_cells
from spreekruimte.look.charts.hexagons import Floats, _find_hexagons


def scatter(count: int, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal(0, 1, (count, 2))


@given(st.integers(0, 400), st.integers(0, 9), st.integers(1, 5))
def test_no_cell_stands_for_few_people(count: int, seed: int, groups: int) -> None:
    points = scatter(count, seed)
    kinds = np.arange(count, dtype=np.int32) % (groups + 1) - 1
    cells = gather_cells(points, kinds)
    assert (cells.counts >= LEAST).all()
    assert cells.counts.sum() <= count
    assert len(cells.centres) == len(cells.counts) == len(cells.kinds)
    assert len(np.unique(cells.centres, axis=0)) == len(cells.centres)
    assert set(cells.kinds.tolist()) <= set(range(-1, groups))


def test_most_points_are_shown_where_there_are_many() -> None:
    cells = gather_cells(scatter(2_000), np.zeros(2_000, dtype=np.int32))
    assert cells.counts.sum() >= 0.85 * 2_000
    assert len(cells.counts) > 40


def test_the_order_of_points_does_not_matter() -> None:
    points = scatter(500)
    kinds = (points[:, 0] > 0).astype(np.int32)
    order = np.random.default_rng(1).permutation(500)
    one, other = gather_cells(points, kinds), gather_cells(points[order], kinds[order])
    assert np.array_equal(one.centres, other.centres)
    assert np.array_equal(one.counts, other.counts)
    assert np.array_equal(one.kinds, other.kinds)


def test_a_point_lies_in_the_nearest_hexagon() -> None:
    points = scatter(300)
    width = 0.4
    rows, columns = _find_hexagons(points, width).T
    centres = np.column_stack([width * (columns + rows / 2), width * rows * np.sqrt(3) / 2])
    # No point of a hexagon is further from its middle than a corner is.
    assert np.hypot(*(points - centres).T).max() <= width / np.sqrt(3) + 1e-9


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([0] * 9 + [1] * 5, 0),
        ([0] * 7 + [1] * 7, -1),
        ([0] * 4 + [-1] * 3, -1),
        ([-1] * 9, -1),
        ([2] * 6 + [-1] * 5, 2),
    ],
)
def test_a_cell_has_a_kind_only_by_a_majority_of_enough(kinds: list[int], expected: int) -> None:
    cells = gather_cells(np.ones((len(kinds), 2)), np.array(kinds, dtype=np.int32))
    assert cells.kinds.tolist() == [expected]


def test_points_without_a_place_are_left_out() -> None:
    points = np.vstack([np.ones((6, 2)), np.full((10, 2), np.nan)])
    assert gather_cells(points, np.zeros(16, dtype=np.int32)).counts.tolist() == [6]


def test_too_few_points_give_no_cells() -> None:
    assert len(gather_cells(np.ones((4, 2)), np.zeros(4, dtype=np.int32)).counts) == 0
