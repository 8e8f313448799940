import numpy as np
import pytest
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.newton import climb

Floats = NDArray[np.float64]


def hill(state: Floats) -> tuple[float, Floats, Floats]:
    """A hill with its top at (3, -1), flat far away, where plain Newton steps go astray."""
    away = state - np.array([3.0, -1.0])
    height = -np.log1p((away**2).sum())
    scale = 1.0 + (away**2).sum()
    slope = -2.0 * away / scale
    bend = -2.0 * np.eye(2) / scale + 4.0 * np.outer(away, away) / scale**2
    return float(height), slope, bend


free = np.full(2, np.inf)


def test_the_top_is_found_from_where_the_hill_is_not_concave() -> None:
    assert climb(hill, np.array([-10.0, 10.0]), -free, free).state == pytest.approx(
        [3, -1], abs=0.01
    )


def test_bounds_hold_and_the_rest_climbs_on() -> None:
    top = climb(hill, np.array([0.0, 0.0]), -free, np.array([1.0, np.inf]))
    assert top.state == pytest.approx([1.0, -1.0], abs=0.01)


def test_a_parameter_whose_bounds_are_equal_is_held() -> None:
    top = climb(hill, np.array([0.0, 2.0]), np.array([-np.inf, 2.0]), np.array([np.inf, 2.0]))
    assert top.state == pytest.approx([3.0, 2.0], abs=0.01)


def test_what_is_not_allowed_is_not_entered() -> None:
    def fenced(state: Floats) -> tuple[float, Floats, Floats]:
        height, slope, bend = hill(state)
        return (height if state[0] < 2.0 else -np.inf), slope, bend

    assert climb(fenced, np.zeros(2), -free, free).state[0] < 2.0


def test_at_the_top_nothing_moves() -> None:
    start = np.array([3.0, -1.0])
    assert climb(hill, start, -free, free).state.tolist() == start.tolist()
