"""The editor's desk of the register."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.cases.stored import make_draft
from tests.ophef.register import make_incident, make_signal
from tests.organisations.people import NOW, make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.ophef.models import (
    AccessToken,
    Act,
    Import,
    Incident,
    Kind,
    RefusedLine,
    Signal,
    Withdrawal,
)
from spreekruimte.ophef.queries.register import PAGE, Place, signals_of
from spreekruimte.ophef.tasks import drop_unread, read
from spreekruimte.ophef.views.imports import write_refused
from spreekruimte.organisations.models import Organisation, Role

Response = Any
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def desk(organisation: Organisation, role: Role = Role.EDITOR) -> Client:
    member = make_member(organisation, role, email=f"{role}@{organisation.slug}.example")
    return sign_in(Client(headers={"Accept-Language": "en"}), member)


@pytest.fixture
def incident() -> Incident:
    return make_incident()


@pytest.fixture
def client(incident: Incident) -> Client:
    return desk(incident.organisation)


def at(incident: Incident, rest: str = "") -> str:
    return f"/desk/waterdam/ophef/{incident.pk}/{rest}"


ABOUT = {
    "title_nl": "Een bericht over een plan",
    "title_en": "A post about a plan",
    "starts_at": "2026-11-01T09:00",
}


def test_an_incident_is_opened_changed_closed_and_opened_again(client: Client) -> None:
    case = make_draft(organisation=Organisation.objects.get())
    opened = client.post("/desk/waterdam/ophef/new/", {**ABOUT, "case": case.pk, "words": "plan"})
    incident = Incident.objects.latest("pk")
    assert opened.headers["Location"] == at(incident)
    assert (incident.case, incident.words) == (case, ["plan"])
    changed = {**ABOUT, "title_en": "A post about another plan", "case": ""}
    assert client.post(at(incident, "change/"), changed).status_code == 302
    incident.refresh_from_db()
    assert (incident.case, incident.title_en) == (None, "A post about another plan")
    assert client.post(at(incident, "close/")).status_code == 302
    assert client.post(at(incident, "close/")).status_code == 409
    assert "A post about another plan" in client.get("/desk/waterdam/ophef/").content.decode()
    assert client.post(at(incident, "reopen/")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_nl": ""}, "Fill this in."),
        ({"title_en": "By @somebody"}, "looks like the name of an account"),
        ({"starts_at": "some day"}, "Fill in a day and time"),
        ({"starts_at": "2027-01-01T09:00"}, "Choose a moment before now"),
        ({"case": "999999"}, "no case of this number"),
        ({"case": "9" * 30}, "Fill in a whole number."),
        ({"words": "mevrouw Jansen"}, "may lead to a person"),
    ],
    ids=str,
)
def test_an_incident_that_is_told_badly_is_refused_beside_its_field(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = client.post("/desk/waterdam/ophef/new/", {**ABOUT, **changes})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Incident.objects.count() == 1


def add(client: Client, incident: Incident, **given: str) -> Response:
    page = client.get(at(incident, "signals/new/")).content.decode()
    found = re.search(r'name="once" value="(\w+)"', page)
    assert found
    signal = {"kind": "call", "at": "2026-11-20T10:00", "once": found[1], **given}
    return client.post(at(incident, "signals/new/"), signal)


def test_a_signal_is_added_by_hand_once_and_withdrawn(client: Client, incident: Incident) -> None:
    media = {"kind": "media", "outlet": "De Waterdammer", "address": "https://news.example/plan"}
    more = {"reach": "1200", "direction": "-1", "outside": "yes", "is_employers": "on"}
    assert add(client, incident, **media, **more, once="a").status_code == 302
    assert add(client, incident, **media, **more, once="a").status_code == 302
    signal = Signal.objects.get()
    assert (signal.reach, signal.direction, signal.is_outside, signal.is_employers) == (
        *(1200, -1, True, True),
    )
    page = client.get(at(incident)).content.decode()
    assert "De Waterdammer" in page
    assert 'href="https://news.example/plan"' in page
    assert client.post(at(incident, f"signals/{signal.pk}/withdraw/")).status_code == 302
    assert Withdrawal.objects.get().signal_id == signal.pk
    assert "withdrawn" in client.get(at(incident)).content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "rumour"}, "Choose one of the answers."),
        ({"at": ""}, "Fill in a day and time"),
        ({"at": "2026-11-25T10:00"}, "still to come"),
        ({"outlet": "De Waterdammer"}, "Only a media item has a medium."),
        ({"kind": "hours"}, "number of hours is missing"),
        ({"reach": "-1"}, "Fill in a whole number."),
        ({"once": ""}, "Open the page again"),
        ({"kind": "media", "address": "ftp://a"}, "not an address"),
    ],
    ids=str,
)
def test_a_signal_that_is_told_badly_is_refused(
    client: Client, incident: Incident, given: dict[str, str], sentence: str
) -> None:
    answer = add(client, incident, **given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Signal.objects.exists()


def test_acts_are_recorded_and_withdrawn(client: Client, incident: Incident) -> None:
    acts = [
        {"kind": "measure", "measure": "3"},
        {"kind": "order", "order": "access"},
        {"kind": "rule", "guideline": "On social media", "strictness": "1"},
    ]
    for act in acts:
        answer = client.post(at(incident, "acts/new/"), {"on": "2026-11-20", **act})
        assert answer.status_code == 302
    page = client.get(at(incident)).content.decode()
    for told in ("official reprimand", "No access to the building", "On social media: stricter"):
        assert told in page
    first = Act.objects.order_by("pk")[0]
    assert client.post(at(incident, f"acts/{first.pk}/withdraw/")).status_code == 302
    assert client.post(at(incident, f"acts/{first.pk}/withdraw/")).status_code == 409


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"kind": "measure"},
        {"kind": "order"},
        {"kind": "rule", "strictness": "1"},
        {"kind": "measure", "measure": "9"},
        {"kind": "measure", "measure": "1", "on": "2027-01-01"},
    ],
    ids=str,
)
def test_an_act_that_is_told_badly_is_refused(
    client: Client, incident: Incident, act: dict[str, str]
) -> None:
    answer = client.post(at(incident, "acts/new/"), {"on": "2026-11-20", **act})
    assert answer.status_code == 400
    assert not Act.objects.exists()


def send(client: Client, incident: Incident, content: bytes, name: str = "calls.csv") -> Response:
    file = SimpleUploadedFile(name, content)
    return client.post(at(incident, "imports/new/"), {"file": file})


CALLS = b"Datum;Beller\n20-11-2026 10:00;020-1234567\n=1+1;0201234568\n"


def test_a_file_is_sent_its_columns_chosen_and_its_refused_lines_told(
    client: Client, incident: Incident, tmp_path: Path
) -> None:
    sent = send(client, incident, CALLS)
    imported = Import.objects.get()
    address = at(incident, f"imports/{imported.pk}/")
    assert sent.headers["Location"] == address
    page = client.get(address).content.decode()
    assert '<option value="Datum" selected>' in page
    refused = client.post(address, {"at": "Datum", "author": "Beller"})
    assert refused.status_code == 400
    chosen = client.post(address, {"at": "Datum", "author": "Beller", "kind_of_all": "call"})
    assert chosen.headers["Location"] == address
    assert "<progress" in client.get(address).content.decode()
    read.call(str(imported.pk))
    read.call(str(imported.pk))
    imported.refresh_from_db()
    assert (imported.state, imported.added, imported.refused) == ("done", 1, 1)
    page = client.get(address).content.decode()
    assert "This is not a date or time" in page
    listed = b"".join(client.get(f"{address}refused.csv")).decode()
    assert listed.splitlines() == [
        "line,column,reason",
        '3,Datum,"This is not a date or time, such as 31-12-2026 14:05."',
    ]
    assert not list((tmp_path / "imports").iterdir())
    assert client.post(address, {"at": "Datum"}).status_code == 409
    assert client.post(f"{address}withdraw/").status_code == 302
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"a\x00\xff\x01", b"a;a\n", b"PK\x03\x04"], ids=str)
def test_a_file_that_cannot_be_read_is_refused_at_once(
    client: Client, incident: Incident, content: bytes
) -> None:
    assert send(client, incident, content).status_code == 400
    assert client.post(at(incident, "imports/new/")).status_code == 400
    assert not Import.objects.exists()


def test_a_file_that_is_gone_is_told(client: Client, incident: Incident, tmp_path: Path) -> None:
    send(client, incident, CALLS)
    imported = Import.objects.get()
    (tmp_path / imported.path).unlink()
    answer = client.get(at(incident, f"imports/{imported.pk}/"))
    assert answer.headers["Location"] == at(incident, "imports/new/")
    imported.state = Import.State.WAITING
    imported.save()
    read.call(str(imported.pk))
    imported.refresh_from_db()
    assert (imported.state, imported.problem) == ("failed", "gone")


def test_a_file_that_nobody_imports_is_deleted_after_a_day(
    client: Client, incident: Incident, tmp_path: Path
) -> None:
    send(client, incident, CALLS)
    path = tmp_path / Import.objects.get().path
    assert path.is_file()
    assert drop_unread(now=NOW + timedelta(hours=23)) == 0
    assert drop_unread(now=NOW + timedelta(hours=25)) == 1
    assert not path.exists()
    assert not Import.objects.exists()


def test_no_cell_of_what_is_downloaded_is_a_formula(incident: Incident) -> None:
    imported = Import.objects.create(
        incident=incident, file_name="a", size=1, created_at=NOW, seen_at=NOW
    )
    RefusedLine.objects.create(
        imported=imported, number=2, reason="no_time", column='=cmd|"/c calc"!A1'
    )
    assert list(write_refused(imported))[1].startswith("""2,"'=cmd""")


def test_a_link_and_a_key_are_shown_once_and_withdrawn(client: Client) -> None:
    address = "/desk/waterdam/ophef/access/"
    page = client.post(address, {"use": "phone", "purpose": "reception"}).content.decode()
    found = re.search(r"/ophef/phone/open/([\w-]{43})/", page)
    assert found
    assert found[1] not in client.get(address).content.decode()
    assert client.post(address, {"use": "fax", "purpose": ""}).status_code == 400
    assert client.post(address, {"use": "phone", "purpose": "06-12345678"}).status_code == 400
    token = AccessToken.objects.get()
    assert Client().get(f"/ophef/phone/open/{found[1]}/").status_code == 302
    assert client.post(f"{address}{token.pk}/revoke/").status_code == 302
    assert client.post(f"{address}{token.pk}/revoke/").status_code == 409
    assert Client().get(f"/ophef/phone/open/{found[1]}/").status_code == 403


def test_the_register_is_paged_and_filtered_and_asks_as_much_whatever_is_in_it(
    client: Client, incident: Incident
) -> None:
    for number in range(PAGE + 3):
        kind = Kind.LETTER if number % 3 else Kind.CALL
        make_signal(incident, str(number), at=NOW - timedelta(minutes=number // 2), kind=kind)
    with CaptureQueriesContext(connection) as few:
        first = client.get(at(incident)).content.decode()
    found = re.search(r'href="(\?[^"]+)" rel="next"', first)
    assert found
    second = client.get(at(incident) + found[1].replace("&amp;", "&")).content.decode()
    rows = '<th class="utrecht-table__header-cell" scope="row"><time'
    assert (first.count(rows), second.count(rows)) == (PAGE, 3)
    assert 'rel="next"' not in second
    calls = client.get(at(incident) + "?kind=call").content.decode()
    assert calls.count(rows) == len(range(0, PAGE + 3, 3))
    for bad in (
        "?kind=rumour",
        "?until=never",
        "?until=0001-01-01T00:00",
        "?before=0",
        "?before=99999999999999999999",
    ):
        assert client.get(at(incident) + bad).status_code == 400
    for number in range(200, 230):
        make_signal(incident, str(number))
    with CaptureQueriesContext(connection) as more:
        client.get(at(incident))
    assert len(more) == len(few)


def test_pages_follow_each_other_without_a_gap_or_a_double(incident: Incident) -> None:
    for number in range(25):
        make_signal(incident, str(number), at=NOW - timedelta(minutes=number // 4))
    seen: list[int] = []
    after: Place | None = None
    while part := signals_of(incident, after=after, size=4):
        seen += [signal.pk for signal in part]
        after = Place(part[-1].at, part[-1].pk)
    every = Signal.objects.order_by("-at", "-pk").values_list("pk", flat=True)
    assert seen == list(every)


@pytest.mark.parametrize("kind", ["", "call"])
def test_a_page_of_signals_is_read_from_an_index_and_not_sorted(
    incident: Incident, kind: str
) -> None:
    for number in range(200):
        make_signal(incident, str(number), at=NOW - timedelta(minutes=number))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE ophef_signal")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    after = Place(NOW - timedelta(minutes=50), 10**9)
    with CaptureQueriesContext(connection) as asked:
        signals_of(incident, kind=kind, after=after)
    [query] = [each["sql"] for each in asked.captured_queries]
    with connection.cursor() as cursor:
        prefix = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{prefix} {query}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    # Which of the two indexes, a database chooses by what there is.
    assert re.search("signal_of_(kind|incident)", plan)
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def every_page(incident: Incident) -> list[str]:
    number = make_signal(incident, "a").pk
    rest = ["", "change/", "signals/new/", "acts/new/", "imports/new/"]
    posts = ["close/", f"signals/{number}/withdraw/"]
    lists = ["/desk/waterdam/ophef/", "/desk/waterdam/ophef/new/", "/desk/waterdam/ophef/access/"]
    return lists + [at(incident, each) for each in rest + posts]


def test_nobody_without_the_role_gets_in_and_an_auditor_changes_nothing(incident: Incident) -> None:
    pages = every_page(incident)
    for role in (Role.MODERATOR, Role.PUBLIC_SERVANT, Role.ADMINISTRATOR):
        client = desk(incident.organisation, role)
        assert {client.get(page).status_code for page in pages} <= {403, 405}
        assert {client.post(page).status_code for page in pages} <= {403, 405}
    auditor = desk(incident.organisation, Role.AUDITOR)
    assert [auditor.get(page).status_code for page in (pages[0], at(incident))] == [200, 200]
    assert {auditor.post(page).status_code for page in pages} <= {403, 405}
    assert "Add a signal" not in auditor.get(at(incident)).content.decode()
    assert {Client().get(page).status_code for page in pages} <= {302, 405}


def test_what_is_of_another_organisation_is_not_there(client: Client, incident: Incident) -> None:
    other = make_incident(make_organisation("elsewhere"))
    signal = make_signal(other, "a")
    assert client.get(at(other)).status_code == 404
    assert client.post(at(incident, f"signals/{signal.pk}/withdraw/")).status_code == 404
    assert client.get("/desk/elsewhere/ophef/").status_code == 403
