"""How often the 95% intervals of the fuss hold the truth, on incidents of known truth.

Bound: 93 to 97%. A row is counted against it where its coverage lies outside by more than twice
its Monte-Carlo error. Parts: excitation (base rate, branching ratio, half-life of a process whose
signals set off others), wave (base rate and half-life of a wave, onset known and not known),
formula (slopes of the regression of the measure, and the set that holds a new measure), gap
(rank correlation of fuss and public).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from benchmarks.bounds import print_outcome
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
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.ophef.estimates import Estimate, Refusal
from spreekruimte.analysis.ophef.excitation import measure_excitation
from spreekruimte.analysis.ophef.formula import (
    Evidence,
    fit_formula,
    fit_regression,
    predict_measure,
    scale_formula,
)
from spreekruimte.analysis.ophef.gap import correlate_ranks
from spreekruimte.analysis.ophef.half_life import measure_wave
from spreekruimte.analysis.ophef.ordinal import bound_slope

LEVEL = 0.95
LOWEST, HIGHEST = 0.93, 0.97
EXCITED = (
    Excited(0.5, 0.8, 0.0, 0.0, 0.5, 28),
    Excited(4.0, 0.8, 0.4, 0.0, 0.5, 14),
    Excited(0.5, 0.8, 0.5, 0.1, 0.5, 28),
    Excited(2.0, 0.9, 0.5, 0.2, 1 / 6, 14),
    Excited(0.5, 0.8, 0.5, 0.3, 0.5, 28),
    Excited(5.0, 0.8, 0.0, 0.4, 0.5, 5),
    Excited(0.2, 0.6, 0.0, 0.5, 1.0, 28),
    Excited(3.0, 0.9, 0.5, 0.5, 2.0, 28),
    Excited(1.0, 0.0, 0.0, 0.5, 0.5, 28, office=10.0),
    Excited(0.1, 0.5, 0.5, 0.6, 6.0, 56),
    Excited(0.5, 0.5, 0.0, 0.6, 1.0, 28),
    Excited(1.0, 0.0, 0.0, 0.7, 0.25, 3),
    Excited(2.0, 0.5, 0.0, 0.8, 2.0, 14),
    Excited(0.5, 0.8, 0.3, 0.9, 0.5, 28),
)
WAVED = (
    Waved(0.5, 0.8, 0.0, 100, 12.0, 28),
    Waved(0.1, 0.5, 0.5, 60, 24.0, 28),
    Waved(2.0, 0.8, 0.3, 500, 6.0, 14),
    Waved(0.5, 0.8, 0.0, 200, 48.0, 56),
    Waved(1.0, 0.5, 0.0, 80, 2.0, 7),
)
REGISTERS = (
    Register(40, 0.5, 0.5, 0.0, 0.05),
    Register(40, 0.0, 0.0, -4.0, 0.05),
    Register(100, 0.5, 0.5, -3.0, 0.1),
    Register(100, 1.0, 0.0, -6.0, 0.15),
    Register(400, 0.8, 0.3, -2.0, 0.1),
)
CORRELATED = ((15, 0.0), (30, 0.0), (30, 0.6), (100, 0.3), (100, 0.9), (15, 0.8))

Truth = TypeVar("Truth")
Hit = Sequence[bool | None]
"""Whether each interval held; None where there was none."""


def cover_excitation(rng: np.random.Generator, truth: Excited) -> Hit:
    """Tell whether the intervals hold base rate, branching ratio and half-life."""
    found = measure_excitation(excite(rng, truth), start=0.0, end=truth.days * DAY, level=LEVEL)
    if isinstance(found, Refusal):
        return (None, None, None)
    return (
        _holds(found.base_rate, truth.base / HOUR),
        _holds(found.branching_ratio, truth.ratio),
        None if truth.ratio == 0.0 else _holds(found.half_life, truth.half_life * HOUR),
    )


def cover_wave(rng: np.random.Generator, truth: Waved) -> Hit:
    """Tell whether the intervals hold base rate and half-life; then half-life, onset not known."""
    times, onset = raise_wave(rng, truth)
    end = truth.days * DAY
    found = measure_wave(times, start=0.0, end=end, level=LEVEL, onset=onset)
    blind = measure_wave(times, start=0.0, end=end, level=LEVEL)
    return (
        None if isinstance(found, Refusal) else _holds(found.base_rate, truth.base / HOUR),
        None if isinstance(found, Refusal) else _holds(found.half_life, truth.half_life * HOUR),
        None if isinstance(blind, Refusal) else _holds(blind.half_life, truth.half_life * HOUR),
    )


def cover_formula(rng: np.random.Generator, truth: Register) -> Hit:
    """Tell whether the slopes hold, and whether the set of a new measure does."""
    drawn = fill_register(rng, truth)
    fuss = scale_formula(drawn.items, drawn.calls)
    both = fit_regression(Evidence(drawn.measures, fuss, drawn.shares, drawn.errors))
    alone = fit_formula(drawn.measures[:-1], drawn.items[:-1], drawn.calls[:-1])
    if isinstance(both, Refusal) or isinstance(alone, Refusal):
        return (None, None, None, None)
    slopes = (truth.items, truth.calls, truth.public)
    last = predict_measure(alone, int(drawn.items[-1]), int(drawn.calls[-1]), level=LEVEL)
    return (
        *(_holds(bound_slope(both, place, LEVEL), slope) for place, slope in enumerate(slopes)),
        last.low <= drawn.measures[-1] <= last.high,
    )


def cover_gap(rng: np.random.Generator, truth: tuple[int, float]) -> Hit:
    """Tell whether the interval holds Kendall's tau of two normal figures."""
    count, correlation = truth
    first, noise = rng.normal(size=(2, count))
    second = correlation * first + math.sqrt(1.0 - correlation**2) * noise
    found = correlate_ranks(first, second, level=LEVEL)
    return (_holds(found, 2.0 / math.pi * math.asin(correlation)),)


def _holds(found: Estimate | Refusal, truth: float) -> bool | None:
    return None if isinstance(found, Refusal) else found.low <= truth <= found.high


def measure(
    cover: Callable[[np.random.Generator, Truth], Hit],
    truths: Sequence[Truth],
    names: Sequence[str],
    places: Sequence[int],
    repeats: int,
    seed: int,
) -> list[str]:
    """Print the coverage for each truth, and give what lies outside the bound."""
    head = ("row", *(text for name in names for text in (name, "error", "told")))
    print_head(head)
    failures = []
    for place in places:
        rng = np.random.default_rng([seed, place])
        hits = list(zip(*(cover(rng, truths[place]) for _ in range(repeats)), strict=True))
        cells = [str(place)]
        for name, hit in zip(names, hits, strict=True):
            told = [each for each in hit if each is not None]
            share = sum(told) / max(1, len(told))
            error = math.sqrt(0.95 * 0.05 / max(1, len(told)))
            cells += [f"{share:.3f}", f"{error:.3f}", str(len(told))]
            if told and not LOWEST - 2.0 * error <= share <= HIGHEST + 2.0 * error:
                failures.append(f"row {place}, {name}: {share:.3f}")
        print_row(head, cells)
    return failures


PARTS: dict[str, tuple[Callable[[np.random.Generator, Any], Hit], Sequence[Any], Sequence[str]]] = {
    "excitation": (cover_excitation, EXCITED, ("base rate", "ratio", "half-life")),
    "wave": (cover_wave, WAVED, ("base rate", "half-life", "onset not known")),
    "formula": (cover_formula, REGISTERS, ("items", "calls", "public", "new measure")),
    "gap": (cover_gap, CORRELATED, ("tau",)),
}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--rows", type=int, nargs="*", help="which of the truths; all without")
    parser.add_argument("--repeats", type=int, default=400, help="incidents or registers per row")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cover, truths, names = PARTS[given.part]
    places = range(len(truths)) if given.rows is None else given.rows
    for place in places:
        print(f"row {place}: {truths[place]}")
    print_outcome(measure(cover, truths, names, places, given.repeats, given.seed))


if __name__ == "__main__":
    main()
