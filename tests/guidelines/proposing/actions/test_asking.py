from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.guidelines.proposing.proposed import propose_by_study, taken_from
from tests.guidelines.written import holds_where, make_draft, make_line, make_version
from tests.organisations.people import NOW, make_organisation

from spreekruimte.analysis.rules import write_predicate
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.proposing.actions.asking import ask_for_lists, take_over
from spreekruimte.guidelines.proposing.actions.finding import keep_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.stored import draft_lines_of
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
BY: Any = {"actor": OPERATOR, "now": NOW}


def test_who_asks_for_lists_waits_for_them_and_the_trail_says_so() -> None:
    organisation = make_organisation()
    asked = ask_for_lists(organisation=organisation, **BY)
    assert asked.stage == "waiting"
    assert AuditEntry.objects.get(action="ask_for_lists").organisation_id == organisation.pk
    with pytest.raises(RefusedError, match="computed already"):
        ask_for_lists(organisation=organisation, **BY)


def test_lists_are_asked_for_again_once_they_are_found() -> None:
    organisation = make_organisation()
    keep_lists(organisation=organisation, now=NOW)
    assert ask_for_lists(organisation=organisation, **BY).stage == "waiting"


def test_a_rule_is_taken_over_as_a_line_with_what_it_rests_on() -> None:
    kept = propose_by_study(make_organisation())
    guideline = make_draft(organisation=kept.organisation)
    row = take_over(guideline=guideline, **taken_from(guideline, kept), **BY)
    (line,) = draft_lines_of(guideline)
    assert (row.name, line.effect) == ("R1", "forbid")
    assert line.predicate == read_condition({"attribute": "tone", "in": ["mocking"]})
    assert line.source.startswith("Proposed from what the public found of ")
    assert line.dated == NOW.date().isoformat()
    assert AuditEntry.objects.filter(action="add_line").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"seen": "0" * 64}, {"longest": 0}, {"longest": 9}, {"place": 1}, {"stage": "waiting"}],
    ids=str,
)
def test_what_is_not_proposed_now_is_not_taken_over(changes: dict[str, Any]) -> None:
    kept = propose_by_study(make_organisation())
    guideline = make_draft(organisation=kept.organisation)
    asked = {"stage": "done", **taken_from(guideline, kept), **changes}
    ProposedLists.objects.update(stage=asked.pop("stage"))
    with pytest.raises(RefusedError):
        take_over(guideline=guideline, **asked, **BY)
    assert draft_lines_of(guideline) == ()


def test_nothing_is_taken_over_into_a_guideline_that_is_not_being_written() -> None:
    kept = propose_by_study(make_organisation())
    guideline = make_version(make_line(), organisation=kept.organisation).guideline
    with pytest.raises(RefusedError, match="does not allow"):
        take_over(guideline=guideline, **taken_from(guideline, kept), **BY)


def test_what_is_taken_over_keeps_to_the_rights_floor_once_more() -> None:
    kept = propose_by_study(make_organisation())
    guideline = make_draft(organisation=kept.organisation)
    protected = write_predicate(holds_where(party_political="candidate_own"), rule_attributes())
    kept.document["lists"][1]["rules"][0]["predicate"] = protected
    kept.save()
    with pytest.raises(ValidationError, match="rights floor"):
        take_over(guideline=guideline, **taken_from(guideline, kept), **BY)
    assert draft_lines_of(guideline) == ()
