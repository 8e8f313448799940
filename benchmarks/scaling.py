"""What judging costs as conversations grow, against the bounds.

Bounds: 2e6 votes of 33,422 people on 783 statements at most 1.5 CPU s and 500 MiB; 1e7
votes at most 8 CPU s; and cost growing with votes to a power of at most 1.1, from 1e5 to
1e7 (the slope of a line through the logarithms; the steepest slope between two sizes that
follow each other is shown as well). A ratio above 1 breaks its bound.

Each size has a process of its own. Measured is everything from votes in memory to the
finished judgement. Memory is the peak above the interpreter, votes included; what the
votes themselves take is shown beside it. Compile time is left out: an earlier process
compiles and stores the loops, and each process judges two tiny conversations first.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.conversations import draw_conversation, read_size
from benchmarks.measuring import Limits, NoAnswerError, measure
from benchmarks.tables import print_head, print_row

SIZES = [100_000, 300_000, 1_000_000, 2_000_000, 3_000_000, 10_000_000]
CPU_BOUNDS = {2_000_000: 1.5, 10_000_000: 8.0}
MEMORY_BOUNDS = {2_000_000: 500.0}
EXPONENT_BOUND = 1.1
COLUMNS = (
    "votes",
    "participants",
    "statements",
    "CPU s",
    "bound",
    "ratio",
    "CPU us/vote",
    "peak MiB",
    "bound",
    "ratio",
    "of it votes",
    "groups",
)


def compare(value: float, bound: float | None) -> list[str]:
    """Put a bound and the ratio to it into cells."""
    return ["-", "-"] if bound is None else [f"{bound:g}", f"{value / bound:.2f}"]


def print_exponents(costs: dict[int, float]) -> None:
    """Fit the power of votes by which cost grows, over all sizes and where it is steepest.

    Costs that do not depend on size flatten the first, not the second.
    """
    if len(costs) < 2:
        return
    votes, seconds = np.log(list(costs)), np.log(list(costs.values()))
    steepest = float((np.diff(seconds) / np.diff(votes)).max())
    votes -= votes.mean()
    overall = float((votes * seconds).sum() / (votes * votes).sum())
    for name, exponent in (("exponent", overall), ("between neighbours, at most", steepest)):
        ratio = exponent / EXPONENT_BOUND
        print(f"{name} {exponent:.3f}, bound {EXPONENT_BOUND:g}, ratio {ratio:.2f}")


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scaling",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=read_size, nargs="+", default=SIZES)
    parser.add_argument(
        "--structure",
        choices=["2", "3", "4", "5", "none", "continuum"],
        default="3",
        help="true number of groups, no structure, or a continuum",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1800.0, help="most time for one run")
    given = parser.parse_args()
    measure("judge", draw_conversation(10_000, "3", given.seed).arrays)
    print("Compile time is left out by a small run beforehand.")
    print_head(COLUMNS)
    costs = {}
    for size in given.sizes:
        talk = draw_conversation(size, given.structure, given.seed)
        try:
            found = measure("judge", talk.arrays, limits=Limits(seconds=given.seconds))
        except NoAnswerError as reason:
            print(f"{talk.votes:,} votes: no answer: {reason}", flush=True)
            continue
        costs[talk.votes] = found.cpu_seconds
        print_row(
            COLUMNS,
            [
                f"{talk.votes:,}",
                f"{talk.shape[0]:,}",
                f"{talk.shape[1]:,}",
                f"{found.cpu_seconds:.2f}",
                *compare(found.cpu_seconds, CPU_BOUNDS.get(size)),
                f"{found.cpu_seconds / talk.votes * 1e6:.2f}",
                f"{found.peak_mib:.0f}",
                *compare(found.peak_mib, MEMORY_BOUNDS.get(size)),
                f"{found.votes_mib:.0f}",
                str(int(found.answer["labels"].max(initial=-1)) + 1),
            ],
        )
    print_exponents(costs)


if __name__ == "__main__":
    main()
