"""Incidents beside each other: the formula, its test, and where fuss and public part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.estimates import Reason, Refusal
from spreekruimte.analysis.ophef.formula import (
    Evidence,
    FormulaTest,
    examine_formula,
    fit_formula,
    predict_measure,
    scale_formula,
    scale_running_sum,
)
from spreekruimte.analysis.ophef.gap import (
    FEWEST_INCIDENTS,
    calibrate,
    correlate_ranks,
    order_by_gap,
)
from spreekruimte.analysis.ophef.intervals import LEVEL
from spreekruimte.analysis.ophef.ordinal import OrdinalFit
from spreekruimte.ophef.measuring.figures import Figures, describe_estimate, describe_refusal
from spreekruimte.verdicts.documents import round_number

METHOD = "formula 1"
"""What names the way in which incidents become a comparison."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """That rules were looked at after an incident: when, in days, and what became of them."""

    on: int
    strictness: int


@dataclass(frozen=True, slots=True)
class ComparedIncident:
    """What is known of an incident for the test of the formula.

    Attributes
    ----------
    incident, case
        Their ids; no case where the incident is about none.
    started
        In days since 1 January of year 1.
    items, calls
        As the formula counts them.
    measure
        The most severe step of the ladder that the employer took; None where none is recorded.
    verdict
        Names the figures of the verdict; empty where there is none, or the case is asked.
    share, error
        Which share finds the post admissible, with its standard error; None without a verdict.
    """

    incident: int
    case: int | None
    started: int
    items: int
    calls: int
    measure: int | None
    rules: tuple[RuleChange, ...] = ()
    verdict: str = ""
    share: float | None = None
    error: float | None = None

    @property
    def index(self) -> int:
        """Media items plus phone calls."""
        return self.items + self.calls


def digest_incidents(incidents: Sequence[ComparedIncident]) -> str:
    """Name the incidents by 64 hexadecimal digits; shares follow from the verdict's name."""
    told = [{**asdict(each), "share": None, "error": None} for each in incidents]
    text = json.dumps([METHOD, sorted(told, key=lambda each: int(each["incident"] or 0))])
    return hashlib.sha256(text.encode()).hexdigest()


def predict_all(incidents: Sequence[ComparedIncident]) -> Figures:
    """Fit the formula on all incidents with a measure; say what it would have done in each.

    Returns
    -------
    Figures
        ``fitted_on`` and ``measures``: of each incident its ``[step, low, high]``; or ``refusal``.
    """
    formula, fitted_on = _fit(incidents)
    if isinstance(formula, Refusal):
        return {"fitted_on": fitted_on, "refusal": describe_refusal(formula)}
    told = {}
    for each in incidents:
        found = predict_measure(formula, each.items, each.calls, level=LEVEL)
        told[str(each.incident)] = [found.step, found.low, found.high]
    return {"fitted_on": fitted_on, "measures": told}


def compare_incidents(incidents: Sequence[ComparedIncident]) -> Figures:
    """Put the formula to the test on the incidents of an organisation, and find the ophef gap."""
    judged = [each for each in incidents if each.share is not None]
    fuss, refused, errors = _columns(judged)
    gaps = order_by_gap(fuss, refused, errors, level=LEVEL)
    return {
        "incidents": len(incidents),
        "judged": len(judged),
        "measures": _examine_measures(judged),
        "rules": _examine_rules(incidents, judged),
        "tau": describe_estimate(correlate_ranks(fuss, refused, level=LEVEL)),
        "calibration": _calibrate(incidents, judged),
        "gaps": [
            {
                "incident": judged[place].incident,
                "case": judged[place].case,
                "index": judged[place].index,
                "above": round_number(_share_below(fuss, fuss[place])),
                "inadmissible": round_number(float(refused[place])),
                "error": round_number(float(errors[place])),
                "gap": [
                    round_number(float(column[place])) for column in (gaps.gap, gaps.low, gaps.high)
                ],
            }
            for place in gaps.order.tolist()
        ],
    }


def _fit(incidents: Sequence[ComparedIncident]) -> tuple[OrdinalFit | Refusal, int]:
    ended = [each for each in incidents if each.measure is not None]
    measures, items, calls = (
        np.array([pick(each) for each in ended], dtype=np.int64)
        for pick in (_measure_of, lambda each: each.items, lambda each: each.calls)
    )
    return fit_formula(measures, items, calls), len(ended)


def _examine_measures(judged: Sequence[ComparedIncident]) -> Figures:
    ended = [each for each in judged if each.measure is not None]
    counts = np.array([[each.items, each.calls] for each in ended], dtype=np.int64).reshape(-1, 2)
    fuss = scale_formula(counts[:, 0], counts[:, 1])
    return _examine(ended, np.array([_measure_of(each) for each in ended], dtype=np.int64), fuss)


def _examine_rules(
    incidents: Sequence[ComparedIncident], judged: Sequence[ComparedIncident]
) -> Figures:
    changes = [(each, change) for each in judged for change in each.rules]
    moments = np.array([change.on for _each, change in changes], dtype=np.float64)
    started = np.array([each.started for each in incidents], dtype=np.float64)
    index = np.array([each.index for each in incidents], dtype=np.int64)
    outcomes = np.array([change.strictness for _each, change in changes], dtype=np.int64)
    fuss = scale_running_sum(moments, started, index)
    return _examine([each for each, _change in changes], outcomes, fuss)


def _examine(
    incidents: Sequence[ComparedIncident],
    outcomes: NDArray[np.int64],
    fuss: NDArray[np.float64],
) -> Figures:
    _index, refused, errors = _columns(incidents)
    found = examine_formula(Evidence(outcomes, fuss, 1.0 - refused, errors), level=LEVEL)
    return describe_refusal(found) if isinstance(found, Refusal) else _describe_test(found)


def _describe_test(test: FormulaTest) -> Figures:
    return {
        "incidents": test.incidents,
        "by_fuss": describe_estimate(test.by_fuss),
        "by_public": describe_estimate(test.by_public),
    }


def _calibrate(
    incidents: Sequence[ComparedIncident], judged: Sequence[ComparedIncident]
) -> Figures:
    if len(judged) < FEWEST_INCIDENTS:
        too_few = Refusal(Reason.TOO_FEW_INCIDENTS, len(judged), FEWEST_INCIDENTS)
        return describe_refusal(too_few)
    formula, _fitted_on = _fit(incidents)
    if isinstance(formula, Refusal):
        return describe_refusal(formula)
    _index, refused, errors = _columns(judged)
    severities = np.array([_expect(formula, each) for each in judged], dtype=np.float64)
    bins = calibrate(severities, refused, errors, level=LEVEL)
    columns = (bins.severity, bins.share, bins.low, bins.high)
    return {
        "bins": [
            [*(round_number(float(column[place])) for column in columns), int(count)]
            for place, count in enumerate(bins.incidents)
        ]
    }


def _expect(formula: OrdinalFit, incident: ComparedIncident) -> float:
    """Give the mean step that the formula predicts."""
    chances = predict_measure(formula, incident.items, incident.calls, level=LEVEL).chances
    return float((chances * np.arange(len(chances))).sum())


def _columns(
    incidents: Sequence[ComparedIncident],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give the fuss, the share that finds the post not admissible, and its standard error."""
    picks: tuple[Callable[[ComparedIncident], float], ...] = (
        lambda each: float(each.index),
        lambda each: 1.0 - (each.share or 0.0),
        lambda each: each.error or 0.0,
    )
    fuss, refused, errors = (np.array([pick(each) for each in incidents], float) for pick in picks)
    return fuss, refused, errors


def _share_below(fuss: NDArray[np.float64], own: float) -> float:
    """Give which part of the other incidents had less fuss; a tie counts for half."""
    others = len(fuss) - 1
    if not others:
        return 0.5
    ties = float((fuss == own).sum()) - 1.0
    return (float((fuss < own).sum()) + ties / 2.0) / others


def _measure_of(incident: ComparedIncident) -> int:
    return -1 if incident.measure is None else incident.measure
