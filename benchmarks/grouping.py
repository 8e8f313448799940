"""Our engine against red-dwarf 0.4.0: same votes, same run.

Votes are drawn with known groups. Both engines go from votes in memory to groups and all
statistics per statement, one after the other, each in a process of its own; ours includes
the null model, intervals, second opinion, outcomes and costs to flip, which the peer does
not have. Ratios are theirs divided by ours.

Memory is the peak above the interpreter, votes included in the form that the engine takes
them. Compile time is left out: an earlier process compiles and stores the loops.

The adjusted Rand index with the truth is computed twice: over all participants, where
those whom an engine leaves unassigned count as one group; and over those whom both assign.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
from numpy.typing import NDArray

from benchmarks.conversations import SHARES, Conversation, draw_conversation, read_size
from benchmarks.generators import Indices
from benchmarks.measuring import Limits, Measurement, NoAnswerError, measure
from benchmarks.scoring import adjusted_rand
from benchmarks.tables import print_head, print_row

Flags = NDArray[np.bool_]

COLUMNS = (
    "votes",
    "true groups",
    "CPU s ours",
    "theirs",
    "ratio",
    "peak MiB ours",
    "theirs",
    "ratio",
    "groups ours",
    "theirs",
    "assigned ours",
    "theirs",
    "ARI all ours",
    "theirs",
    "ARI both ours",
    "theirs",
)


def attempt(
    worker: str, talk: Conversation, given: argparse.Namespace, python: str
) -> Measurement | str:
    """Measure one engine; where it has no answer, say why."""
    limits = Limits(seconds=given.seconds, memory_gib=given.memory)
    try:
        return measure(worker, talk.arrays, python=python, limits=limits)
    except NoAnswerError as reason:
        return str(reason)


def describe_pair(talk: Conversation, ours: Measurement, theirs: Measurement | None) -> list[str]:
    """Put one comparison into cells; without an answer of theirs, theirs stay empty."""
    answers = [each.answer["labels"] for each in (ours, theirs) if each]
    both = np.all([labels >= 0 for labels in answers], axis=0)
    qualities = [describe_groups(talk.groups, labels, both) for labels in answers]
    if theirs is None:
        costs = [f"{ours.cpu_seconds:.2f}", "-", "-", f"{ours.peak_mib:.0f}", "-", "-"]
        qualities.append(["-"] * len(qualities[0]))
    else:
        costs = [
            *compare_costs(ours.cpu_seconds, theirs.cpu_seconds),
            *compare_costs(ours.peak_mib, theirs.peak_mib),
        ]
    pairs = zip(*qualities, strict=True)
    quality = [cell for pair in pairs for cell in pair]
    return [f"{talk.votes:,}", str(count_groups(talk.groups)), *costs, *quality]


def compare_costs(ours: float, theirs: float) -> list[str]:
    """Put two costs and their ratio into cells."""
    return [f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}x"]


def describe_groups(truth: Indices, labels: Indices, both: Flags) -> list[str]:
    """Count groups and members, and compare with the truth, over all and over `both`."""
    return [
        str(count_groups(labels)),
        f"{np.mean(labels >= 0):.3f}",
        f"{adjusted_rand(truth, labels):.3f}",
        f"{adjusted_rand(truth[both], labels[both]):.3f}" if both.any() else "-",
    ]


def count_groups(labels: Indices) -> int:
    """Count the groups that have members."""
    return len(np.unique(labels[labels >= 0]))


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.grouping",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--sizes", type=read_size, nargs="+", default=[10_000, 100_000, 1_000_000, 2_000_000]
    )
    parser.add_argument("--groups", type=int, nargs="+", default=[3], choices=sorted(SHARES))
    parser.add_argument("--peer-python", default=sys.executable, help="Python that has red-dwarf")
    parser.add_argument("--alone", action="store_true", help="leave red-dwarf out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1800.0, help="most time for one run")
    parser.add_argument("--memory", type=float, default=16.0, help="most GiB for one run")
    given = parser.parse_args()
    measure("judge", draw_conversation(10_000, "3", given.seed).arrays)
    print_head(COLUMNS)
    for size in given.sizes:
        for count in given.groups:
            compare(draw_conversation(size, str(count), given.seed), given)


def compare(talk: Conversation, given: argparse.Namespace) -> None:
    """Measure both engines on one conversation and print the row."""
    ours = attempt("judge", talk, given, sys.executable)
    theirs = "left out" if given.alone else attempt("red_dwarf", talk, given, given.peer_python)
    if isinstance(ours, str):
        print(f"{talk.votes:,} votes: our engine has no answer: {ours}", flush=True)
        return
    print_row(COLUMNS, describe_pair(talk, ours, None if isinstance(theirs, str) else theirs))
    if isinstance(theirs, str):
        print(f"{talk.votes:,} votes: red-dwarf has no answer: {theirs}", flush=True)


if __name__ == "__main__":
    main()
