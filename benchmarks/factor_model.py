"""Our factor model against the factorisation of Community Notes, or against its bounds.

With --community-notes, each data set goes through both, one after the other, each in a
process of its own; the objectives of both answers are computed by one function in double
precision. Ratios are theirs divided by ours. Without it, ours alone is held to the bounds:
1.5 CPU s for 1e6 ratings, 20 for 1e7.

Memory is the peak above the interpreter, ratings included; below 1 MiB no ratio is given.
Compile time is left out: an earlier process compiles and stores the loops.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.generators import RATING_SHAPES, generate_ratings
from benchmarks.measuring import Arrays, Limits, Measurement, NoAnswerError, measure
from benchmarks.scoring import factor_objective, rank_correlation
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.votes import read_votes

BOUNDS = {1_000_000: 1.5, 10_000_000: 20.0}
AGAINST_PEER = (
    "ratings",
    "CPU s ours",
    "theirs",
    "ratio",
    "peak MiB ours",
    "theirs",
    "ratio",
    "objective ours",
    "objective theirs",
    "not above",
    "rank correlation",
    "with truth",
    "theirs",
)
AGAINST_BOUND = ("ratings", "CPU s", "bound", "ratio", "peak MiB", "of it votes", "objective")


def draw_ratings(size: int, seed: int) -> tuple[Arrays, Arrays]:
    """Draw synthetic ratings; gives them and the truth."""
    drawn = generate_ratings(np.random.default_rng(seed), RATING_SHAPES[size])
    data = {
        "users": drawn.users,
        "items": drawn.items,
        "ratings": drawn.ratings,
        "user_count": np.array(drawn.user_count),
        "item_count": np.array(drawn.item_count),
    }
    return data, {"item_intercepts": drawn.item_intercepts}


def read_ratings(source: Path) -> Arrays:
    """Read votes as ratings: agree 1, pass 1/2, disagree 0.

    As Community Notes does, only users with at least 10 ratings and items with at least
    5 are kept, counted once.
    """
    matrix = read_votes(source)
    users, items = matrix.rows, matrix.columns
    kept = (np.bincount(users)[users] >= 10) & (np.bincount(items)[items] >= 5)
    return {
        "users": users[kept],
        "items": items[kept],
        "ratings": ((matrix.values[kept] + 1) / 2).astype(np.float32),
        "user_count": np.array(matrix.participant_count),
        "item_count": np.array(matrix.statement_count),
    }


def choose_data(given: argparse.Namespace, default: list[int]) -> Iterator[tuple[Arrays, Arrays]]:
    """Give each data set asked for, with its truth, which is empty for real votes."""
    for source in given.votes:
        yield read_ratings(source), {}
    for size in given.sizes if given.sizes is not None else default:
        yield draw_ratings(size, given.seed)


def compare(given: argparse.Namespace) -> None:
    """Print the table against Community Notes."""
    settings = {"checkout": str(given.community_notes.resolve()), "seed": str(given.seed)}
    print_head(AGAINST_PEER)
    for data, truth in choose_data(given, [90_000, 1_000_000]):
        ours = measure("factor_model", data)
        try:
            theirs = measure(
                "community_notes",
                data,
                settings=settings,
                python=given.peer_python,
                limits=Limits(seconds=given.seconds),
            )
        except NoAnswerError as reason:
            print(f"{len(data['ratings']):,} ratings: Community Notes: {reason}", flush=True)
            continue
        print_row(AGAINST_PEER, describe_pair(data, truth, ours, theirs))


def describe_pair(data: Arrays, truth: Arrays, ours: Measurement, theirs: Measurement) -> list[str]:
    """Put one comparison into cells."""
    objectives = [factor_objective(data, each.answer) for each in (ours, theirs)]
    rated = np.bincount(data["items"], minlength=int(data["item_count"])) > 0

    def correlate(one: Arrays, other: Arrays) -> str:
        if not one:
            return "-"
        values = [answer["item_intercepts"][rated] for answer in (one, other)]
        return f"{rank_correlation(*values):.4f}"

    return [
        f"{len(data['ratings']):,}",
        f"{ours.cpu_seconds:.2f}",
        f"{theirs.cpu_seconds:.2f}",
        f"{theirs.cpu_seconds / ours.cpu_seconds:.0f}x",
        f"{ours.peak_mib:.0f}",
        f"{theirs.peak_mib:.0f}",
        f"{theirs.peak_mib / ours.peak_mib:.1f}x" if ours.peak_mib >= 1 else "-",
        f"{objectives[0]:.8f}",
        f"{objectives[1]:.8f}",
        "yes" if objectives[0] <= objectives[1] else "NO",
        correlate(ours.answer, theirs.answer),
        correlate(truth, ours.answer),
        correlate(truth, theirs.answer),
    ]


def check_bounds(given: argparse.Namespace) -> None:
    """Print the table of ours against its bounds."""
    print_head(AGAINST_BOUND)
    for data, _ in choose_data(given, list(BOUNDS)):
        ours = measure("factor_model", data)
        bound = BOUNDS.get(round(len(data["ratings"]), -6))
        print_row(
            AGAINST_BOUND,
            [
                f"{len(data['ratings']):,}",
                f"{ours.cpu_seconds:.2f}",
                "-" if bound is None else f"{bound:g}",
                "-" if bound is None else f"{ours.cpu_seconds / bound:.2f}",
                f"{ours.peak_mib:.0f}",
                f"{ours.votes_mib:.0f}",
                f"{factor_objective(data, ours.answer):.8f}",
            ],
        )


def main() -> None:
    """Read the arguments and print one of the two tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.factor_model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--community-notes", type=Path, help="path of a checkout of theirs")
    parser.add_argument("--peer-python", default=sys.executable, help="Python that has torch")
    parser.add_argument(
        "--sizes",
        type=lambda text: int(float(text)),
        nargs="*",
        help="synthetic ratings to draw: 9e4, 1e6, 1e7; none to leave them out",
    )
    parser.add_argument(
        "--votes", type=Path, nargs="*", default=[], help="conversations to take as ratings"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600.0, help="most time for theirs")
    given = parser.parse_args()
    measure("factor_model", draw_ratings(90_000, given.seed)[0])
    if given.community_notes:
        compare(given)
    else:
        check_bounds(given)


if __name__ == "__main__":
    main()
