"""How often the effects of framings, the mirror gap and changes of ballots hold the truth.

Simulated cases with known truth, also without any effect, in three opinion groups that
differ in what they find admissible, in what framings do to them and in how often they
have no opinion. Coverage is that of the 95% interval for one look at a size fixed
beforehand; bound: 93 to 97%, and at the edge, with shares of .88 to .97, at least 93%: there
a few people more or less change an interval by steps. Then the same people come in one after
the other, and the anytime intervals are looked at over and over; bound: at most 5% ever miss.
So for the check of the assignment: at most 5% ever alarm, where arms are assigned as declared.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.framings import (
    Cells,
    Estimates,
    check_assignment,
    compare_ballots,
    measure_framing_effects,
    measure_mirror_gap,
)

LEVEL = 0.95
COVERAGE_BOUNDS, MISS_BOUND = (0.93, 0.97), 0.05
FRAMING_SHARES = np.array([0.1, 0.1, 0.1, 0.6, 0.1])
SIDE_SHARES = np.array([0.5, 0.5])
ARM_SHARES = np.outer(FRAMING_SHARES, SIDE_SHARES)
GROUP_SHARES = np.array([0.5, 0.35, 0.15])
WITHOUT_OPINION = np.array([0.05, 0.15, 0.3])
NAMES = ("function", "distance", "context", "weight_of_context", "pull_of_fuss", "mirror gap")
STEPS = ((0, 1), (1, 2), (2, 3), (0, 3), (3, 4))
HEAD = ("shares".ljust(10), "people", "scope", *NAMES)
MOVE_HEAD = ("moved up".rjust(9), "moved down", "people", "held once", "ever missed")
RATIO_HEAD = ("assigned".ljust(26), "ever alarmed", "people until half alarmed")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """What is true: shape (groups, framings, sides), the chance to answer "admissible"."""

    name: str
    shares: Floats

    @property
    def truth(self) -> Floats:
        """Shape (effects, 1 + groups): the whole first, then each group."""
        by_framing = self.shares @ SIDE_SHARES
        effects = [by_framing[:, to] - by_framing[:, base] for base, to in STEPS]
        effects.append((self.shares[..., 1] - self.shares[..., 0]) @ FRAMING_SHARES)
        by_group = np.array(effects)
        return np.column_stack([by_group @ GROUP_SHARES, by_group])


def make_populations() -> list[Population]:
    """Make one without effects, one at the edge without, and two with effects."""
    base = np.array([0.75, 0.5, 0.25])[:, None, None]
    flat = np.ones((3, 5, 2))
    framings = np.array([0.0, 0.05, 0.08, 0.2, 0.08])[:, None]
    strength = np.array([1.0, 0.5, -0.5])[:, None, None]
    mirror = np.array([-0.05, 0.05])
    edge = np.array([0.97, 0.93, 0.88])[:, None, None]
    return [
        Population("no effect", base * flat),
        Population("edge", edge * flat),
        Population("effects", base + strength * framings + mirror),
        Population("one group", base + np.array([0.0, 0.0, 1.0])[:, None, None] * framings * flat),
    ]


def draw_cells(rng: np.random.Generator, population: Population, people: int) -> Ints:
    """Draw how many of each group give each answer in each arm, without a last row."""
    arms = np.multiply.outer(GROUP_SHARES, ARM_SHARES)
    silent = np.broadcast_to(WITHOUT_OPINION[:, None, None], arms.shape)
    chances = np.stack(
        [(1 - silent) * (1 - population.shares), silent, (1 - silent) * population.shares], axis=-1
    )
    drawn = rng.multinomial(people, (arms[..., None] * chances).ravel())
    return np.asarray(drawn.reshape(chances.shape))


def measure(counts: Ints) -> list[Estimates]:
    """Estimate all effects, in the order of `NAMES`."""
    cells = Cells(np.concatenate([counts, np.zeros_like(counts[:1])]))
    effects = measure_framing_effects(cells, LEVEL)
    return [
        *(getattr(effects, name) for name in NAMES[:-1]),
        measure_mirror_gap(cells, LEVEL),
    ]


def print_coverage(seed: int, sizes: list[int], repeats: int) -> list[str]:
    """Print how often the interval for one look holds, and how wide both are."""
    failures = []
    print_head(HEAD)
    for population in make_populations():
        highest = 1.0 if population.name == "edge" else COVERAGE_BOUNDS[1]
        for people in sizes:
            rng = np.random.default_rng([seed, people])
            found = [measure(draw_cells(rng, population, people)) for _ in range(repeats)]
            low, high = (
                np.array([[getattr(each, end) for each in one] for one in found])
                for end in ("once_low", "once_high")
            )
            told = ~np.isnan(low)
            held = (low <= population.truth) & (population.truth <= high)
            for scope, part in (("whole", slice(0, 1)), ("groups", slice(1, None))):
                share = _share(held[..., part], told[..., part])
                cells = [f"{each:.3f}" for each in share]
                print_row(HEAD, (population.name, f"{people:,}", scope, *cells))
                failures += [
                    f"{population.name}, {people} people, {scope}, {name}: {each:.3f}"
                    for name, each in zip(NAMES, share, strict=True)
                    if not (np.isnan(each) or COVERAGE_BOUNDS[0] <= each <= highest)
                ]
    return failures


def _share(held: Flags, told: Flags) -> Floats:
    """Give the share that held of what was told, per effect; NaN if that was less than half."""
    number = told.sum(axis=(0, 2))
    share = held.sum(axis=(0, 2)) / np.maximum(number, 1)
    return np.where(2 * number >= told[:, 0].size, share, np.nan)


def make_looks(people: int) -> Iterator[int]:
    """Give the sizes of the groups of people between looks: 1 at first, later 4% more."""
    seen = 0
    while seen < people:
        step = min(max(1, seen // 25), people - seen)
        seen += step
        yield step


def print_misses(seed: int, people: int, streams: int) -> list[str]:
    """Print how often an anytime interval ever misses; without effects, that is an alarm."""
    failures = []
    print_head(HEAD)
    for population in make_populations():
        missed = np.array(
            [
                _miss_ever(np.random.default_rng([seed, number]), population, people)
                for number in range(streams)
            ]
        )
        for scope, part in (("whole", slice(0, 1)), ("groups", slice(1, None))):
            share = missed[..., part].mean(axis=(0, 2))
            print_row(
                HEAD, (population.name, f"{people:,}", scope, *(f"{each:.4f}" for each in share))
            )
            failures += [
                f"{population.name}, {scope}, {name}: {each:.4f} ever missed"
                for name, each in zip(NAMES, share, strict=True)
                if each > MISS_BOUND
            ]
    return failures


def _miss_ever(rng: np.random.Generator, population: Population, people: int) -> Flags:
    counts = np.zeros((3, 5, 2, 3), dtype=np.int64)
    missed = np.zeros(population.truth.shape, dtype=np.bool_)
    for step in make_looks(people):
        counts = counts + draw_cells(rng, population, step)
        found = measure(counts)
        low, high = np.array([e.low for e in found]), np.array([e.high for e in found])
        missed |= (low > population.truth) | (population.truth > high)
    return missed


def print_moves(seed: int, people: int, streams: int) -> list[str]:
    """Print the same of changes between two ballots; the rows without a change are alarms."""
    failures = []
    print_head(MOVE_HEAD)
    for up, down in ((0.0, 0.0), (0.05, 0.05), (0.2, 0.2), (0.1, 0.02), (0.3, 0.1)):
        held, missed = 0, 0
        for number in range(streams):
            rng = np.random.default_rng([seed, number])
            held_now, missed_ever = _follow_moves(rng, up, down, people)
            held, missed = held + held_now, missed + missed_ever
        print_row(
            MOVE_HEAD,
            (
                f"{up:g}",
                f"{down:g}",
                f"{people:,}",
                f"{held / streams:.3f}",
                f"{missed / streams:.4f}",
            ),
        )
        if missed > MISS_BOUND * streams:
            failures.append(f"moves of {up:g} and {down:g}: {missed / streams:.4f} ever missed")
        if up > 0.0 and not COVERAGE_BOUNDS[0] <= held / streams <= COVERAGE_BOUNDS[1]:
            failures.append(f"moves of {up:g} and {down:g}: {held / streams:.3f} held")
    return failures


def _follow_moves(
    rng: np.random.Generator, up: float, down: float, people: int
) -> tuple[bool, bool]:
    """Say whether the interval for one look holds in the end, and the anytime one ever misses."""
    drawn = rng.uniform(size=people)
    # The first ballot does not matter to the change: those who move up were against.
    before = np.where(drawn < up, -1, 1)
    after = np.where((drawn >= up) & (drawn < up + down), -1, 1)
    seen, missed = 0, False
    for step in make_looks(people):
        seen += step
        group = np.full(seen, -1)
        change = compare_ballots(before[:seen], after[:seen], group, 0, LEVEL).change
        missed |= bool(change.low[0] > up - down or up - down > change.high[0])
    return bool(change.once_low[0] <= up - down <= change.once_high[0]), missed


def print_ratios(seed: int, people: int, streams: int) -> list[str]:
    """Print how often the check of the assignment ever alarms, and how soon."""
    print_head(RATIO_HEAD)
    shifted = ARM_SHARES.copy()
    shifted[4] *= 0.8
    shifted /= shifted.sum()
    turned = np.outer(FRAMING_SHARES, [0.55, 0.45])
    alarmed = []
    for name, shares in (
        ("as declared", ARM_SHARES),
        ("one framing 20% too little", shifted),
        ("sides 55 to 45", turned),
    ):
        sizes = [
            _alarm_at(np.random.default_rng([seed, number]), shares, people)
            for number in range(streams)
        ]
        alarmed.append(float(np.isfinite(sizes).mean()))
        half = float(np.sort(sizes)[(streams - 1) // 2])
        print_row(RATIO_HEAD, (name, f"{alarmed[-1]:.4f}", f"{half:,.0f}"))
    return [f"assignment: {alarmed[0]:.4f} ever alarmed"] if alarmed[0] > MISS_BOUND else []


def _alarm_at(rng: np.random.Generator, shares: Floats, people: int) -> float:
    assigned = np.zeros(ARM_SHARES.shape, dtype=np.int64)
    for step in make_looks(people):
        assigned = assigned + rng.multinomial(step, shares.ravel()).reshape(shares.shape)
        if check_assignment(assigned, ARM_SHARES).p_value <= MISS_BOUND:
            return float(assigned.sum())
    return np.inf


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[300, 1_000, 5_000])
    parser.add_argument("--repeats", type=int, default=1_000, help="cases per row of coverage")
    parser.add_argument("--streams", type=int, default=400, help="cases that are looked at")
    parser.add_argument("--people", type=int, default=5_000, help="respondents of each of those")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    looks = sum(1 for _ in make_looks(given.people))
    print("Coverage of the 95% interval for one look")
    failures = print_coverage(given.seed, given.sizes, given.repeats)
    print(f"\nShare of 95% anytime intervals that ever miss in {looks} looks")
    failures += print_misses(given.seed, given.people, given.streams)
    print("\nChanges between two ballots")
    failures += print_moves(given.seed, given.people, given.streams)
    print("\nCheck of the assignment, at .05")
    failures += print_ratios(given.seed, given.people, given.streams)
    print_outcome(failures)


if __name__ == "__main__":
    main()
