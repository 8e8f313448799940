"""How often intervals miss, where the truth is known.

The chance that the anytime interval of support misses the truth at any of the first
2,000 opinions is not simulated but summed up over all ways in which they can come in;
beside it, what happens to who looks at the credible interval that often. Bound: .05.
Then, without a bound, the coverage of the 90% intervals of agreement across groups, and
of support by group: with the groups known, and with those found in the same votes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.generators import Shape, SyntheticVotes, generate_groups
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.bridging import agree_across_groups
from spreekruimte.analysis.opinions import OpinionGroups, find_groups
from spreekruimte.analysis.verdicts import bound_share, bound_share_anytime
from spreekruimte.verdicts.compute import count_votes

ANYTIME_LEVEL, BRIDGING_LEVEL, SUPPORT_LEVEL = 0.95, 0.90, 0.90
BOUND = 0.05
TRUE_SHARES = np.array([0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 0.97, 0.99])
GROUP_COUNTS, GROUP_OPINIONS = (1, 2, 3, 5), (5, 10, 20, 40, 200)
POPULATIONS = ((2.0, 2.0), (1.0, 1.0), (4.0, 2.0), (8.0, 2.0))
DRAWS = 20_000
SHAPES = (Shape(2_000, 100, 60_000), Shape(600, 80, 9_000))
GROUP_SHARES = ((0.6, 0.4), (0.45, 0.35, 0.2))
MISS_HEAD = ("true share", "anytime", "credible")
KNOWN_HEAD = ("shares", "groups", *(f"{size} op." for size in GROUP_OPINIONS))
FOUND_HEAD = (
    "participants",
    "groups",
    "as many found",
    "by group, known",
    "across, known",
    "by group, found",
    "across, found",
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bound = Callable[[Counts, Counts, float], tuple[Floats, Floats]]


def sum_misses(bound: Bound, opinions: int) -> Floats:
    """Give the chance that an interval ever misses, for each of `TRUE_SHARES`.

    Walks over all numbers of opinions with the chance of each number of agrees, and
    takes out what has missed.
    """
    shares = TRUE_SHARES[:, None]
    holding = np.zeros((len(TRUE_SHARES), opinions + 1))
    holding[:, 0] = 1.0
    for size in range(1, opinions + 1):
        stepped = holding * (1.0 - shares)
        stepped[:, 1:] += holding[:, :-1] * shares
        agree = np.arange(size + 1)
        low, high = bound(agree, size - agree, ANYTIME_LEVEL)
        stepped[:, : size + 1] *= (low <= shares) & (shares <= high)
        holding = stepped
    return np.asarray(1.0 - holding.sum(axis=1))


def print_misses(opinions: int) -> list[str]:
    """Print the chances to ever miss, and give those above the bound."""
    print_head(MISS_HEAD)
    anytime, credible = sum_misses(bound_share_anytime, opinions), sum_misses(bound_share, opinions)
    for share, one, other in zip(TRUE_SHARES, anytime, credible, strict=True):
        print_row(MISS_HEAD, (f"{share:g}", f"{one:.4f}", f"{other:.4f}"))
    return [
        f"true share {share:g}: {chance:.4f}, bound {BOUND}"
        for share, chance in zip(TRUE_SHARES, anytime, strict=True)
        if chance > BOUND
    ]


def cover_known(rng: np.random.Generator, population: tuple[float, float], groups: int) -> Floats:
    """Give the coverage of agreement across known groups, per number of opinions in each."""
    covered = []
    for size in GROUP_OPINIONS:
        truth = rng.beta(*population, (groups, DRAWS))
        agree = rng.binomial(size, truth)
        found = agree_across_groups(agree, size - agree, level=BRIDGING_LEVEL)
        mean = np.exp(np.log(truth).mean(axis=0))
        covered.append(float(((found.low <= mean) & (mean <= found.high)).mean()))
    return np.array(covered)


def print_known(seed: int) -> None:
    """Print the coverage with the groups known."""
    print_head(KNOWN_HEAD)
    for population in POPULATIONS:
        for groups in GROUP_COUNTS:
            rng = np.random.default_rng([seed, groups, *(round(each) for each in population)])
            covered = cover_known(rng, population, groups)
            name = "B({:g}, {:g})".format(*population)
            print_row(KNOWN_HEAD, (name, str(groups), *(f"{each:.3f}" for each in covered)))


def print_found(seed: int, repeats: int) -> None:
    """Print the coverage by group and across groups, with the true groups and those found.

    Only conversations in which as many groups are found as there are can be compared.
    """
    print_head(FOUND_HEAD)
    for shape in SHAPES:
        for shares in GROUP_SHARES:
            tried = [_cover_conversation(seed, repeat, shape, shares) for repeat in range(repeats)]
            covered = [each for each in tried if each is not None]
            means = np.mean(covered, axis=0) if covered else np.full(4, np.nan)
            cells = (f"{shape.participants:,}", str(len(shares)), f"{len(covered)} of {repeats}")
            print_row(FOUND_HEAD, (*cells, *(f"{mean:.3f}" for mean in means)))


def _cover_conversation(
    seed: int, repeat: int, shape: Shape, shares: tuple[float, ...]
) -> tuple[float, float, float, float] | None:
    """Give the coverage by group and across groups: groups known, then groups found."""
    rng = np.random.default_rng([seed, shape.participants, len(shares), repeat])
    votes = generate_groups(rng, shape, shares=shares)
    found = find_groups(votes.matrix)
    if found.count != len(shares):
        return None
    members = [np.bincount(votes.groups[found.labels == group]) for group in range(found.count)]
    likeliest = [int(each.argmax()) for each in members]
    known = replace(found, labels=votes.groups)
    by_group, across = _cover(votes, known, list(range(found.count)))
    return (by_group, across, *_cover(votes, found, likeliest))


def _cover(votes: SyntheticVotes, groups: OpinionGroups, truth: list[int]) -> tuple[float, float]:
    """Give the coverage by group and across groups; `truth` is the true group of each."""
    tally, rates = count_votes(votes.matrix, groups), votes.agree_rates
    agree, disagree = tally.agree[1:], tally.disagree[1:]
    low, high = bound_share(agree, disagree, SUPPORT_LEVEL)
    across = agree_across_groups(agree, disagree, level=BRIDGING_LEVEL)
    mean = np.exp(np.log(rates).mean(axis=0))
    return (
        float(((low <= rates[truth]) & (rates[truth] <= high)).mean()),
        float(((across.low <= mean) & (mean <= across.high)).mean()),
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=int, default=2_000, help="how many come in")
    parser.add_argument("--repeats", type=int, default=40, help="conversations to judge")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"Chance that a 95% interval ever misses over {given.opinions:,} opinions")
    failures = print_misses(given.opinions)
    print("\nCoverage of the 90% interval of agreement across known groups, by opinions in each")
    print_known(given.seed)
    print("\nCoverage of 90% intervals by group and across groups, groups known and groups found")
    print_found(given.seed, given.repeats)
    print_outcome(failures)


if __name__ == "__main__":
    main()
