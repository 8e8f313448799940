import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.ophef import (
    Counts,
    choose_width,
    count_per_bin,
    find_peak,
    measure_intensity,
)
from spreekruimte.analysis.ophef.intensity import DAY, HOUR, MOST_BINS, WIDTHS

moments = st.lists(st.floats(0.0, 20 * DAY), min_size=1, max_size=60).map(np.array)


def counts_of(values: list[int], width: float = HOUR) -> Counts:
    return Counts(0.0, width, np.array(values, dtype=np.int64))


@pytest.mark.parametrize(
    ("signals", "days", "width"),
    [(2, 30, DAY), (30, 30, DAY), (60, 30, DAY / 2), (720, 30, HOUR), (1_000_000, 30, HOUR)],
)
def test_bins_are_as_narrow_as_their_signals_allow(signals: int, days: float, width: float) -> None:
    assert choose_width(signals, days * DAY) == width


def test_a_long_time_has_wider_bins_and_never_wider_than_a_day() -> None:
    assert choose_width(10**6, 365 * DAY) > HOUR
    assert choose_width(10**9, 20 * 365 * DAY) == DAY
    assert choose_width(10**6, MOST_BINS * HOUR) == HOUR


@given(times=moments, data=st.data())
def test_each_signal_is_counted_once_in_any_order(times: np.ndarray, data: st.DataObject) -> None:
    counts = count_per_bin(times)
    other = count_per_bin(np.array(data.draw(st.permutations(times.tolist()))))
    assert counts.width in WIDTHS
    assert counts.counts.sum() == len(times)
    assert counts.starts[0] <= times.min()
    assert times.max() < counts.starts[-1] + counts.width
    assert np.array_equal(counts.counts, other.counts)


@given(one=moments, other=moments)
def test_counts_of_parts_add_up(one: np.ndarray, other: np.ndarray) -> None:
    span = {"start": 0.0, "end": 21 * DAY, "width": HOUR}
    parts = count_per_bin(one, **span).counts + count_per_bin(other, **span).counts
    assert np.array_equal(count_per_bin(np.concatenate([one, other]), **span).counts, parts)


def test_quiet_days_that_were_watched_are_counted() -> None:
    counts = count_per_bin(np.array([5.5 * HOUR]), start=0.0, end=DAY, width=HOUR)
    assert counts.counts.tolist() == [0] * 5 + [1] + [0] * 18
    assert len(count_per_bin(np.array([]), start=0.0, end=2 * DAY)) == 2


def test_bins_stand_on_the_clock() -> None:
    counts = count_per_bin(np.array([3 * DAY + 1.4 * HOUR, 3 * DAY + 2.9 * HOUR]), width=HOUR)
    assert counts.start == 3 * DAY + HOUR
    assert counts.counts.tolist() == [1, 1]


def test_signals_outside_of_the_time_watched_are_refused() -> None:
    for span in ({"start": 2.0}, {"end": 0.5}, {"start": 5.0, "end": 4.0}):
        with pytest.raises(InputError, match="outside"):
            count_per_bin(np.array([1.0]), **span)
    with pytest.raises(InputError, match="Without signals"):
        count_per_bin(np.array([]), start=1.0)


@pytest.mark.parametrize(
    ("start", "width", "values"),
    [
        (0.0, 7.0 * HOUR, [1]),
        (0.0, -1.0, [1]),
        (1.0, HOUR, [1]),
        (0.0, HOUR, []),
        (0.0, HOUR, [-1]),
    ],
)
def test_what_cannot_be_counts_is_refused(start: float, width: float, values: list[int]) -> None:
    with pytest.raises(InputError):
        Counts(start, width, np.array(values, dtype=np.int64))


def test_intensity_is_per_hour_within_its_interval() -> None:
    intensity = measure_intensity(counts_of([0, 6], width=2 * HOUR))
    assert intensity.rate.tolist() == [0.0, 3.0]
    assert (intensity.low <= intensity.rate).all()
    assert (intensity.rate <= intensity.high).all()
    assert intensity.high[0] > 0.0


def test_a_clear_peak_is_certain_and_a_flat_series_has_none() -> None:
    clear = find_peak(counts_of([2, 3, 900, 4, 1]))
    assert (clear.time.low, clear.time.value, clear.time.high) == (2.5 * HOUR,) * 3
    assert clear.height.low < clear.height.value == 900.0 < clear.height.high
    flat = find_peak(counts_of([5] * 100))
    assert flat.time.value == 0.5 * HOUR
    assert flat.time.high - flat.time.low > 50 * HOUR


def test_a_peak_is_the_same_each_time() -> None:
    assert find_peak(counts_of([1, 4, 5, 2])) == find_peak(counts_of([1, 4, 5, 2]))
