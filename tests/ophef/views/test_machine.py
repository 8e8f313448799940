"""Signals over HTTP, as phone systems send them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.ophef.register import START, make_incident
from tests.ophef.tokens import SECRET, make_token
from tests.organisations.people import NOW, make_organisation

from spreekruimte.look.programs import LARGEST_BODY
from spreekruimte.ophef import access
from spreekruimte.ophef.actions.incidents import close_incident
from spreekruimte.ophef.actions.tokens import revoke_token
from spreekruimte.ophef.models import AccessToken, Incident, Signal, Tally
from spreekruimte.ophef.views import machine
from spreekruimte.organisations.models import OPERATOR, AuditEntry

Response = Any
pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "docs" / "ophef-over-http.md"


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def incident() -> Incident:
    incident = make_incident()
    make_token(incident.organisation, AccessToken.Use.ENDPOINT)
    return incident


def post(body: object, *, token: str = SECRET, key: str = "", **options: Response) -> Response:
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    if key:
        headers["Idempotency-Key"] = key
    data = body if isinstance(body, str) else json.dumps(body)
    client = Client(enforce_csrf_checks=True, headers=headers)
    return client.post("/ophef/signals", data, **{"content_type": "application/json", **options})


def is_problem(response: Response, status: int) -> str:
    """A problem with a sentence, and nothing stored; gives the sentence."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response.json()["status"] == status
    assert not Signal.objects.exists()
    return str(response.json()["detail"])


def test_a_call_is_one_field_and_enters_now(incident: Incident) -> None:
    response = post({"incident": incident.pk})
    signal = Signal.objects.get()
    assert (response.status_code, response.json()) == (201, {"signal": signal.pk})
    assert (signal.kind, signal.at, signal.source) == ("call", NOW, "endpoint")
    assert AccessToken.objects.get().used_on == NOW.date()
    assert AuditEntry.objects.get(action="record_signal").actor.startswith("token ")


def test_everything_that_is_told_is_kept_save_who_it_was(incident: Incident) -> None:
    at = NOW - timedelta(hours=1)
    told = {"kind": "email", "author": "a@b.example", "direction": "against", "outside": True}
    post({"incident": incident.pk, "at": at.isoformat(), **told})
    signal = Signal.objects.get()
    assert (signal.kind, signal.at, signal.direction, signal.is_outside) == ("email", at, -1, True)
    assert signal.author is not None
    assert "b.example" not in str(Signal.objects.values().get())


def test_the_same_key_enters_once_and_no_key_each_time(incident: Incident) -> None:
    body = {"incident": incident.pk}
    first, again = post(body, key="call-1"), post(body, key="call-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    post(body)
    post(body)
    assert Signal.objects.count() == Tally.objects.get().count == 3


def test_the_same_key_for_something_else_is_refused(incident: Incident) -> None:
    post({"incident": incident.pk}, key="call-1")
    response = post({"incident": incident.pk, "kind": "letter"}, key="call-1")
    assert response.status_code == 409
    assert Signal.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[" * 2000,
        [],
        {},
        {"incident": "1"},
        {"incident": True},
        {"incident": 1, "name": "Jan"},
        {"kind": "rumour"},
        {"kind": []},
        {"at": "yesterday"},
        {"at": "2026-13-01T00:00:00Z"},
        {"at": "2026-11-23T10:00:00"},
        {"at": 5},
        {"at": (NOW + timedelta(days=1)).isoformat()},
        {"at": (START - timedelta(days=1)).isoformat()},
        {"direction": "up"},
        {"direction": []},
        {"outside": "yes"},
        {"author": 5},
        {"author": "\ud800"},
        {"author": "a\x00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"author": "a" * 301},
        {"kind": "hours"},
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_is_no_signal_is_refused_with_a_sentence(incident: Incident, body: Response) -> None:
    if isinstance(body, dict) and body and "incident" not in body:
        body = {"incident": incident.pk, **body}
    assert is_problem(post(body), 400).endswith(".")


def test_a_number_that_is_no_incident_here_is_not_found(incident: Incident) -> None:
    elsewhere = make_incident(make_organisation("elsewhere"))
    for number in (elsewhere.pk, 0, -1, 10**30, incident.pk + 1000):
        is_problem(post({"incident": number}), 404)


def test_another_key_a_link_or_a_withdrawn_key_opens_nothing(incident: Incident) -> None:
    body = {"incident": incident.pk}
    make_token(incident.organisation, AccessToken.Use.PHONE, secret="p" * 43)
    for token in ("x" * 43, "short", "p" * 43):
        is_problem(post(body, token=token), 401)
    issued = AccessToken.objects.get(use="endpoint")
    revoke_token(token=issued, actor=OPERATOR, now=NOW)
    assert "withdrawn" in is_problem(post(body), 401)


def test_a_request_has_its_form(incident: Incident) -> None:
    body = {"incident": incident.pk}
    is_problem(Client().get("/ophef/signals"), 405)
    is_problem(post(body, content_type="text/plain"), 415)
    is_problem(post({**body, "author": "a" * LARGEST_BODY}), 413)
    is_problem(post(body, key="a b"), 400)


def test_a_closed_incident_takes_nothing(incident: Incident) -> None:
    close_incident(incident=incident, actor=OPERATOR, now=NOW)
    is_problem(post({"incident": incident.pk}), 409)


def test_a_system_that_sends_too_much_is_told_to_wait(
    incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_IN_AN_HOUR", 2)
    body = {"incident": incident.pk}
    statuses = [post(body).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


def test_the_sentence_is_in_the_language_that_was_asked_for(incident: Incident) -> None:
    post({"incident": incident.pk})
    headers = {"Authorization": f"Bearer {SECRET}", "Accept-Language": "nl"}
    response: Response = Client(headers=headers).post(
        "/ophef/signals", "{", content_type="application/json"
    )
    assert response.json()["detail"] == "Dit is geen JSON."


def test_the_page_about_it_names_each_field_and_status() -> None:
    page = PAGE.read_text("utf-8")
    for field in machine.SIGNAL.fields:
        assert f"| `{field}` |" in page
    for status in ("400", "401", "404", "405, 413, 415", "409", "429", "503"):
        assert f"| {status} |" in page
    assert str(LARGEST_BODY) in page
    assert str(access.MOST_IN_AN_HOUR) in page
