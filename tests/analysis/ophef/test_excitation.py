import math

import numpy as np
import pytest
from benchmarks.ophef_incidents import DAY, HOUR, Excited, excite
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.estimates import Estimate, Reason, Refusal
from spreekruimte.analysis.ophef.excitation import (
    FEWEST_SIGNALS,
    Excitation,
    measure_excitation,
    spread_ties,
)

Floats = NDArray[np.float64]

LEVEL = 0.95
END = 14 * DAY
TRUTH = Excited(0.8, 0.8, 0.3, 0.6, 0.5, 14)


def draw(seed: int, truth: Excited = TRUTH) -> Floats:
    return excite(np.random.default_rng(seed), truth)


def measure(times: Floats, end: float = END) -> Excitation:
    found = measure_excitation(times, start=0.0, end=end, level=LEVEL)
    assert isinstance(found, Excitation)
    return found


def holds(found: Estimate, truth: float) -> bool:
    return found.low <= truth <= found.high


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = np.zeros(3)
    for seed in range(20):
        found = measure(draw(seed))
        assert isinstance(found.half_life, Estimate)
        held += [
            holds(found.base_rate, TRUTH.base / HOUR),
            holds(found.branching_ratio, TRUTH.ratio),
            holds(found.half_life, TRUTH.half_life * HOUR),
        ]
    # Fewer than 16 of 20 happens once in 500 times where the chance is 95%.
    assert held.min() >= 16


def test_rhythm_is_not_taken_for_excitation() -> None:
    clear = 0
    for seed in range(20):
        found = measure(draw(seed, Excited(1.0, 0.9, 0.5, 0.0, 1.0, 14)))
        clear += found.branching_ratio.low > 0.0
    assert clear <= 3


def test_where_excitation_is_not_clear_there_is_no_half_life() -> None:
    found = measure(draw(3, Excited(0.4, 0.5, 0.0, 0.0, 1.0, 14)))
    assert isinstance(found.half_life, Refusal)
    assert found.half_life.reason is Reason.NO_CLEAR_EXCITATION
    assert found.half_life.found < found.half_life.needed
    assert found.branching_ratio.low == 0.0


def test_below_a_stated_number_of_signals_nothing_is_told() -> None:
    times = np.linspace(0.0, END, FEWEST_SIGNALS - 1)
    found = measure_excitation(times, start=0.0, end=END, level=LEVEL)
    assert found == Refusal(Reason.TOO_FEW_SIGNALS, FEWEST_SIGNALS - 1, FEWEST_SIGNALS)


def test_the_order_of_signals_does_not_matter() -> None:
    times = draw(5)
    shuffled = np.random.default_rng(1).permutation(times)
    assert measure(shuffled) == measure(times)


def test_another_start_of_the_clock_changes_nothing_but_rounding() -> None:
    times = draw(6)
    moved = measure_excitation(
        times + 30 * 7 * DAY, start=210 * DAY, end=210 * DAY + END, level=LEVEL
    )
    assert isinstance(moved, Excitation)
    assert moved.branching_ratio.value == pytest.approx(
        measure(times).branching_ratio.value, rel=0.01
    )


def test_times_rounded_to_the_minute_tell_nearly_the_same() -> None:
    times = draw(7)
    exact, rounded = measure(times), measure(np.floor(times / 60.0) * 60.0)
    assert rounded.branching_ratio.value == pytest.approx(exact.branching_ratio.value, abs=0.03)


def test_a_window_too_short_for_a_rhythm_is_measured_without() -> None:
    found = measure(draw(8, Excited(20.0, 0.0, 0.0, 0.5, 0.05, 0.8)), 0.8 * DAY)
    assert holds(found.branching_ratio, 0.5)


def test_a_pace_without_a_limit_is_said_to_have_none() -> None:
    # All signals in pairs of one minute: no half-life above a grain is short enough.
    first = np.arange(100) * 3 * HOUR
    found = measure(np.concatenate([first, first]) + 60.0)
    assert isinstance(found.half_life, Estimate)
    assert found.half_life.low == 0.0
    assert math.isfinite(found.half_life.high)


@pytest.mark.parametrize("stray", [-1.0, END + 1.0])
def test_a_signal_outside_the_window_is_refused(stray: float) -> None:
    with pytest.raises(ValueError, match="within the window"):
        measure_excitation(np.append(draw(9), stray), start=0.0, end=END, level=LEVEL)


@pytest.mark.parametrize(
    ("times", "grain"), [([0.0, 86_400.0], 86_400.0), ([3_600.0, 0.0], 3_600.0), ([60.0], 60.0)]
)
def test_the_grain_of_times_is_the_coarsest_that_fits(times: list[float], grain: float) -> None:
    assert spread_ties(np.array(times), 0.0, END)[1] == grain


def test_ties_are_spread_over_their_grain() -> None:
    spread, _ = spread_ties(np.array([120.0, 60.0, 60.0, 60.0]), 0.0, END)
    assert spread == pytest.approx([70.0, 90.0, 110.0, 150.0])


def test_ties_at_the_end_stay_within_the_window() -> None:
    assert spread_ties(np.array([60.0, 60.0]), 0.0, 60.0)[0].max() == 60.0
