import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.ophef.background import BIN, DAY, WEEK, arrange_background

moments = st.floats(0.0, 5 * WEEK)


@given(moments, st.floats(1.0, 5 * WEEK))
def test_the_clock_is_exposed_for_as_long_as_the_window_is(start: float, length: float) -> None:
    background = arrange_background(np.array([start]), start, start + length)
    assert background.exposure.sum() == pytest.approx(length)
    assert background.exposure.min() >= -1e-6
    assert background.exposure[background.bins[0]] > 0.0


@given(moments, st.floats(1.1 * WEEK, 3 * WEEK), st.floats(1.1 * WEEK, 3 * WEEK))
def test_exposure_of_two_windows_adds_up_to_that_of_both(
    start: float, first: float, second: float
) -> None:
    edges = (start, start + first, start + first + second)
    parts = [
        arrange_background(np.zeros(0), edges[low], edges[high]).exposure
        for low, high in ((0, 1), (1, 2), (0, 2))
    ]
    np.testing.assert_allclose(parts[0] + parts[1], parts[2], atol=1e-6)


@pytest.mark.parametrize(
    ("length", "bins", "harmonics", "strengths"),
    [(0.9 * DAY, 24, 0, 1), (DAY, 24, 22, 6), (WEEK, 168, 28, 18)],
)
def test_a_rhythm_is_sought_where_the_window_shows_it(
    length: float, bins: int, harmonics: int, strengths: int
) -> None:
    background = arrange_background(np.zeros(0), 0.0, length)
    assert background.harmonics.shape == (bins, harmonics)
    assert background.precisions.shape == (strengths, harmonics)


def test_a_signal_falls_in_the_hour_of_the_week() -> None:
    background = arrange_background(np.array([WEEK + 25 * BIN + 1.0]), 0.0, 2 * WEEK)
    assert background.bins.tolist() == [25]
