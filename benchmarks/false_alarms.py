"""How often groups are found in votes that have none.

Each data set has another size, sparsity, spread of activity and of exposure, and another
rate of passing; nothing in it but each statement's own rate decides how anyone votes.
Bound: "no groups" in at least 93% of the data sets.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.generators import Behaviour, Shape, generate_structureless
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.opinions import OpinionGroups, find_groups

BOUND = 0.93
PARTICIPANTS, STATEMENTS, VOTES = (50, 3_000), (10, 400), (500, 60_000)
FULLEST = 1 / 3
BANDS = (2_000, 8_000, 20_000, 60_000)
HEAD = ("votes up to", "data sets", "no groups", "p up to .05")


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One data set and what was found in it."""

    number: int
    shape: Shape
    behaviour: Behaviour
    groups: OpinionGroups

    @property
    def is_alarm(self) -> bool:
        """Whether groups were found."""
        return self.groups.outcome == "groups"


def draw_shape(rng: np.random.Generator) -> Shape:
    """Draw a size evenly on the scale of orders of magnitude; at most a third of all cells."""
    while True:
        participants, statements = (
            round(float(np.exp(rng.uniform(*np.log(span))))) for span in (PARTICIPANTS, STATEMENTS)
        )
        most = min(VOTES[1], participants * statements * FULLEST)
        if most >= VOTES[0]:
            votes = round(float(np.exp(rng.uniform(np.log(VOTES[0]), np.log(most)))))
            return Shape(participants, statements, votes)


def draw_behaviour(rng: np.random.Generator) -> Behaviour:
    """Draw how people vote, from even and lively to very uneven and full of passes."""
    return Behaviour(
        activity_spread=rng.uniform(0.0, 1.5),
        exposure_spread=rng.uniform(0.0, 1.2),
        pass_rate=rng.uniform(0.02, 0.5),
        pass_spread=rng.uniform(0.0, 1.2),
        agree_spread=rng.uniform(0.3, 1.8),
    )


def try_set(seed: int, number: int) -> Trial:
    """Look for groups in one data set; its votes follow from `seed` and `number`."""
    rng = np.random.default_rng([seed, number])
    shape, behaviour = draw_shape(rng), draw_behaviour(rng)
    votes = generate_structureless(rng, shape, behaviour=behaviour)
    return Trial(number, shape, behaviour, find_groups(votes.matrix))


def print_trials(trials: Sequence[Trial]) -> None:
    """Print the counts per number of votes, and each false alarm."""
    print_head(HEAD)
    for low, high in zip((0, *BANDS[:-1]), BANDS, strict=True):
        _print_band(f"{high:,}", [each for each in trials if low < each.shape.votes <= high])
    _print_band("all", trials)
    for each in trials:
        if each.is_alarm:
            print(
                f"false alarm in data set {each.number}: {each.shape}, {each.behaviour}, "
                f"sizes {each.groups.sizes}, p {each.groups.p_value:.3f}"
            )


def _print_band(name: str, trials: Sequence[Trial]) -> None:
    quiet = sum(not each.is_alarm for each in trials)
    small = sum(each.groups.p_value <= 0.05 for each in trials)
    print_row(HEAD, (name, str(len(trials)), str(quiet), str(small)))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=100, help="number of data sets")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    trials = [try_set(given.seed, number) for number in range(given.sets)]
    print_trials(trials)
    quiet = sum(not each.is_alarm for each in trials)
    bound = f"{quiet} of {len(trials)}, bound {BOUND:.0%}"
    print_outcome([] if quiet >= BOUND * len(trials) else [f"no groups in {bound}"])


if __name__ == "__main__":
    main()
