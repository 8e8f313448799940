"""Our online burst detector beside others, on real series with labelled windows.

The series are those of Twitter volumes in the Numenta Anomaly Benchmark, the rule is its own (see
`nab.py`): for each detector the one threshold over all files that is best for it, nothing set per
file. Bound: at least the score of every other detector. Beside the score of all files stand those
with each file left out, in which that file has no say in the threshold.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import log_ndtr

from benchmarks.bounds import print_outcome
from benchmarks.nab import Series, rate, read_series
from benchmarks.tables import print_head, print_row
from spreekruimte.analysis.ophef import Counts, score_online
from spreekruimte.analysis.ophef.automaton import find_bursts

WINDOW, STEP = 6_400, 100
FACTOR = 2.0
SEEDS = range(5)
HEAD = ("detector                              ", "score", "found", "false alarms", "one left out")

Floats = NDArray[np.float64]
Detector = Callable[[Series], Floats]


def score_ours(series: Series) -> Floats:
    """Score by our online detector."""
    width = float(np.median(np.diff(series.times)))
    start = math.floor(series.times[0] / width) * width
    return score_online(Counts(start, width, series.values))


def score_gaussian_tail(series: Series) -> Floats:
    """Score by the tail of a normal distribution fitted to the last points.

    As the benchmark has it: both tails, up to `WINDOW` points, renewed each `STEP` points once
    there are so many. The logarithm keeps apart what would be rounded to the same 1.
    """
    values = series.values.astype(np.float64)
    first, second = np.append(0.0, values.cumsum()), np.append(0.0, np.square(values).cumsum())
    ends = np.arange(len(values))
    ends = np.where(ends <= WINDOW, ends, WINDOW + (ends - WINDOW) // STEP * STEP)
    starts = np.maximum(ends - WINDOW, 0)
    sizes = np.maximum(ends - starts, 1)
    means = (first[ends] - first[starts]) / sizes
    spread = (second[ends] - second[starts]) / sizes - np.square(means)
    scores = -log_ndtr(-np.abs(values - means) / np.sqrt(np.maximum(spread, 1e-6)))
    scores[0] = 0.0
    return np.asarray(scores)


def make_half_space_trees(seed: int) -> Detector:
    """Give river's half-space trees as its documentation shows them, behind its scaler."""
    # Only the environment of the benchmarks has it, and the others are to be compared without it.
    from river import anomaly, preprocessing

    def score(series: Series) -> Floats:
        scaler, trees = preprocessing.MinMaxScaler(), anomaly.HalfSpaceTrees(seed=seed)
        scores = []
        for value in series.values.tolist():
            scaler.learn_one({"value": value})
            point = scaler.transform_one({"value": value})
            scores.append(trees.score_one(point))
            trees.learn_one(point)
        return np.array(scores)

    return score


def score_automaton(series: Series) -> Floats:
    """Score by a two-state automaton without rhythm, run forwards: odds of the burst state.

    Kleinberg's, with Poisson counts: the base rate is the mean so far, that of the burst state
    `FACTOR` times as high, and a step up costs the logarithm of the number of points.
    """
    return np.asarray(_run_forwards(series.values.astype(np.float64)))


def score_automaton_looking_back(series: Series) -> Floats:
    """Score by the same automaton over the whole file: the weight of a burst where it begins.

    It knows all of a burst at its first point, which no detector could on the spot.
    """
    values = series.values.astype(np.float64)
    firsts, _, weights = find_bursts(values, np.full(len(values), values.mean()), 0.0)
    scores = np.zeros(len(values))
    scores[firsts] = weights
    return scores


@njit(cache=True)
def _run_forwards(values: Floats) -> Floats:
    odds = np.empty(len(values))
    step = 1.0 / len(values)
    total, burst = max(values[0], 0.5), step
    for at in range(len(values)):
        mean = total / (at + 1)
        before = min(burst * (1.0 - step) + (1.0 - burst) * step, 1.0 - 1e-12)
        odds[at] = math.log(before / (1.0 - before))
        odds[at] += values[at] * math.log(FACTOR) - (FACTOR - 1.0) * mean
        burst = 1.0 / (1.0 + math.exp(-max(odds[at], -700.0)))
        total += values[at]
    return odds


def list_detectors() -> Iterable[tuple[str, Sequence[Detector]]]:
    """Name the detectors beside ours; of several of one kind, the best is taken."""
    yield "windowed Gaussian tail", [score_gaussian_tail]
    try:
        yield (
            f"half-space trees, best of {len(SEEDS)} seeds",
            [make_half_space_trees(seed) for seed in SEEDS],
        )
    except ImportError:
        print("half-space trees: not compared, since river is not installed here")
    yield "automaton without rhythm", [score_automaton]
    yield "automaton without rhythm, looking back", [score_automaton_looking_back]


def compare(series: Sequence[Series], detectors: Sequence[Detector], name: str) -> float:
    """Print the row of a detector and give its score: that of the best of several."""
    scores = [[detector(each) for each in series] for detector in detectors]
    outcomes = [rate(series, each) for each in scores]
    best = max(range(len(outcomes)), key=lambda at: outcomes[at].score)
    without = [
        rate([*series[:at], *series[at + 1 :]], [*scores[best][:at], *scores[best][at + 1 :]]).score
        for at in range(len(series))
    ]
    found = outcomes[best]
    print_row(
        HEAD,
        (
            name,
            f"{found.score:.1f}",
            f"{found.found}/{found.windows}",
            str(found.false_alarms),
            f"{min(without):.1f}-{max(without):.1f}",
        ),
    )
    return found.score


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with real data, ../shared/data")
    given = parser.parse_args()
    series = read_series(given.shared / "nab")
    print_head(HEAD)
    ours = compare(series, [score_ours], "ours, online")
    failures = [
        f"{name} reaches {score:.1f}, ours {ours:.1f}"
        for name, detectors in list_detectors()
        if (score := compare(series, detectors, name)) > ours
    ]
    print_outcome(failures)


if __name__ == "__main__":
    main()
