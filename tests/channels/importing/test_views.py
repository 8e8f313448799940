"""An editor takes over a post, and nothing that leads to who wrote it is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from tests.cases.views.desks import Answer, Desk, read
from tests.channels.importing.answering import Server
from tests.ophef.register import make_incident
from tests.organisations.people import make_organisation

from spreekruimte.cases.models import Case, CaseSource
from spreekruimte.cases.queries.editing import latest_of
from spreekruimte.ophef.models import Signal
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db
TOLD = {
    "provenance": "closed_case",
    "description_nl": "Een ambtenaar schrijft dat de regering bewoners te weinig hoort.",
    "description_en": "A public servant writes that the government hears residents too little.",
}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def send(desk: Desk, **given: Any) -> Answer:  # noqa: ANN401 - what a form holds
    address = f"/desk/{desk.organisation.slug}/import/"
    return desk.client.post(address, {"latest": latest_of(desk.organisation), **given})


def stored() -> str:
    return "".join(serialize("json", each._default_manager.all()) for each in apps.get_models())


def test_a_post_is_shown_and_nothing_of_it_is_stored(desk: Desk, mastodon: Server) -> None:
    address = mastodon.post("1", content="<p>Dit kabinet luistert niet, zegt Zoeff.</p>")
    before = stored()
    page = send(desk, address=address)
    assert page.status_code == 200
    assert "Dit kabinet luistert niet, zegt […]" in read(page)
    assert "Answers: 2. Shared: 3. Liked: 5." in read(page)
    assert stored() == before


def test_an_editor_is_warned_of_who_did_not_choose_to_be_searched(
    desk: Desk, mastodon: Server
) -> None:
    warning = "did not choose to be found by searching"
    assert warning not in read(send(desk, address=mastodon.post("1")))
    unsearchable = mastodon.post("2", account={"indexable": False})
    assert warning in read(send(desk, address=unsearchable))


def test_what_an_editor_tells_becomes_a_draft_without_who_wrote_it(
    desk: Desk, mastodon: Server
) -> None:
    address = mastodon.post("1")
    sent = send(desk, address=address, **TOLD)
    case = Case.objects.get()
    assert sent["Location"] == desk.address(case)
    assert (case.state, case.provenance) == ("draft", "closed_case")
    assert case.latest_day == date(2026, 3, 2)
    assert CaseSource.objects.get().citation == "A post on Mastodon of March 2026"
    entry = AuditEntry.objects.get(action="import_post")
    assert entry.details == {
        "network": "mastodon",
        "mentions": 0,
        "replies": 2,
        "shares": 3,
        "likes": 5,
    }
    for leading in (address, mastodon.host, "zoeff", "Haas", "luistert niet naar"):
        assert leading not in stored()


def test_a_telling_that_repeats_the_post_is_sent_back(desk: Desk, mastodon: Server) -> None:
    copied = "Iemand schrijft: dit kabinet luistert niet naar de mensen."
    page = send(desk, address=mastodon.post("1"), **{**TOLD, "description_nl": copied})
    assert page.status_code == 400
    assert "dit kabinet luistert niet naar de mensen" in read(page)
    assert not Case.objects.exists()


def test_what_was_deleted_between_reading_and_telling_is_not_taken_over(
    desk: Desk, mastodon: Server
) -> None:
    address = mastodon.post("1")
    send(desk, address=address)
    del mastodon.posts["1"]
    assert send(desk, address=address, **TOLD).status_code == 409
    assert not Case.objects.exists()


def test_answers_become_mentions_of_an_incident_once_and_as_times_alone(
    desk: Desk, mastodon: Server
) -> None:
    incident = make_incident(desk.organisation, starts_at=datetime(2026, 3, 2, tzinfo=UTC))
    address = mastodon.post("1")
    for number, day in (("2", "03"), ("3", "04"), ("4", "01")):
        mastodon.post(number, created_at=f"2026-03-{day}T10:00:00Z")
    mastodon.answers["1"] = [mastodon.posts[number] for number in "234"]
    for _time in range(2):
        assert send(desk, address=address, incident=incident.pk, **TOLD).status_code == 302
    signals = Signal.objects.filter(incident=incident)
    assert sorted(each.at.day for each in signals) == [3, 4]
    assert {(each.kind, each.platform, each.author, each.reach) for each in signals} == {
        ("mention", "mastodon", None, None)
    }
    assert mastodon.host not in stored()


def test_an_incident_of_another_organisation_is_no_choice(desk: Desk, mastodon: Server) -> None:
    other = make_incident(make_organisation("elders"))
    assert send(desk, address=mastodon.post("1"), incident=other.pk, **TOLD).status_code == 400


def test_the_page_asks_for_an_address_and_says_what_is_wrong(desk: Desk) -> None:
    assert desk.client.get(f"/desk/{desk.organisation.slug}/import/").status_code == 200
    assert send(desk, address="").status_code == 400
    page = send(desk, address="https://x.com/iemand/status/1")
    assert page.status_code == 409
    assert "not the address of a post" in read(page)


def test_a_form_that_is_not_whole_comes_back(desk: Desk, mastodon: Server) -> None:
    page = send(desk, address=mastodon.post("1"), **{**TOLD, "description_en": ""})
    assert page.status_code == 400
    assert "Dit kabinet luistert niet" in read(page)


def test_a_case_that_was_made_meanwhile_is_told(desk: Desk, mastodon: Server) -> None:
    address = mastodon.post("1")
    send(desk, address=address, **TOLD)
    assert send(desk, address=address, latest=0, **TOLD).status_code == 409


def test_only_editors_take_over(desk: Desk) -> None:
    auditor = desk.colleague(Role.AUDITOR, email="auditor@waterdam.example")
    assert auditor.client.get(f"/desk/{desk.organisation.slug}/import/").status_code == 403


def test_the_list_of_cases_leads_there(desk: Desk) -> None:
    assert f"/desk/{desk.organisation.slug}/import/" in desk.get().content.decode()
