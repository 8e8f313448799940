import numpy as np
import pytest
from benchmarks.ophef_incidents import DAY, HOUR, Waved, raise_wave

from spreekruimte.analysis.ophef.estimates import Reason, Refusal
from spreekruimte.analysis.ophef.half_life import FEWEST_SIGNALS, Wave, measure_wave

LEVEL = 0.95
TRUTH = Waved(0.5, 0.8, 0.2, 120, 12.0, 21)
END = 21 * DAY


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = np.zeros(3)
    for seed in range(20):
        times, onset = raise_wave(np.random.default_rng(seed), TRUTH)
        known = measure_wave(times, start=0.0, end=END, level=LEVEL, onset=onset)
        blind = measure_wave(times, start=0.0, end=END, level=LEVEL)
        assert isinstance(known, Wave)
        assert isinstance(blind, Wave)
        held += [
            known.base_rate.low <= TRUTH.base / HOUR <= known.base_rate.high,
            known.half_life.low <= TRUTH.half_life * HOUR <= known.half_life.high,
            blind.half_life.low <= TRUTH.half_life * HOUR <= blind.half_life.high,
        ]
        assert abs(blind.onset - onset) < 0.5 * TRUTH.half_life * HOUR
    assert held.min() >= 16


def test_where_nothing_rises_there_is_no_wave() -> None:
    quiet, _ = raise_wave(np.random.default_rng(1), Waved(0.5, 0.8, 0.2, 0, 12.0, 21))
    found = measure_wave(quiet, start=0.0, end=END, level=LEVEL)
    assert isinstance(found, Refusal)
    assert found.reason is Reason.NO_CLEAR_WAVE


def test_below_a_stated_number_of_signals_nothing_is_told() -> None:
    times = np.linspace(0.0, END, FEWEST_SIGNALS - 1)
    found = measure_wave(times, start=0.0, end=END, level=LEVEL)
    assert found == Refusal(Reason.TOO_FEW_SIGNALS, FEWEST_SIGNALS - 1, FEWEST_SIGNALS)


def test_the_order_of_signals_does_not_matter() -> None:
    times, _ = raise_wave(np.random.default_rng(2), TRUTH)
    found = measure_wave(times[::-1], start=0.0, end=END, level=LEVEL)
    assert found == measure_wave(times, start=0.0, end=END, level=LEVEL)


def test_a_signal_outside_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match="within the window"):
        measure_wave(np.full(FEWEST_SIGNALS, END + 1), start=0.0, end=END, level=LEVEL)
