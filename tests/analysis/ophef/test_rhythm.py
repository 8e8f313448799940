import numpy as np
import pytest
from benchmarks.ophef import HOURS, WEEK, World, draw_month

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.ophef import Counts, count_per_bin, fit_base
from spreekruimte.analysis.ophef.intensity import DAY, HOUR

MONTH = 30 * DAY


def month(seed: int, rate: float, *, burst: float = 1.0) -> Counts:
    times = draw_month(np.random.default_rng(seed), World("Poisson"), rate, burst=burst)
    return count_per_bin(times, start=0.0, end=MONTH, width=HOUR)


def truth(rate: float) -> np.ndarray:
    means = np.outer(WEEK[np.arange(30) % 7], HOURS).ravel()
    return np.asarray(means * rate / means.sum())


def test_the_rhythm_of_day_and_week_is_found() -> None:
    base = fit_base(month(1, 30_000))
    np.testing.assert_allclose(base.rhythm.hours, HOURS / HOURS.mean(), rtol=0.1, atol=0.03)
    np.testing.assert_allclose(base.rhythm.weekdays, WEEK / WEEK.mean(), rtol=0.05)
    np.testing.assert_allclose(base.expected, truth(30_000), rtol=0.1, atol=2.0)
    assert base.dispersion.mean < 0.01
    assert base.included.mean() > 0.99


@pytest.mark.parametrize("strength", [5.0, 30.0, 500.0])
def test_a_burst_hardly_raises_its_own_base(strength: float) -> None:
    quiet, loud = fit_base(month(2, 3_000)), fit_base(month(2, 3_000, burst=strength))
    assert loud.expected.sum() == pytest.approx(quiet.expected.sum(), rel=0.1)
    assert not loud.included[14 * 24 + 8 : 14 * 24 + 18].any() or strength < 10


def test_bins_known_to_be_of_a_burst_are_left_out() -> None:
    counts = month(3, 300)
    without = np.zeros(len(counts), dtype=np.bool_)
    without[100:200] = True
    assert not (fit_base(counts, without=without).included & without).any()
    # Where nothing is left, there is no better base than that of all.
    everything = np.ones(len(counts), dtype=np.bool_)
    assert fit_base(counts, without=everything).included.all()


def test_a_short_series_has_no_rhythm_and_one_of_a_week_none_of_the_week() -> None:
    counts = month(4, 30_000)
    short = fit_base(Counts(0.0, HOUR, counts.counts[:48]))
    assert (short.rhythm.hours == 1.0).all()
    assert (short.rhythm.weekdays == 1.0).all()
    week = fit_base(Counts(0.0, HOUR, counts.counts[: 7 * 24]))
    assert not (week.rhythm.hours == 1.0).all()
    assert (week.rhythm.weekdays == 1.0).all()


def test_hours_of_a_weekend_are_their_own_where_they_differ() -> None:
    world = World("late weekends", later=4)
    times = draw_month(np.random.default_rng(10), world, 30_000)
    base = fit_base(count_per_bin(times, start=0.0, end=MONTH, width=HOUR))
    saturday = base.expected[5 * 24 : 6 * 24]
    true = np.roll(truth(30_000)[5 * 24 : 6 * 24], 4)
    np.testing.assert_allclose(saturday, true, rtol=0.35, atol=4.0)
    assert (base.rhythm.rest[0] != base.rhythm.rest[5]).any()
    assert (base.rhythm.rest[5] == base.rhythm.rest[6]).all()
    assert (base.rhythm.rest[:5] == base.rhythm.rest[0]).all()
    assert (fit_base(month(10, 30_000)).rhythm.rest == 1.0).all()


def test_a_longer_series_lends_its_rhythm_and_not_its_level() -> None:
    counts = Counts(0.0, HOUR, month(5, 3_000).counts[:24])
    base = fit_base(counts, rhythm=fit_base(month(6, 30_000)).rhythm)
    np.testing.assert_allclose(base.rhythm.hours, HOURS / HOURS.mean(), rtol=0.1, atol=0.03)
    assert base.expected.sum() == pytest.approx(counts.counts.sum(), abs=1.0)


def test_bins_of_a_day_have_the_rhythm_of_the_week_alone() -> None:
    times = draw_month(np.random.default_rng(7), World("Poisson"), 3_000)
    base = fit_base(count_per_bin(times, start=0.0, end=MONTH, width=DAY))
    assert base.rhythm.hours.tolist() == [1.0]
    np.testing.assert_allclose(base.rhythm.weekdays, WEEK / WEEK.mean(), rtol=0.25)


def test_where_nothing_came_in_the_base_is_low_and_above_0() -> None:
    base = fit_base(Counts(0.0, DAY, np.zeros(30, dtype=np.int64)))
    assert 0.0 < base.expected.sum() < 1.0


def test_a_rhythm_of_bins_of_another_width_is_refused() -> None:
    days = fit_base(Counts(0.0, DAY, np.ones(30, dtype=np.int64))).rhythm
    with pytest.raises(InputError, match="another width"):
        fit_base(month(9, 300), rhythm=days)
