"""Hold what is found of the made-up guideline against what is true of who was asked."""

from __future__ import annotations

from datetime import date

from spreekruimte.cases.models import Case
from spreekruimte.demonstration.guideline_truths import survey_truth, voices_truth
from spreekruimte.guidelines.chill.models import Survey
from spreekruimte.guidelines.evidence import Evidence
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.queries.evidence import find_evidence
from spreekruimte.guidelines.queries.versions import versions_of
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.guidelines.voices.models import VoicesQuestion
from spreekruimte.guidelines.voices.queries import count_answers
from spreekruimte.guidelines.voices.showing import measure_shares

STANDINGS = {"not_asked": "not asked yet", "founded": "asked", "lapsed": "lapsed"}
Row = list[str]


def find_all_evidence(today: date) -> list[Evidence]:
    """What each line of the guideline that holds now rests on."""
    guideline = Guideline.objects.get()
    newest, *_ = versions_of(guideline)
    return list(find_evidence(guideline, lines_of(newest), today))


def describe(evidence: Evidence) -> Row:
    """A line with what it rests on, as the documentation writes it."""
    entries = [Case.objects.get(pk=each.case_id).bank_entry for each in evidence.findings]
    return [
        evidence.line.name,
        evidence.line.effect,
        ", ".join(sorted(entries)) or "nothing",
        STANDINGS[evidence.standing],
    ]


def rows_of_chill() -> tuple[list[Row], list[bool]]:
    """The chill of the survey beside what is true, and whether that lies in the interval."""
    survey = Survey.objects.get()
    figures, truth = survey.result.figures, survey_truth()
    told = {"all lines together": set(truth.silent), "R3": {"SY-1"}, "R5": set(truth.silent)}
    rows, inside = [], []
    for name, entries in told.items():
        found = figures["lines"].get(name, figures["overall"])
        true = truth.true_chill(entries)
        rows.append([name, f"{true:.1%}", f"{found['low']:.1%} to {found['high']:.1%}"])
        inside.append(found["low"] <= true <= found["high"])
    return rows, inside


def rows_of_voices() -> tuple[list[Row], list[bool]]:
    """What was answered about several voices beside what is true."""
    shares = measure_shares(count_answers(VoicesQuestion.objects.get()))
    assert shares is not None
    truth = voices_truth().shares
    rows = [
        [each.answer.value, f"{truth[each.answer.value]:.1%}", f"{each.low:.1%} to {each.high:.1%}"]
        for each in shares
    ]
    return rows, [each.low <= truth[each.answer.value] <= each.high for each in shares]
