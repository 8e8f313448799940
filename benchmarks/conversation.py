"""How often the intervals of a conversation hold, where the truth is known.

Times to an answer are drawn with a known median, and part of the questions still wait when one
looks; shares, pairs and groups are drawn with known chances. Bound: the 95% intervals hold in at
least 93% of the draws; that of the mix of groups from 30 people on. Beside it, the chance that a
message is said to be agreed on in every group while one group is at half against half: at most
5%, whatever the number of groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.bounds import print_outcome
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.bridging.every_group import find_least_agreement
from spreekruimte.analysis.conversation import (
    estimate_diversity,
    estimate_reciprocity,
    estimate_share,
    estimate_wait,
)
from spreekruimte.analysis.ophef.estimates import Estimate

DRAWS = 2_000
LEAST, MOST_WRONG = 0.93, 0.05
SIZES = (10, 30, 100, 400)
SHARES = (0.1, 0.5, 0.8)
GROUPS = ((0.5, 0.5), (0.7, 0.3), (0.9, 0.1), (0.5, 0.3, 0.2))
OPINIONS = (10, 40, 200)
HEAD = ("figure of a conversation", "truth drawn", *(f"n = {size}" for size in SIZES))

Draw = Callable[[Generator, int], Estimate | None]


@dataclass(frozen=True)
class Truth:
    """Something that can be drawn, and what its figure should be."""

    figure: str
    drawn: str
    value: float
    draw: Draw


def list_truths() -> Iterator[Truth]:
    """Go through all that is drawn."""
    for share in SHARES:
        yield Truth("share answered", f"{share:.0%}", share, _draw_share(share))
        yield Truth("answers both ways", f"{share:.0%}", share, _draw_pairs(share))
    for waiting in (0.0, 0.2, 0.4):
        yield Truth("time to an answer", f"{waiting:.0%} wait", np.log(2.0), _draw_wait(waiting))
    for shares in GROUPS:
        truth = (1.0 - sum(share**2 for share in shares)) / (1.0 - 1.0 / len(shares))
        name = "/".join(f"{share:.0%}" for share in shares)
        yield Truth("mix of groups", name, truth, _draw_groups(shares))


def count_holding(truth: Truth, size: int, draws: int) -> float:
    """Give the share of the draws in which the interval holds the truth."""
    rng = np.random.default_rng(20261129)
    found = (truth.draw(rng, size) for _ in range(draws))
    return sum(each is not None and each.low <= truth.value <= each.high for each in found) / draws


def count_wrong(groups: int, opinions: int, draws: int) -> float:
    """Give how often most of every group is said to agree, where one is half against half."""
    rng = np.random.default_rng(20261129)
    shares = np.array([0.5] + [0.95] * (groups - 1))[:, None]
    agree = rng.binomial(opinions, shares, (groups, draws))
    found = find_least_agreement(agree, opinions - agree, level=0.95)
    return float((found.low > 0.5).mean())


def main() -> None:
    """Draw, and print how often the intervals hold."""
    failures: list[str] = []
    print_head(HEAD)
    for truth in list_truths():
        held = [count_holding(truth, size, DRAWS) for size in SIZES]
        print_row(HEAD, (truth.figure, truth.drawn, *(f"{each:.1%}" for each in held)))
        lowest = min(held[1:] if truth.figure == "mix of groups" else held)
        if lowest < LEAST:
            failures.append(f"{truth.figure}, {truth.drawn}: {lowest:.1%}")
    head = ("groups", *(f"{opinions} opinions each" for opinions in OPINIONS))
    print_head(head)
    for groups in (1, 2, 3, 5):
        wrong = [count_wrong(groups, opinions, 10 * DRAWS) for opinions in OPINIONS]
        print_row(head, (str(groups), *(f"{each:.2%}" for each in wrong)))
        if max(wrong) > MOST_WRONG:
            failures.append(f"{groups} groups: {max(wrong):.1%} wrong")
    print_outcome(failures)


def _draw_share(share: float) -> Draw:
    return lambda rng, size: estimate_share(int(rng.binomial(size, share)), size)


def _draw_pairs(share: float) -> Draw:
    def draw(rng: Generator, size: int) -> Estimate | None:
        first = np.arange(size) * 2
        mutual = first[rng.random(size) < share]
        speakers = np.concatenate([first, mutual + 1])
        return estimate_reciprocity(speakers, np.concatenate([first + 1, mutual]))

    return draw


def _draw_wait(waiting: float) -> Draw:
    """Draw exponential times of mean 1; so many still wait when one looks."""
    # Two exponential clocks: the one that stops looking goes off first in this part of the draws.
    rate = waiting / (1.0 - waiting)

    def draw(rng: Generator, size: int) -> Estimate | None:
        times: NDArray[np.float64] = rng.exponential(1.0, size)
        looks = rng.exponential(1.0 / rate, size) if rate else np.full(size, np.inf)
        return estimate_wait(np.minimum(times, looks), times <= looks)

    return draw


def _draw_groups(shares: tuple[float, ...]) -> Draw:
    return lambda rng, size: estimate_diversity(rng.multinomial(size, shares))


if __name__ == "__main__":
    main()
