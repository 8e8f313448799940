import numpy as np
import pytest
from benchmarks.ophef import (
    BURST_HOURS,
    DAYS,
    HOURS,
    RATES,
    WEEK,
    WORLDS,
    World,
    draw_month,
    judge_month,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from spreekruimte.analysis.ophef import Counts, count_per_bin, detect_bursts, fit_base
from spreekruimte.analysis.ophef.bursts import FALSE_ALARM
from spreekruimte.analysis.ophef.intensity import DAY, HOUR

BEGIN = (14 * 24 + 8) * HOUR
POISSON = World("Poisson")


def draw(seed: int, rate: float, burst: float = 1.0) -> np.ndarray:
    return draw_month(np.random.default_rng(seed), POISSON, rate, burst=burst)


@pytest.mark.parametrize("rate", [100, 1_000, 30_000])
def test_a_burst_is_found_where_it_is_with_its_factor(rate: int) -> None:
    bursts = judge_month(draw(1, rate, 20.0)).bursts
    assert len(bursts) == 1
    (burst,) = bursts
    # To within the quiet hours of a night, which say little.
    assert abs(burst.start - BEGIN) <= 9 * HOUR
    assert abs(burst.end - BEGIN - BURST_HOURS * HOUR) <= 16 * HOUR
    assert burst.p_value <= FALSE_ALARM
    assert burst.weight > 0.0
    assert burst.factor.low <= burst.factor.value <= burst.factor.high
    assert 5.0 < burst.factor.value < 40.0


def test_the_interval_of_a_factor_mostly_holds_the_true_one() -> None:
    base = np.outer(WEEK[np.arange(DAYS) % 7], HOURS).ravel()
    loud = base.copy()
    loud[14 * 24 + 8 : 14 * 24 + 8 + BURST_HOURS] *= 10.0
    held = 0
    for seed in range(15):
        burst = max(judge_month(draw(seed, 1_000, 10.0)).bursts, key=lambda each: each.weight)
        span = slice(int(burst.start / HOUR), int(burst.end / HOUR))
        held += burst.factor.low <= loud[span].sum() / base[span].sum() <= burst.factor.high
    assert held >= 13


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_quiet_months_have_no_burst_mostly(world: World) -> None:
    quiet = [
        not judge_month(draw_month(np.random.default_rng([11, rate, seed]), world, rate)).bursts
        for rate in RATES
        for seed in range(3)
    ]
    # A binomial with 5% has more than 4 of 24 in fewer than one of a hundred cases.
    assert sum(quiet) >= 20


def test_two_bursts_are_told_apart() -> None:
    values = np.tile([2, 3, 1, 2], 180).astype(np.int64)
    values[100:110] += 30
    values[400:404] += 60
    found = detect_bursts(Counts(0.0, HOUR, values)).bursts
    spans = [(burst.start / HOUR, burst.end / HOUR) for burst in found]
    assert spans == [(100.0, 110.0), (400.0, 404.0)]
    assert [burst.count for burst in found] == [
        int(values[100:110].sum()),
        int(values[400:404].sum()),
    ]


def test_more_in_a_burst_makes_it_no_lighter() -> None:
    weights = [
        max(burst.weight for burst in judge_month(draw(3, 300, strength)).bursts)
        for strength in (10.0, 30.0, 100.0)
    ]
    assert weights == sorted(weights)


@given(values=st.lists(st.integers(0, 30), min_size=1, max_size=80))
@settings(max_examples=40)
def test_any_counts_have_sound_bursts_and_always_the_same(values: list[int]) -> None:
    counts = Counts(5 * DAY, HOUR, np.array(values, dtype=np.int64))
    found = detect_bursts(counts)
    assert found.bursts == detect_bursts(counts).bursts
    ends = counts.start
    for burst in found.bursts:
        assert ends <= burst.start < burst.end <= counts.start + len(counts) * HOUR
        assert 0.0 < burst.p_value <= FALSE_ALARM
        assert 0.0 <= burst.factor.low <= burst.factor.value <= burst.factor.high
        ends = burst.end


def test_where_nothing_else_came_in_the_factor_has_no_high_end() -> None:
    values = np.zeros(60, dtype=np.int64)
    values[30] = 40
    (burst,) = detect_bursts(Counts(0.0, DAY, values)).bursts
    assert (burst.start, burst.end, burst.count) == (30 * DAY, 31 * DAY, 40)
    assert burst.factor.high == np.inf


def test_the_rhythm_of_a_longer_series_shows_a_loud_night() -> None:
    # Of two days nobody can tell the rhythm, and what is much at night is little by day.
    times = draw(4, 3_000)
    short = count_per_bin(times[times < 2 * DAY], start=0.0, end=2 * DAY, width=HOUR)
    longer = count_per_bin(draw(5, 30_000), start=0.0, end=30 * DAY, width=HOUR)
    rhythm = fit_base(longer).rhythm
    assert not detect_bursts(short, rhythm=rhythm).bursts
    loud = short.counts.copy()
    loud[25:29] += 7
    night = Counts(0.0, HOUR, loud)
    assert not detect_bursts(night).bursts
    (burst,) = detect_bursts(night, rhythm=rhythm).bursts
    assert 23 * HOUR <= burst.start < burst.end == 29 * HOUR
