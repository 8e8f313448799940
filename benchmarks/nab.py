"""The Numenta Anomaly Benchmark: series with labelled windows, and its published scoring rule.

Source of the rule: Lavin and Ahmad 2015, "Evaluating real-time anomaly detection algorithms: the
Numenta Anomaly Benchmark", with the weights of its standard profile.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TRUE_POSITIVE, FALSE_POSITIVE, FALSE_NEGATIVE = 1.0, -0.11, -1.0
PROBATION, MOST_PROBATION = 0.15, 750
FAR = 3.0
"""From so many widths after a window on, an alarm costs all that a false one can."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One file.

    Attributes
    ----------
    name
        Of the file, without its ending.
    times
        Seconds, rising, shape (points,).
    values
        Whole numbers from 0, shape (points,).
    windows
        The first and the last place of each labelled window, in order.
    """

    name: str
    times: Floats
    values: NDArray[np.int64]
    windows: tuple[tuple[int, int], ...]

    @property
    def probation(self) -> int:
        """How many points at the beginning are for learning only, and are not scored."""
        return min(int(PROBATION * len(self.values)), MOST_PROBATION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a detector reaches with the one threshold that is best over all files.

    Attributes
    ----------
    score
        100 for a detector that finds each window at its very beginning and raises no false alarm,
        0 for one that never says anything.
    threshold
        From which anomaly score on there is an alarm.
    found, windows
        How many windows have an alarm, of how many.
    false_alarms
        Points with an alarm outside of the windows.
    """

    score: float
    threshold: float
    found: int
    windows: int
    false_alarms: int


def read_series(folder: Path) -> list[Series]:
    """Read each file of a folder, with its windows from ``combined_windows.json`` beside them."""
    labels = json.loads((folder / "combined_windows.json").read_text())
    windows = {Path(name).name: spans for name, spans in labels.items()}
    return [_read(path, windows[path.name]) for path in sorted(folder.glob("*.csv"))]


def rate(series: Sequence[Series], scores: Sequence[Floats]) -> Outcome:
    """Score a detector over all files with one threshold, the one that is best for it.

    The threshold is lowered through all anomaly scores. An alarm in a window earns the more, the
    earlier it comes, and only the best one of each window counts; a window without an alarm and
    each alarm outside cost; the latter less, shortly after a window.

    Parameters
    ----------
    series
        The files.
    scores
        Anomaly scores of each file, the higher the stranger, shape (points,) each.
    """
    worth, window, anomaly = _lay_out(series, scores)
    windows = sum(len(each.windows) for each in series)
    earned = np.full(windows, FALSE_NEGATIVE)
    total, best = earned.sum(), earned.sum()
    threshold, found, false_alarms, outside = np.inf, 0, 0, 0
    order = np.argsort(-anomaly, kind="stable")
    for step, place in enumerate(order):
        if window[place] < 0:
            total += worth[place]
            outside += 1
        elif worth[place] > earned[window[place]]:
            total += worth[place] - earned[window[place]]
            earned[window[place]] = worth[place]
        is_last = step + 1 == len(order) or anomaly[order[step + 1]] != anomaly[place]
        if is_last and total > best:
            best, threshold = total, float(anomaly[place])
            found, false_alarms = int((earned > FALSE_NEGATIVE).sum()), outside
    nothing, perfect = FALSE_NEGATIVE * windows, TRUE_POSITIVE * windows
    score = 100.0 * float(best - nothing) / (perfect - nothing)
    return Outcome(score, threshold, found, windows, false_alarms)


def weigh_points(series: Series) -> tuple[Floats, NDArray[np.int64]]:
    """Give what an alarm at each point is worth, and the number of its window, -1 outside."""
    points = len(series.values)
    worth, window = np.full(points, FALSE_POSITIVE), np.full(points, -1)
    for number, (first, last) in enumerate(series.windows):
        width = last - first + 1
        inside = np.arange(first, last + 1)
        worth[inside] = TRUE_POSITIVE * _bend((inside - last - 1) / width) / _bend(-1.0)
        window[inside] = number
        after = np.arange(last + 1, points)
        worth[after] = -FALSE_POSITIVE * _bend((after - last) / (width - 1))
    return worth, window


def _bend(position: Floats | float) -> Floats:
    """Give the scaled sigmoid of a place: -1 is where a window begins, 0 where it ends."""
    place = np.asarray(position)
    bent = 2.0 / (1.0 + np.exp(5.0 * np.minimum(place, FAR))) - 1.0
    return np.where(place > FAR, -1.0, bent)


def _lay_out(
    series: Sequence[Series], scores: Sequence[Floats]
) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Put what is scored of all files in one row: worth, window and anomaly score."""
    worths, windows, anomalies = [], [], []
    before = 0
    for each, anomaly in zip(series, scores, strict=True):
        worth, window = weigh_points(each)
        worths.append(worth[each.probation :])
        windows.append(np.where(window < 0, -1, window + before)[each.probation :])
        anomalies.append(anomaly[each.probation :])
        before += len(each.windows)
    return np.concatenate(worths), np.concatenate(windows), np.concatenate(anomalies)


def _read(path: Path, spans: Sequence[Sequence[str]]) -> Series:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    times = np.array([_parse(row["timestamp"]) for row in rows])
    windows = tuple(
        (
            int(np.searchsorted(times, _parse(first))),
            int(np.searchsorted(times, _parse(last), side="right")) - 1,
        )
        for first, last in spans
    )
    values = np.array([int(float(row["value"])) for row in rows])
    return Series(path.stem, times, values, windows)


def _parse(text: str) -> float:
    # Which zone it is does not matter: all that counts is the clock.
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
