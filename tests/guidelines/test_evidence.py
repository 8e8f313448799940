from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.found import make_finding, make_studied
from tests.guidelines.written import holds_where, make_line
from tests.organisations.people import NOW

from spreekruimte.guidelines.evidence import (
    Evidence,
    Finding,
    measure_distances,
    weigh_evidence,
)
from spreekruimte.guidelines.lines import Line

TODAY = NOW.date()
SHARP = holds_where(tone="sharp")
FORBIDS = make_line(predicate=SHARP)
PERMITS = make_line(predicate=SHARP, effect="permit")
LIKED, HATED = make_finding(1), make_finding(2, admissible=5, inadmissible=95)
ELSEWHERE = make_finding(3, tone="neutral")


def weigh(line: Line, *findings: Finding, today: date = TODAY) -> Evidence:
    return weigh_evidence([line], findings, [], days=365, today=today)[0]


def test_a_line_that_holds_nowhere_was_not_asked() -> None:
    for findings in ((), (ELSEWHERE,)):
        evidence = weigh(FORBIDS, *findings)
        assert evidence.standing == "not_asked"
        assert evidence.findings == ()
        assert (evidence.people, evidence.distance, evidence.expires_on) == (0, None, None)


def test_what_is_not_known_of_a_case_is_no_evidence() -> None:
    assert weigh(FORBIDS, make_finding(act_type="like")).standing == "not_asked"


def test_evidence_stands_with_the_newest_finding_first_and_lapses_after_its_days() -> None:
    older = make_finding(4, at=NOW - timedelta(days=100))
    evidence = weigh(FORBIDS, older, LIKED, ELSEWHERE)
    assert evidence.findings == (LIKED, older)
    assert evidence.people == 200
    assert evidence.expires_on == TODAY + timedelta(days=365)
    last_day = TODAY + timedelta(days=364)
    assert weigh(FORBIDS, LIKED, today=last_day).standing == "founded"
    assert weigh(FORBIDS, LIKED, today=last_day + timedelta(days=1)).standing == "lapsed"


def test_a_line_overreaches_where_the_public_finds_it_admissible() -> None:
    distance = weigh(FORBIDS, LIKED, HATED, ELSEWHERE).distance
    assert distance is not None
    assert distance.kind == "overreach"
    assert distance.shown_by == (LIKED,)
    reach = distance.reach
    assert (reach.low, reach.share, reach.high) == pytest.approx((1 / 3,) * 3, abs=0.01)


def test_a_line_that_permits_underreaches_where_the_public_does_not_find_it_admissible() -> None:
    distance = weigh(PERMITS, LIKED, HATED, ELSEWHERE).distance
    assert distance is not None
    assert (distance.kind, distance.shown_by) == ("underreach", (HATED,))


def test_a_line_that_neither_takes_nor_leaves_room_has_no_distance() -> None:
    evidence = weigh(make_line(predicate=SHARP, effect="frame"), LIKED)
    assert evidence.standing == "founded"
    assert evidence.distance is None


def test_a_guideline_is_measured_both_ways() -> None:
    assert measure_distances([FORBIDS], []) == ()
    unknown = make_finding(5, act_type="like")
    hated_elsewhere = make_finding(6, admissible=1, inadmissible=99, tone="neutral")
    over, under = measure_distances([FORBIDS], [LIKED, HATED, hated_elsewhere, unknown])
    assert (over.kind, over.shown_by) == ("overreach", (LIKED,))
    assert (under.kind, under.shown_by) == ("underreach", (hated_elsewhere,))


@given(st.permutations([LIKED, HATED, ELSEWHERE, make_finding(7, 3, 4)]))
def test_evidence_does_not_mind_the_order(findings: list[Finding]) -> None:
    first, second = weigh(FORBIDS, *findings), weigh(FORBIDS, *sorted(findings, key=str))
    assert first.findings == second.findings
    assert first.distance is not None
    assert second.distance is not None
    assert first.distance.reach.share == second.distance.reach.share


def test_a_study_is_evidence_as_well_and_the_newest_of_all_says_until_when() -> None:
    study = make_studied(NOW - timedelta(days=30))
    alone = weigh_evidence([FORBIDS], [], [study], days=365, today=TODAY)[0]
    assert (alone.findings, alone.people, alone.distance) == ((), 0, None)
    assert [each.study_id for each in alone.studies] == [7]
    assert alone.standing == "founded"
    assert alone.expires_on == TODAY + timedelta(days=335)
    both = weigh_evidence([FORBIDS], [LIKED], [study], days=365, today=TODAY)[0]
    assert both.expires_on == TODAY + timedelta(days=365)
    later = TODAY + timedelta(days=335)
    assert weigh_evidence([FORBIDS], [], [study], days=365, today=later)[0].standing == "lapsed"


def test_a_study_that_did_not_ask_a_line_is_no_evidence_for_it() -> None:
    line = make_line(predicate=holds_where(act_type="like"))
    evidence = weigh_evidence([line], [], [make_studied(NOW)], days=365, today=TODAY)[0]
    assert (evidence.studies, evidence.standing) == ((), "not_asked")
