"""A million signals of one incident, and months without a burst in which one is claimed.

Bounds: sorting and checking a million signals, both indexes and their bursts in at most 1 s of a
processor together, compiling left out; and at least 95% of quiet months without a burst. A quiet
month has a rhythm of the day and of the week, hours that vary by chance, and in some worlds hours,
parts of a day or whole days that vary more than that (factors from gamma distributions of mean 1).
Then, with no bound, how often a burst is found where there is one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.ophef import (
    Bursts,
    Kind,
    Signals,
    count_items_plus_calls,
    count_per_bin,
    count_robustly,
    describe_voices,
    detect_bursts,
    find_peak,
    make_signals,
    measure_intensity,
    score_online,
)

SECONDS, QUIET = 1.0, 0.95
HOUR, DAYS = 3600.0, 30
MORNING = (0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.0, 1.8, 2.0, 2.0, 1.9)
EVENING = (1.7, 1.6, 1.6, 1.5, 1.4, 1.3, 1.2, 1.2, 1.1, 0.9, 0.6, 0.4)
HOURS = np.array([*MORNING, *EVENING])
WEEK = np.array([1.2, 1.2, 1.2, 1.2, 1.1, 0.6, 0.5])
RATES = (2, 10, 30, 100, 300, 1_000, 3_000, 30_000)
BURST_HOURS = 12
BOUND_STEPS = ("sort and check", "items plus calls", "robust index", "counts per bin", "bursts")
COST_HEAD = ("step                      ", "seconds", "bound")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    """How far intensity varies beside its rhythm: variances of factors of mean 1.

    Saturdays and Sundays have the hours of other days, so many hours `later`.
    """

    name: str
    of_hours: float = 0.0
    of_parts: float = 0.0
    of_days: float = 0.0
    later: int = 0


WORLDS = (
    World("Poisson"),
    World("hours .1", of_hours=0.1),
    World("hours .3", of_hours=0.3),
    World("hours 1", of_hours=1.0),
    World("hours .2, days .1", of_hours=0.2, of_days=0.1),
    World("4 hours .1", of_parts=0.1),
    World("late weekends", of_hours=0.1, later=4),
)


def draw_month(
    rng: np.random.Generator, world: World, rate: float, *, burst: float = 1.0
) -> Floats:
    """Draw the times of the signals of a month with `rate` of them on average.

    From the morning of its 15th day on, `BURST_HOURS` hours have `burst` times their intensity.
    """
    days = np.arange(DAYS) % 7
    means = np.outer(WEEK[days], HOURS)
    means[days > 4] = np.roll(means[days > 4], world.later, axis=1)
    means *= rate / means.sum()
    means *= _draw_factors(rng, world.of_days, DAYS)[:, None]
    means *= np.repeat(_draw_factors(rng, world.of_parts, DAYS * 6), 4).reshape(DAYS, 24)
    means *= _draw_factors(rng, world.of_hours, DAYS * 24).reshape(DAYS, 24)
    means[14, 8 : 8 + BURST_HOURS] *= burst
    counts = rng.poisson(means.ravel())
    begins = np.repeat(np.arange(len(counts)) * HOUR, counts)
    return np.asarray(begins + rng.uniform(0.0, HOUR, len(begins)))


def judge_month(times: Floats) -> Bursts:
    """Look for bursts in a month that was watched from its first to its last second."""
    return detect_bursts(count_per_bin(times, start=0.0, end=DAYS * 24 * HOUR))


def print_quiet(seed: int, months: int) -> list[str]:
    """Print in which part of quiet months no burst is claimed, and give what is below the bound."""
    head = ("signals a month", *(world.name for world in WORLDS))
    print_head(head)
    failures = []
    for rate in RATES:
        shares = [_count_quiet(seed, months, world, rate) / months for world in WORLDS]
        print_row(head, (f"{rate:,}", *(f"{share:.3f}" for share in shares)))
        failures += [
            f"{world.name}, {rate:,} a month: {share:.3f} quiet, bound {QUIET}"
            for world, share in zip(WORLDS, shares, strict=True)
            if share < QUIET
        ]
    return failures


def print_power(seed: int, months: int) -> None:
    """Print in which part of months a burst on the 15th day is found, by its strength."""
    strengths = (2.0, 3.0, 5.0, 10.0, 30.0)
    head = ("signals a month", *(f"x {strength:g}" for strength in strengths))
    print_head(head)
    for rate in RATES:
        shares = [_count_found(seed, months, rate, strength) / months for strength in strengths]
        print_row(head, (f"{rate:,}", *(f"{share:.2f}" for share in shares)))


def draw_million(seed: int, count: int) -> Signals:
    """Draw the signals of one incident: half a year, a burst that decays, a few loud authors."""
    rng = np.random.default_rng(seed)
    calm = rng.uniform(0.0, 180 * 24 * HOUR, count // 2)
    burst = 60 * 24 * HOUR + rng.exponential(48 * HOUR, count - count // 2)
    return make_signals(
        # To the second, as registers have it, so that many signals share their time.
        np.floor(np.minimum(np.concatenate([calm, burst]), 180 * 24 * HOUR - 1.0)),
        rng.integers(len(Kind), size=count),
        authors=np.minimum(rng.zipf(1.3, count), 300_000) - 1,
        outlets=rng.integers(-1, 500, count),
        reach=np.where(rng.random(count) < 0.5, np.nan, rng.integers(1, 10_000, count)),
        direction=rng.integers(-1, 3, count),
        outside=rng.integers(-1, 2, count),
        employers=rng.random(count) < 0.01,
    )


def print_cost(seed: int, count: int) -> list[str]:
    """Print what index and bursts cost, from rows in any order on, and give what is too much."""
    draw_and_judge(seed, 1_000)
    steps = draw_and_judge(seed, count)
    print_head(COST_HEAD)
    for name, seconds in steps.items():
        print_row(COST_HEAD, (name, f"{seconds:.2f}", "-"))
    together = sum(steps[name] for name in BOUND_STEPS)
    print_row(COST_HEAD, ("index and bursts", f"{together:.2f}", f"{SECONDS:.2f}"))
    return [] if together <= SECONDS else [f"index and bursts took {together:.2f} s"]


def draw_and_judge(seed: int, count: int) -> dict[str, float]:
    """Give the processor seconds of each step over `count` signals."""
    took: dict[str, float] = {}
    raw = draw_million(seed, count)

    def clock(name: str, step: Callable[[], object]) -> None:
        before = time.process_time()
        step()
        took[name] = time.process_time() - before

    order = np.random.default_rng(seed).permutation(count)
    columns = {name: getattr(raw, name)[order] for name in Signals.__dataclass_fields__}
    clock("sort and check", lambda: make_signals(**columns))
    clock("items plus calls", lambda: count_items_plus_calls(raw))
    clock("robust index", lambda: count_robustly(raw))
    clock("voices", lambda: describe_voices(raw))
    fuss = raw.times[raw.is_fuss]
    clock("counts per bin", lambda: count_per_bin(fuss))
    counts = count_per_bin(fuss)
    clock("intensity", lambda: measure_intensity(counts))
    clock("peak", lambda: find_peak(counts))
    clock("bursts", lambda: detect_bursts(counts))
    clock("online score", lambda: score_online(counts))
    return took


def _draw_factors(rng: np.random.Generator, variance: float, count: int) -> Floats:
    if variance == 0.0:
        return np.ones(count)
    return rng.gamma(1.0 / variance, variance, count)


def _count_quiet(seed: int, months: int, world: World, rate: int) -> int:
    rngs = (np.random.default_rng([seed, rate, month]) for month in range(months))
    return sum(not judge_month(draw_month(rng, world, rate)).bursts for rng in rngs)


def _count_found(seed: int, months: int, rate: int, strength: float) -> int:
    world = World("hours .1", of_hours=0.1)
    found = 0
    for month in range(months):
        rng = np.random.default_rng([seed, rate, month])
        start = (14 * 24 + 8) * HOUR
        found += any(
            burst.start < start + BURST_HOURS * HOUR and burst.end > start
            for burst in judge_month(draw_month(rng, world, rate, burst=strength)).bursts
        )
    return found


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signals", type=int, default=1_000_000, help="signals of the incident")
    parser.add_argument("--months", type=int, default=100, help="months of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"Processor seconds for {given.signals:,} signals of one incident")
    failures = print_cost(given.seed, given.signals)
    print("\nShare of quiet months without a burst, by what else varies")
    failures += print_quiet(given.seed, given.months)
    print(f"\nShare of months in which a burst of {BURST_HOURS} hours is found, by its factor")
    print_power(given.seed, max(given.months // 4, 1))
    print_outcome(failures)


if __name__ == "__main__":
    main()
