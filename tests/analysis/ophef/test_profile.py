import numpy as np
import pytest
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.profile import bound_by_profile

Floats = NDArray[np.float64]


def parabola(value: float, near: Floats) -> tuple[float, Floats]:
    return -0.5 * (value - 2.0) ** 2 / 0.25, near


def bound(low: float, high: float, value: float = 2.0) -> tuple[float, float, float]:
    return bound_by_profile(
        parabola, np.zeros(1), value=value, low=low, high=high, step=0.1, drop=0.5 * 1.96**2
    )


def test_the_profile_of_a_normal_figure_gives_its_interval() -> None:
    assert bound(-np.inf, np.inf) == pytest.approx((2.0, 2 - 1.96 * 0.5, 2 + 1.96 * 0.5), abs=0.02)


def test_the_interval_is_around_the_top_though_the_walk_starts_beside_it() -> None:
    assert bound(-np.inf, np.inf, 2.4) == pytest.approx((2.0, 1.02, 2.98), abs=0.03)


def test_an_interval_ends_at_a_bound() -> None:
    assert bound(1.8, 2.3)[1:] == (1.8, 2.3)


def test_between_equal_bounds_there_is_one_value() -> None:
    assert bound(2.0, 2.0) == (2.0, 2.0, 2.0)
