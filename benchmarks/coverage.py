"""How often the 90% interval of support holds the truth.

On real conversations the truth is the share among all participants, and the interval
comes from a random fifth of them: a fifth of a finite whole knows a little more than the
interval assumes, so slightly above 90% is right. On simulated populations the truth is
the share that the opinions were drawn with. Bounds: 88 to 96% of the statements on which
at least 40 of all participants gave an opinion; 88 to 92% on simulated populations.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.generators import Shape, generate_groups
from benchmarks.real_votes import (
    NAME_WIDTH,
    RealVotes,
    add_data_folder,
    count_opinions,
    read_conversations,
)
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.verdicts import bound_share
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.verdicts.compute import judge_votes

LEVEL = 0.90
FEWEST_OPINIONS = 40
PART = 5
REAL_BOUNDS, SIMULATED_BOUNDS = (0.88, 0.96), (0.88, 0.92)
# The first six are about as the shares of the real conversations are spread, the last two
# are heaped up at the ends.
POPULATIONS = (
    (0.9, 0.6),
    (1.4, 0.7),
    (3.0, 1.0),
    (5.0, 2.0),
    (9.0, 6.0),
    (20.0, 2.0),
    (0.5, 0.5),
    (1.0, 1.0),
    (5.0, 5.0),
    (0.2, 0.2),
    (50.0, 1.0),
)
SIZES = (40, 60, 100, 400, 2_000)
DRAWS = 20_000
SHAPES = (Shape(400, 60, 12_000), Shape(2_000, 150, 60_000))
REAL_HEAD = (
    "conversation".rjust(NAME_WIDTH),
    "statements",
    "intervals",
    "held",
    "worst 1 in 20",
)
SIMULATED_HEAD = ("true shares", *(f"{size:,} op." for size in SIZES), "all")
WHOLE_HEAD = ("participants", "groups", "intervals", "held")

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bound = Callable[[VoteMatrix], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Which intervals held the truth, shape (repeats, statements)."""

    name: str
    flags: Flags

    @property
    def share(self) -> float:
        """Share of the intervals that held."""
        return float(self.flags.mean())


def bound_counts(matrix: VoteMatrix) -> tuple[Floats, Floats]:
    """Bound support on each statement by its counts alone."""
    agree, disagree = count_opinions(matrix)
    return bound_share(agree, disagree, LEVEL)


def bound_by_judging(matrix: VoteMatrix) -> tuple[Floats, Floats]:
    """Take the published intervals of support; 0 and 1 for what is not judged."""
    low, high = np.zeros(matrix.statement_count), np.ones(matrix.statement_count)
    judged = np.flatnonzero(matrix.judged)
    results = judge_votes(matrix).results
    low[judged] = [result.support.low for result in results]
    high[judged] = [result.support.high for result in results]
    return low, high


def compare_parts(conversation: RealVotes, bound: Bound, repeats: int, seed: int) -> Held:
    """Compare the intervals of random fifths with the shares among all participants."""
    matrix = conversation.matrix
    agree, disagree = count_opinions(matrix)
    counted = matrix.judged & (agree + disagree >= FEWEST_OPINIONS)
    truth = agree[counted] / (agree + disagree)[counted]
    flags = np.zeros((repeats, len(truth)), dtype=np.bool_)
    for repeat in range(repeats):
        rng = np.random.default_rng([seed, zlib.crc32(conversation.name.encode()), repeat])
        low, high = bound(_draw_part(rng, matrix))
        flags[repeat] = (low[counted] <= truth) & (truth <= high[counted])
    return Held(conversation.name, flags)


def _draw_part(rng: np.random.Generator, matrix: VoteMatrix) -> VoteMatrix:
    keep = np.zeros(matrix.participant_count, dtype=np.bool_)
    size = matrix.participant_count // PART
    keep[rng.choice(matrix.participant_count, size, replace=False)] = True
    return matrix.select_participants(keep)


def print_parts(parts: Sequence[Held]) -> float:
    """Print the real conversations, and give the share over all of them."""
    print_head(REAL_HEAD)
    for held in parts:
        if held.flags.size:
            _print_part(held.name, held.flags.shape[1], held.flags.size, held.flags.mean(axis=1))
        else:
            print_row(REAL_HEAD, (held.name, "0", "0", "-", "-"))
    sizes = np.array([held.flags.shape[1] for held in parts])
    together = np.hstack([held.flags for held in parts])
    _print_part("all", int(sizes.sum()), together.size, together.mean(axis=1))
    return float(together.mean())


def _print_part(name: str, statements: int, intervals: int, shares: Floats) -> None:
    cells = (name, str(statements), str(intervals), f"{shares.mean():.3f}")
    print_row(REAL_HEAD, (*cells, f"{np.quantile(shares, 0.05):.3f}"))


def simulate_population(seed: int, a: float, b: float) -> Floats:
    """Give the share of intervals that hold, per number of opinions, shape (SIZES,).

    The true shares of the statements are spread as Beta(a, b).
    """
    held = []
    for size in SIZES:
        rng = np.random.default_rng([seed, round(10 * a), round(10 * b), size])
        truth = rng.beta(a, b, DRAWS)
        agree = rng.binomial(size, truth)
        low, high = bound_share(agree, size - agree, LEVEL)
        held.append(float(((low <= truth) & (truth <= high)).mean()))
    return np.array(held)


def print_populations(seed: int) -> list[str]:
    """Print the simulated populations, and give those out of bounds."""
    print_head(SIMULATED_HEAD)
    failures = []
    for a, b in POPULATIONS:
        held, name = simulate_population(seed, a, b), f"B({a:g}, {b:g})"
        print_row(SIMULATED_HEAD, (name, *(f"{share:.3f}" for share in (*held, held.mean()))))
        failures += check(f"true shares from {name}", float(held.mean()), SIMULATED_BOUNDS)
    return failures


def print_whole(seed: int, repeats: int) -> list[str]:
    """Print what the whole of `judge_votes` gives on simulated conversations."""
    print_head(WHOLE_HEAD)
    failures = []
    for shape in SHAPES:
        for shares in ((1.0,), (0.5, 0.3, 0.2)):
            flags = np.concatenate(
                [_judge_simulated(seed, repeat, shape, shares) for repeat in range(repeats)]
            )
            name, held = f"{shape.participants:,}", float(flags.mean())
            cells = (name, str(len(shares)), str(len(flags)), f"{held:.3f}")
            print_row(WHOLE_HEAD, cells)
            failures += check(f"{name} simulated participants", held, SIMULATED_BOUNDS)
    return failures


def _judge_simulated(seed: int, repeat: int, shape: Shape, shares: tuple[float, ...]) -> Flags:
    rng = np.random.default_rng([seed, shape.participants, len(shares), repeat])
    votes = generate_groups(rng, shape, shares=shares)
    truth = np.array(shares) @ votes.agree_rates
    agree, disagree = count_opinions(votes.matrix)
    low, high = bound_by_judging(votes.matrix)
    return np.asarray((low <= truth) & (truth <= high))[agree + disagree >= FEWEST_OPINIONS]


def check(name: str, share: float, bounds: tuple[float, float]) -> list[str]:
    """Say where a share is out of bounds."""
    low, high = bounds
    return [] if low <= share <= high else [f"{name}: {share:.3f}, bound {low} to {high}"]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_folder(parser)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--judged", type=int, default=5, help="repeats through judge_votes")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    conversations = read_conversations(given.data)
    print("A random fifth of each conversation")
    share = print_parts(
        [compare_parts(each, bound_counts, given.repeats, given.seed) for each in conversations]
    )
    failures = check("all conversations", share, REAL_BOUNDS)
    print("\nThe same through judge_votes")
    share = print_parts(
        [compare_parts(each, bound_by_judging, given.judged, given.seed) for each in conversations]
    )
    failures += check("all conversations through judge_votes", share, REAL_BOUNDS)
    print("\nSimulated populations, by number of opinions")
    failures += print_populations(given.seed)
    print("\nSimulated conversations through judge_votes")
    failures += print_whole(given.seed, given.judged)
    print_outcome(failures)


if __name__ == "__main__":
    main()
