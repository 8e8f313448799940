from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.guidelines.proposing.proposed import propose_by_study, taken_from
from tests.guidelines.views.desk import at, editor
from tests.guidelines.written import make_draft, make_line, make_version
from tests.organisations.people import NOW, make_organisation
from tests.studies.studied import make_published

from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.proposing.actions.finding import keep_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.stored import draft_lines_of
from spreekruimte.organisations.models import Role
from spreekruimte.studies.models import Study

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_soon", "storage")]
TAKE_OVER = "Take over as a line of the draft"


def read(client: Client, guideline: Guideline) -> str:
    answer = client.get(address(guideline))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def address(guideline: Guideline, rest: str = "") -> str:
    return at(guideline.organisation, f"{guideline.pk}/proposals/{rest}")


def test_the_workshop_leads_to_proposals() -> None:
    guideline = make_draft(make_line())
    page = editor(guideline.organisation).get(at(guideline.organisation, f"{guideline.pk}/"))
    assert f'href="{address(guideline)}"' in page.content.decode()


def test_proposals_are_asked_for_computed_and_shown() -> None:
    guideline = make_draft(make_line())
    client = editor(guideline.organisation)
    assert "Nobody asked for proposals yet." in read(client, guideline)
    assert client.post(address(guideline, "ask/")).status_code == 302
    page = read(client, guideline)
    assert "The proposals: waits for its turn." in page
    assert "Compute" not in page
    assert client.post(address(guideline, "ask/")).status_code == 409
    ProposedLists.objects.update(stage="running")
    assert "The proposals: is being computed." in read(client, guideline)
    ProposedLists.objects.update(stage="failed")
    page = read(client, guideline)
    assert "failed, and is tried again soon" in page
    assert "Compute them again" in page


def test_too_few_situations_are_told_in_a_sentence_without_a_number_of_agreement() -> None:
    guideline = make_draft(make_line())
    keep_lists(organisation=guideline.organisation, now=NOW)
    page = read(editor(guideline.organisation), guideline)
    assert "Judged were 0 closed cases and 0 vignettes of 0 studies, in 0 judgements." in page
    assert "That is too little for proposals: at least 20 situations" in page
    assert "<table" not in page
    assert "points" not in page


def test_lists_are_shown_with_agreement_certificate_and_both_languages() -> None:
    guideline = make_draft(make_line())
    propose_by_study(guideline.organisation)
    page = read(editor(guideline.organisation), guideline)
    assert "vignettes of 1 study, in 480 judgements." in page
    assert "seed “spreekruimte-proposals-1”" in page
    assert "proved to be the best" in page
    assert "proved: a rule more gains less than half a point" in page
    assert '<dd lang="nl">Toon is “spottend”</dd>' in page
    assert '<dd lang="en">Tone is “mocking”</dd>' in page
    assert "More or other verdicts" not in page
    assert "simulated" not in page
    assert page.count(TAKE_OVER) == 1


def test_what_was_published_since_is_told() -> None:
    guideline = make_draft(make_line())
    propose_by_study(guideline.organisation)
    make_published(guideline.organisation, people=60)
    Study.objects.update(is_simulated=True)
    client = editor(guideline.organisation)
    assert "More or other verdicts and studies are published now." in read(client, guideline)
    keep_lists(organisation=guideline.organisation, now=NOW + timedelta(days=1))
    page = read(client, guideline)
    assert "More or other" not in page
    assert "The people here are simulated" in page


def test_a_public_without_a_pattern_gives_no_rule() -> None:
    guideline = make_draft(make_line())
    propose_by_study(guideline.organisation, lambda _context, number: 1 if number < 4 else -1)
    page = read(editor(guideline.organisation), guideline)
    assert "No rule agrees better with the public than no rule at all." in page
    assert TAKE_OVER not in page


def test_a_rule_is_taken_over_once() -> None:
    guideline = make_draft()
    kept = propose_by_study(guideline.organisation)
    client = editor(guideline.organisation)
    answer = client.post(address(guideline, "take-over/"), taken_from(guideline, kept), follow=True)
    assert "This is now line R1. You can change its text." in answer.content.decode()
    assert len(draft_lines_of(guideline)) == 1
    page = read(client, guideline)
    assert "The draft has this line." in page
    assert TAKE_OVER not in page


def test_what_is_not_proposed_is_refused() -> None:
    guideline = make_draft()
    kept = propose_by_study(guideline.organisation)
    client = editor(guideline.organisation)
    for changes, status in (
        ({"seen": "x"}, 409),
        ({"place": 3}, 409),
        ({"longest": "many"}, 400),
        ({"place": -1}, 400),
    ):
        sent = taken_from(guideline, kept, **changes)
        assert client.post(address(guideline, "take-over/"), sent).status_code == status
    rules = kept.document["lists"][1]["rules"]
    rules[0]["predicate"] = {"attribute": "party_political", "in": ["candidate_own"]}
    kept.save()
    answer = client.post(address(guideline, "take-over/"), taken_from(guideline, kept))
    assert answer.status_code == 400
    assert "rights floor" in answer.content.decode()
    assert draft_lines_of(guideline) == ()


def test_auditors_look_and_change_nothing() -> None:
    guideline = make_draft()
    kept = propose_by_study(guideline.organisation)
    client = editor(guideline.organisation, Role.AUDITOR)
    page = read(client, guideline)
    assert "proved to be the best" in page
    assert TAKE_OVER not in page
    assert "Compute them again" not in page
    assert client.post(address(guideline, "ask/")).status_code == 403
    sent = taken_from(guideline, kept)
    assert client.post(address(guideline, "take-over/"), sent).status_code == 403


def test_nothing_is_taken_over_while_a_version_holds() -> None:
    version = make_version(make_line())
    propose_by_study(version.guideline.organisation)
    assert TAKE_OVER not in read(editor(version.guideline.organisation), version.guideline)


def test_of_another_organisation_there_is_no_page() -> None:
    guideline, other = make_draft(), make_organisation("aasdorp")
    path = at(other, f"{guideline.pk}/proposals/")
    assert editor(other).get(path).status_code == 404
