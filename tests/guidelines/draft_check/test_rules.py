from __future__ import annotations

from datetime import timedelta

import pytest
from tests.guidelines.draft_check.ended import make_judged
from tests.guidelines.written import TITLE, holds_where, make_line, make_version
from tests.organisations.people import NOW, make_organisation
from tests.studies.studied import make_published

from spreekruimte.cases.context import Context
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.draft_check.basis import Basis, Guide, find_basis
from spreekruimte.guidelines.draft_check.judged import read_ended
from spreekruimte.guidelines.draft_check.rules import AppliedGuide, apply_guides
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import EVIDENCE_DAYS, Guideline, Version
from spreekruimte.guidelines.queries.evidence import find_evidence
from spreekruimte.guidelines.queries.studied import list_published
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]

SHARP = Context.of({"tone": "sharp"})
TODAY = NOW.date()


def rest_on(version: Version) -> Basis:
    guide = Guide(title_of(version), lines_of(version), "/", version)
    return Basis(tuple(list_published()), (guide,), is_chosen=True)


def apply(
    *lines: Line, context: Context = SHARP, organisation: Organisation | None
) -> AppliedGuide:
    version = make_version(*lines, organisation=organisation or make_organisation())
    (applied,) = apply_guides(rest_on(version), context, read_ended(), today=TODAY)
    return applied


def test_rules_that_hold_stand_apart_from_those_that_may() -> None:
    permits = make_line("R1", predicate=holds_where(tone="sharp"), effect="permit")
    may = make_line("R2", predicate=holds_where(act_type="like"), effect="caution")
    forbids = make_line("R3", predicate=holds_where(tone="sharp"))
    never = make_line("R4", predicate=holds_where(tone="neutral"))
    applied = apply(permits, may, forbids, never, organisation=None)
    assert [each.line.name for each in applied.holding] == ["R3", "R1"]
    assert [each.name for each in applied.possible] == ["R2"]
    assert applied.count == 4
    assert all(each.grounds == () for each in applied.holding)


def test_a_rule_is_as_well_founded_as_its_evidence_says() -> None:
    case = make_judged(tone="sharp")
    line = make_line(predicate=holds_where(tone="sharp"))
    applied = apply(line, organisation=case.organisation)
    (rule,) = applied.holding
    (version,) = (each.version for each in find_basis(f"own:{case.organisation.slug}").guides)
    assert version is not None
    (evidence,) = find_evidence(version.guideline, [line], TODAY)
    assert rule.foundation is not None
    assert rule.foundation.people == evidence.people > 0
    assert rule.foundation.expires_on == evidence.expires_on
    assert rule.foundation.standing == evidence.standing == "founded"
    assert sum(rule.foundation.outcomes.values()) == len(evidence.findings) == 1


def test_a_rule_about_which_only_a_study_asked_is_as_well_founded_as_its_evidence_says() -> None:
    study = make_published()
    line = make_line(predicate=holds_where(tone="sharp"))
    applied = apply(line, organisation=study.organisation)
    (evidence,) = find_evidence(Guideline.objects.get(), [line], TODAY)
    foundation = applied.holding[0].foundation
    assert foundation is not None
    assert (foundation.people, foundation.studies) == (0, len(evidence.studies)) == (0, 1)
    assert foundation.standing == evidence.standing == "founded"
    assert foundation.expires_on == evidence.expires_on


def test_evidence_lapses() -> None:
    case = make_judged(tone="sharp")
    version = make_version(
        make_line(predicate=holds_where(tone="sharp")), organisation=case.organisation
    )
    later = TODAY + timedelta(days=EVIDENCE_DAYS)
    (applied,) = apply_guides(rest_on(version), SHARP, read_ended(), today=later)
    assert applied.holding[0].foundation is not None
    assert applied.holding[0].foundation.standing == "lapsed"


def test_what_another_process_publishes_counts_at_once() -> None:
    case = make_judged(tone="sharp")
    version = make_version(
        make_line(predicate=holds_where(tone="sharp")), organisation=case.organisation
    )
    people = []
    for _time in range(2):
        (applied,) = apply_guides(rest_on(version), SHARP, read_ended(), today=TODAY)
        foundation = applied.holding[0].foundation
        assert foundation is not None
        people.append((foundation.outcomes.total(), foundation.studies))
        make_published(case.organisation)
        Case.objects.filter(pk=case.pk).update(context={"tone": "neutral"})
    assert people == [(1, 0), (0, 1)]


def test_a_rule_of_which_nothing_was_judged_was_not_asked() -> None:
    make_judged(tone="neutral")
    line = make_line(predicate=holds_where(tone="sharp"))
    (rule,) = apply(line, organisation=Organisation.objects.get()).holding
    assert rule.foundation is not None
    assert (rule.foundation.standing, rule.foundation.expires_on) == ("not_asked", None)
    assert rule.foundation.people == 0


def test_of_rules_of_others_the_floor_is_told_and_no_evidence() -> None:
    line = make_line(predicate=holds_where(tone="sharp"), effect="require", duty="prior_advice")
    basis = Basis((), (Guide(TITLE, (line,), "/"),), is_chosen=True)
    (applied,) = apply_guides(basis, SHARP, read_ended(), today=TODAY)
    (rule,) = applied.holding
    assert rule.foundation is None
    assert "Nobody has to ask permission" in rule.grounds[0].in_english()
