"""What participants say the employer should do: the steps of the ladder, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.verdicts import bound_share
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.verdicts.documents import Document, round_number
from spreekruimte.verdicts.judgement import Interval

MEASURE = "measure"
"""The attribute of a participant that holds the step, from ``0`` to ``8``, or `UNKNOWN`."""
UNKNOWN = "unknown"
STEPS = 9


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: how many chose it, and their share of all who chose one."""

    number: int
    count: int
    share: Interval


@dataclass(frozen=True, slots=True)
class Median:
    """The step that splits who chose one in halves, with the lowest and highest it may be."""

    step: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Measures:
    """All steps in order, who did not know, and the median; None where nobody chose a step."""

    steps: tuple[Step, ...]
    unknown: int
    median: Median | None

    @property
    def chosen(self) -> int:
        """How many chose a step."""
        return sum(step.count for step in self.steps)


def count_measures(matrix: VoteMatrix, level: float) -> Measures:
    """Count the measures that the participants of a matrix chose.

    The share of each step has the credible interval of `bound_share`. The interval of the median
    holds each step at which the share of who chose that step or a lower one can be a half.

    Parameters
    ----------
    matrix
        Votes of which the participants have the attribute `MEASURE`.
    level
        Probability that the interval of a share holds it.
    """
    answers = [answer for answer in matrix.attributes.get(MEASURE, ()) if answer is not None]
    chosen = np.array([int(answer) for answer in answers if answer != UNKNOWN], dtype=np.int64)
    counts = np.bincount(chosen, minlength=STEPS)
    low, high = bound_share(counts, len(chosen) - counts, level)
    return Measures(
        steps=tuple(
            Step(
                number,
                int(counts[number]),
                Interval(
                    int(counts[number]) / len(chosen) if len(chosen) else None,
                    float(low[number]),
                    float(high[number]),
                ),
            )
            for number in range(STEPS)
        ),
        unknown=len(answers) - len(chosen),
        median=_find_median(counts, level) if len(chosen) else None,
    )


def to_document(measures: Measures) -> Document:
    """Lay the counts out as JSON holds them."""
    return {
        "unknown": measures.unknown,
        "median": measures.median
        and {
            "step": measures.median.step,
            "low": measures.median.low,
            "high": measures.median.high,
        },
        "steps": [
            {
                "step": step.number,
                "count": step.count,
                "share": {
                    "estimate": round_number(step.share.estimate),
                    "low": round_number(step.share.low),
                    "high": round_number(step.share.high),
                },
            }
            for step in measures.steps
        ],
    }


def from_document(document: Document) -> Measures:
    """Read back what `to_document` laid out."""
    return Measures(
        steps=tuple(
            Step(each["step"], each["count"], Interval(**each["share"]))
            for each in document["steps"]
        ),
        unknown=document["unknown"],
        median=Median(**document["median"]) if document["median"] else None,
    )


def _find_median(counts: np.ndarray[tuple[int], np.dtype[np.int64]], level: float) -> Median:
    """Find the lower median, and the steps that it may be."""
    up_to = np.cumsum(counts)
    total = int(up_to[-1])
    low, high = bound_share(up_to, total - up_to, level)
    # Whoever chose a step chose the last one or a lower one.
    low[-1] = 1.0
    return Median(
        step=int(np.argmax(2 * up_to >= total)),
        low=int(np.argmax(high >= 0.5)),
        high=int(np.argmax(low >= 0.5)),
    )
