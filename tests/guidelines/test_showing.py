from __future__ import annotations

from dataclasses import replace

from tests.guidelines.found import make_finding
from tests.guidelines.written import holds_where, make_line
from tests.organisations.people import NOW

from spreekruimte.guidelines.evidence import weigh_evidence
from spreekruimte.guidelines.showing import MOST_CASES, ShownEvidence, show_evidence
from spreekruimte.verdicts.judgement import Interval


def show(count: int, gap: Interval | None = None) -> ShownEvidence:
    findings = [replace(make_finding(number), mirror_gap=gap) for number in range(1, count + 1)]
    line = make_line(predicate=holds_where(tone="sharp"))
    (evidence,) = weigh_evidence([line], findings, [], days=365, today=NOW.date())
    return show_evidence(evidence)


def test_a_few_cases_are_named_and_the_others_counted() -> None:
    few, many = show(MOST_CASES), show(MOST_CASES + 2)
    assert (len(few.findings), few.more_findings, few.more_shown_by) == (MOST_CASES, 0, 0)
    assert (len(many.findings), many.more_findings) == (MOST_CASES, 2)
    assert (len(many.shown_by), many.more_shown_by) == (MOST_CASES, 2)
    assert many.evidence.people == (MOST_CASES + 2) * (few.evidence.people // MOST_CASES)


def test_a_difference_is_written_with_its_sign() -> None:
    shown = show(1, Interval(-0.1, -0.2, 0.05)).findings[0]
    assert shown.mirror_gap == "\u221210 points (between \u221220 and +5)"
    assert show(1).findings[0].mirror_gap == ""
