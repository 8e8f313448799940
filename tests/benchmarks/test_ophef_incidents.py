import numpy as np
import pytest
from benchmarks.ophef_incidents import (
    DAY,
    HOUR,
    Excited,
    Register,
    Waved,
    excite,
    fill_register,
    raise_wave,
)


@pytest.mark.parametrize(("daily", "office"), [(0.7, 1.0), (0.0, 10.0)])
def test_the_mean_of_the_rhythm_is_the_base_rate(daily: float, office: float) -> None:
    truth = Excited(50.0, daily, 0.4, 0.0, 1.0, 280, office)
    times = excite(np.random.default_rng(1), truth)
    assert len(times) / (280 * 24) == pytest.approx(50.0, rel=0.01)
    assert 0.0 <= times.min() <= times.max() <= 280 * DAY


def test_office_hours_are_as_much_busier_as_is_said() -> None:
    times = excite(np.random.default_rng(2), Excited(50.0, 0.0, 0.0, 0.0, 1.0, 280, office=10.0))
    clock = np.mod(times, DAY) / HOUR
    inside = ((clock >= 8.0) & (clock < 18.0)).sum() / 10.0
    outside = ((clock < 8.0) | (clock >= 18.0)).sum() / 14.0
    assert inside / outside == pytest.approx(10.0, rel=0.03)


def test_the_ratio_makes_as_many_more_as_it_should() -> None:
    times = excite(np.random.default_rng(3), Excited(20.0, 0.5, 0.0, 0.8, 0.1, 280))
    assert len(times) / (280 * 24) == pytest.approx(20.0 / (1.0 - 0.8), rel=0.03)


def test_half_of_a_wave_has_come_after_its_half_life() -> None:
    truth = Waved(0.001, 0.0, 0.0, 20_000, 12.0, 28)
    times, onset = raise_wave(np.random.default_rng(4), truth)
    assert np.median(times) - onset == pytest.approx(12.0 * HOUR, rel=0.03)


def test_measures_follow_fuss_and_public_with_their_signs() -> None:
    drawn = fill_register(np.random.default_rng(5), Register(5_000, 0.8, 0.8, -4.0, 0.05))
    for figures, sign in ((drawn.items, 1), (drawn.calls, 1), (drawn.shares, -1)):
        assert sign * np.corrcoef(drawn.measures, figures)[0, 1] > 0.1
    assert set(drawn.measures.tolist()) == set(range(9))
