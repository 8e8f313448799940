"""Measure the chill that a survey shows: of the whole guideline, and of each of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.chill import FEWEST, Chill, Silence, measure_chill
from spreekruimte.analysis.rules import TRUE, evaluate
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer
from spreekruimte.guidelines.evidence import Finding, draw_found
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.guidelines.vocabulary import code_contexts
from spreekruimte.verdicts.documents import round_number

METHOD = "spreekruimte-chill-1"
Document = dict[str, Any]
Flags = NDArray[np.bool_]


def measure_survey(survey: Survey) -> Document:
    """Measure chill over the cases of a survey of which the verdict is published now.

    A case on which fewer than twenty people gave an answer is left out of every figure: else the
    figures of two lines, one taken from the other, could tell what few colleagues answered.

    Returns
    -------
    dict
        ``respondents``: how many answered; None with fewer than twenty. ``cases``: of how many
        cases the figures can speak. ``overall``: chill of all these cases. ``lines``: the same by
        name of each line that holds in one of them. Each is ``share``, ``low``, ``high``,
        ``respondents`` and ``cases``, the ids of those that the public finds admissible; or None
        where there are too few answers, or the public may well find none of them admissible.
    """
    asked = set(survey.cases.values_list("case", flat=True))
    organisation = survey.version.guideline.organisation
    findings = [each for each in find_findings(organisation) if each.case_id in asked]
    silence = _gather(survey, findings)
    people = survey.respondents.count()
    enough = np.bincount(silence.contexts, minlength=len(findings)) >= FEWEST
    holds = _find_holds(survey, findings)
    return {
        "respondents": people if people >= FEWEST else None,
        "cases": int(enough.sum()),
        "overall": _measure(silence, findings, enough),
        "lines": {
            name: _measure(silence, findings, held & enough)
            for name, held in holds.items()
            if held.any()
        },
    }


def _gather(survey: Survey, findings: Sequence[Finding]) -> Silence:
    """Give the answers as arrays, in one order whatever order they came in."""
    places = {finding.case_id: place for place, finding in enumerate(findings)}
    rows = (
        SurveyAnswer.objects.filter(respondent__survey=survey, asked__case__in=list(places))
        .exclude(answer=SurveyAnswer.Answer.UNKNOWN)
        .order_by("respondent__pseudonym", "asked__place")
        .values_list("respondent", "asked__case", "answer")
    )
    silent = SurveyAnswer.Answer.SILENT
    found = [(person, places[case], answer == silent) for person, case, answer in rows]
    people, contexts, is_silent = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Silence(people, contexts, is_silent.astype(np.bool_))


def _find_holds(survey: Survey, findings: Sequence[Finding]) -> dict[str, Flags]:
    codes = code_contexts([each.context for each in findings])
    return {line.name: evaluate(line.predicate, codes) == TRUE for line in lines_of(survey.version)}


def _measure(silence: Silence, findings: Sequence[Finding], held: Flags) -> Document | None:
    if not held.any():
        return None
    chill = measure_chill(silence, draw_found(findings), held)
    return None if chill is None else _write(chill, findings)


def _write(chill: Chill, findings: Sequence[Finding]) -> Document:
    return {
        "share": round_number(chill.share),
        "low": round_number(chill.low),
        "high": round_number(chill.high),
        "respondents": chill.respondents,
        "cases": [findings[place].case_id for place in chill.contexts],
    }
