"""The page for the person at the phone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.ophef.register import make_incident
from tests.ophef.tokens import SECRET, make_token
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.actions.incidents import close_incident
from spreekruimte.ophef.actions.tokens import revoke_token
from spreekruimte.ophef.models import AccessToken, Incident, Signal, Tally, Withdrawal
from spreekruimte.organisations.models import OPERATOR

Response = Any
pytestmark = pytest.mark.django_db


class Clock:
    """What time it is; both Django and what it signs with look at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: datetime = NOW
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        monkeypatch.setattr("django.core.signing.time.time", lambda: self.now.timestamp())

    def wait(self, **options: float) -> None:
        self.now += timedelta(**options)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def incident(clock: Clock) -> Incident:
    assert clock.now == NOW
    incident = make_incident(ends_at=NOW + timedelta(days=9))
    make_token(incident.organisation, AccessToken.Use.PHONE)
    return incident


def enter() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    entered = client.get(f"/ophef/phone/open/{SECRET}/")
    assert (entered.status_code, entered.headers["Location"]) == (302, "/ophef/phone/")
    assert SECRET not in entered.headers["Location"]
    return client


def fields(page: Response) -> dict[str, str]:
    assert page.status_code == 200
    found = re.findall(r'name="(tap|counted)" value="([^"]*)"', page.content.decode())
    return dict(reversed(found))


def tap(client: Client, address: str, kind: str = "call") -> Response:
    return client.post(address, {**fields(client.get(address)), "kind": kind})


def at(incident: Incident) -> str:
    return f"/ophef/phone/{incident.pk}/"


def test_one_tap_counts_one_call_and_says_so(incident: Incident) -> None:
    client = enter()
    first = client.get("/ophef/phone/")
    assert first.headers["Location"] == at(incident)
    answer = tap(client, at(incident))
    page = client.get(answer.headers["Location"])
    signal = Signal.objects.get()
    assert (signal.kind, signal.source, signal.at) == ("call", "phone", NOW)
    assert "Counted: phone call at 13:00." in page.content.decode()
    for kind in ("email", "letter", "threat"):
        tap(client, at(incident), kind)
    assert dict(Tally.objects.values_list("kind", "count")) == dict.fromkeys(
        ("call", "email", "letter", "threat"), 1
    )


def test_a_form_that_is_sent_twice_counts_once(incident: Incident) -> None:
    client = enter()
    form = {**fields(client.get(at(incident))), "kind": "call"}
    answers = [client.post(at(incident), form).headers["Location"] for _ in range(2)]
    assert len(answers) == 2
    assert Signal.objects.count() == 1


def test_the_second_tap_of_a_finger_counts_not_and_the_next_call_does(
    incident: Incident, clock: Clock
) -> None:
    client = enter()
    page = tap(client, at(incident)).headers["Location"]
    clock.wait(milliseconds=300)
    drawn = fields(client.get(page))
    clock.wait(milliseconds=300)
    again = client.post(at(incident), {**drawn, "kind": "call"})
    assert again.headers["Location"] == page
    assert Signal.objects.count() == 1
    clock.wait(seconds=1)
    client.post(at(incident), {**drawn, "kind": "call"})
    assert Signal.objects.count() == 2


def test_the_last_one_can_be_undone_for_some_minutes_and_once(
    incident: Incident, clock: Clock
) -> None:
    client = enter()
    page = tap(client, at(incident)).headers["Location"]
    clock.wait(minutes=9)
    counted = fields(client.get(page))["counted"]
    undone = client.post(f"{at(incident)}undo/", {"counted": counted})
    assert undone.status_code == 302
    assert (Withdrawal.objects.count(), Tally.objects.get().count) == (1, 0)
    assert "Undone." in client.get(at(incident)).content.decode()
    assert client.post(f"{at(incident)}undo/", {"counted": counted}).status_code == 409
    page = tap(client, at(incident)).headers["Location"]
    counted = fields(client.get(page))["counted"]
    clock.wait(minutes=11)
    assert client.post(f"{at(incident)}undo/", {"counted": counted}).status_code == 409
    assert "Undo" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"kind": "rumour"}, 400), ({"kind": ""}, 400), ({"tap": "x"}, 409), ({"tap": ""}, 409)],
    ids=str,
)
def test_what_was_not_offered_is_refused(
    incident: Incident, changes: dict[str, str], status: int
) -> None:
    client = enter()
    form = {**fields(client.get(at(incident))), "kind": "call", **changes}
    assert client.post(at(incident), form).status_code == status
    assert not Signal.objects.exists()


def test_a_page_that_was_open_for_too_long_counts_nothing(incident: Incident, clock: Clock) -> None:
    client = enter()
    form = {**fields(client.get(at(incident))), "kind": "call"}
    clock.wait(hours=13)
    assert client.post(at(incident), form).status_code == 409
    assert not Signal.objects.exists()


def test_nothing_opens_without_a_link_or_with_one_that_was_withdrawn(incident: Incident) -> None:
    client = enter()
    revoke_token(token=AccessToken.objects.get(), actor=OPERATOR, now=NOW)
    for visitor in (Client(), client):
        for address in ("/ophef/phone/", at(incident), f"/ophef/phone/open/{SECRET}/"):
            assert visitor.get(address).status_code == 403
        assert visitor.post(at(incident), {"kind": "call"}).status_code == 403
        assert visitor.post(f"{at(incident)}undo/").status_code == 403
    assert not Signal.objects.exists()


def test_incidents_of_others_are_not_there_and_closed_ones_take_nothing(
    incident: Incident,
) -> None:
    client = enter()
    elsewhere = make_incident(make_organisation("elsewhere"))
    assert client.get(at(elsewhere)).status_code == 404
    form = {**fields(client.get(at(incident))), "kind": "call"}
    close_incident(incident=incident, actor=OPERATOR, now=NOW)
    assert client.post(at(incident), form).status_code == 409
    assert "not counted any more" in client.get(at(incident)).content.decode()
    assert "Nothing is being counted" in client.get("/ophef/phone/").content.decode()


def test_no_page_shows_what_was_counted(incident: Incident) -> None:
    client = enter()
    other = make_incident(incident.organisation)
    assert at(other) in client.get("/ophef/phone/").content.decode()
    before = re.sub(r'value="[^"]*"', "", client.get(at(incident)).content.decode())
    tap(enter(), at(incident))
    after = re.sub(r'value="[^"]*"', "", client.get(at(incident)).content.decode())
    assert before == after
