"""What is refused at once: nothing of it is stored, and nobody is asked anything for it."""

from __future__ import annotations

import json
import string

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.channels.fediverse.elsewhere import (
    MEDIA_TYPE,
    OURS,
    Elsewhere,
    bring,
    do,
    headers_for,
    post,
)
from tests.channels.fediverse.posted import OPTIONS, ask, publish_round
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse import arriving
from spreekruimte.channels.fediverse.arriving import LARGEST_BODY
from spreekruimte.channels.fediverse.documents import actor_address, post_address
from spreekruimte.channels.fediverse.models import Arrival, OwnActor
from spreekruimte.channels.fediverse.signatures.cavage import sign_cavage

pytestmark = pytest.mark.django_db

INBOX = "/fediverse/inbox"
ALICE = "https://peer.example/users/alice"
FUZZ = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def send(body: bytes, account: str = ALICE, **changes: str) -> int:
    """Bring a body that is signed as it should be, but for what is changed."""
    return post(INBOX, body, headers_for(INBOX, account, body) | changes).status_code


def written(document: object) -> bytes:
    return json.dumps(document).encode()


def assert_nothing_is_stored(there: Elsewhere) -> None:
    assert not Arrival.objects.exists()
    assert there.asked == []


@FUZZ
@given(body=st.binary(max_size=300))
def test_bytes_are_refused(there: Elsewhere, body: bytes) -> None:
    assert 400 <= send(body) < 500
    assert_nothing_is_stored(there)


@FUZZ
@given(document=JSON)
def test_any_json_is_refused(there: Elsewhere, document: object) -> None:
    assert 400 <= send(written(document)) < 500
    assert_nothing_is_stored(there)


@FUZZ
@given(
    st.sampled_from(["Follow", "Create", "Update", "Delete", "Undo", "Block", "Like", "Flag"]),
    st.sampled_from(["id", "type", "actor", "object"]),
    JSON,
)
def test_an_activity_with_anything_in_it_is_refused_or_passed_over(
    there: Elsewhere, actor: OwnActor, kind: str, name: str, value: object
) -> None:
    del actor
    activity = do(kind, ALICE, {"id": f"{ALICE}/1", "type": "Note"}) | {name: value}
    assert send(written(activity)) in (202, 400, 401)
    assert_nothing_is_stored(there)


@FUZZ
@given(JSON, JSON, JSON)
def test_a_note_with_anything_in_it_is_refused_or_passed_over(
    there: Elsewhere, name: object, answered: object, author: object
) -> None:
    note = {"id": f"{ALICE}/1", "type": "Note", "name": name, "inReplyTo": answered}
    activity = do("Create", ALICE, note | {"attributedTo": author})
    assert send(written(activity)) in (202, 400)
    assert_nothing_is_stored(there)


@FUZZ
@given(
    st.sampled_from(["signature", "digest", "date", "host", "content-type", "signature-input"]),
    st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=100),
)
def test_a_request_with_any_header_is_refused(there: Elsewhere, name: str, value: str) -> None:
    body = written(do("Follow", ALICE, f"{OURS}/fediverse/waterdam/"))
    headers = headers_for(INBOX, ALICE, body)
    headers = {key: told for key, told in headers.items() if key.lower() != name}
    assert 400 <= post(INBOX, body, headers | {name: f"x{value}"}).status_code < 500
    assert_nothing_is_stored(there)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 415),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"[" * 50_000, 400),
        (b'{"a":' * 10_000, 400),
        (b'{"type": "Create", "actor": NaN}', 400),
        (b'{"type": "Create", "actor": 1' + b"0" * 5000 + b"}", 400),
        (b'{"type": "\\ud800", "actor": "https://peer.example/"}', 400),
        (b"\xef\xbb\xbf{}", 400),
        (b"\xff\xfe{\x00}\x00", 400),
        (b" " * (LARGEST_BODY + 1), 413),
    ],
)
def test_what_is_no_json_object_of_a_usual_size_is_refused(
    there: Elsewhere, body: bytes, status: int
) -> None:
    assert send(body) == status
    assert_nothing_is_stored(there)


@pytest.mark.parametrize(
    ("changes", "account"),
    [
        ({"actor": "https://other.example/users/alice"}, ALICE),
        ({"actor": {"id": "http://peer.example/users/alice"}}, ALICE),
        ({"actor": "https://127.0.0.1:5/"}, ALICE),
        ({"actor": "https://user:word@peer.example/users/alice"}, ALICE),
        ({"actor": "https://peer.example:x/users/alice"}, ALICE),
        ({"actor": f"{ALICE} x"}, ALICE),
        ({"actor": ALICE + "x" * 3000}, ALICE),
        ({"actor": [ALICE]}, ALICE),
        ({"id": "https://other.example/1"}, ALICE),
        ({"id": None}, ALICE),
        ({"type": ["Create"]}, ALICE),
        ({"object": {"id": "https://other.example/1", "type": "Note"}}, ALICE),
        ({}, "https://other.example/users/alice"),
        ({}, "file:///etc/passwd"),
    ],
)
def test_what_is_not_of_one_server_is_refused(
    there: Elsewhere, changes: dict[str, object], account: str
) -> None:
    activity = do("Create", ALICE, {"id": f"{ALICE}/1", "type": "Note"}) | changes
    assert send(written(activity), account) in (400, 401)
    assert_nothing_is_stored(there)


def test_what_is_not_signed_or_was_changed_is_refused(there: Elsewhere, actor: OwnActor) -> None:
    follow = do("Follow", there.account("alice"), actor_address(actor))
    body = written(follow)
    headers = headers_for(INBOX, follow["actor"], body)
    unsigned = {name: value for name, value in headers.items() if name != "Signature"}
    assert post(INBOX, body, dict(unsigned)).status_code == 401
    assert post(INBOX, body + b" ", dict(headers)).status_code == 401
    assert post(INBOX, body, headers | {"Host": "another.example"}).status_code in (400, 401)
    get = sign_cavage_for_get(follow["actor"])
    assert post(INBOX, body, headers | get).status_code == 401
    assert_nothing_is_stored(there)


def sign_cavage_for_get(account: str) -> dict[str, str]:
    from tests.channels.fediverse.elsewhere import make_key

    signed = sign_cavage(
        method="GET",
        address=OURS + INBOX,
        body=b"",
        key=make_key(0),
        key_id=f"{account}#main-key",
        now=NOW,
    )
    return {"Signature": signed["Signature"]}


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("Like", "http://ours.example/x"),
        ("Announce", "http://ours.example/x"),
        ("Follow", "https://peer.example/users/bob"),
        ("Follow", "http://ours.example/"),
        ("Follow", "http://ours.example/fediverse/inbox"),
        ("Create", {"id": f"{ALICE}/1", "type": "Note", "attributedTo": ALICE}),
        ("Create", f"{ALICE}/1"),
        ("Delete", f"{ALICE}/1"),
        ("Update", {"id": f"{ALICE}/1", "type": "Note", "attributedTo": ALICE}),
        ("Undo", {"id": f"{ALICE}/1", "type": "Like"}),
    ],
)
def test_what_does_not_concern_us_is_not_kept(
    there: Elsewhere, actor: OwnActor, kind: str, thing: object
) -> None:
    del actor
    assert send(written(do(kind, ALICE, thing))) == 202
    assert_nothing_is_stored(there)


def test_what_concerns_us_is_kept_so_that_nobody_can_read_it(
    there: Elsewhere, actor: OwnActor
) -> None:
    question = ask(actor, publish_round(actor))
    alice = there.account("alice")
    note = there.note(alice, "v", name=OPTIONS[0], inReplyTo=post_address(question))
    assert bring(do("Create", alice, note)).status_code == 202
    kept = Arrival.objects.get()
    assert kept.received_at == NOW
    assert "alice" not in kept.sealed
    assert OPTIONS[0] not in kept.sealed
    assert there.asked == []


def test_the_inbox_of_an_actor_that_is_not_here_is_not_there(there: Elsewhere) -> None:
    follow = do("Follow", there.account("alice"), f"{OURS}/fediverse/nobody/")
    assert bring(follow, path="/fediverse/nobody/inbox").status_code == 404


def test_an_inbox_takes_activities_by_post_alone(there: Elsewhere) -> None:
    del there
    assert Client().get(INBOX).status_code == 405
    assert send(b"{}", **{"Content-Type": "application/json"}) == 415
    assert send(b"{}", **{"Content-Type": f"{MEDIA_TYPE}; charset=utf-8"}) == 400


def test_when_too_much_waits_servers_are_asked_to_come_back(
    there: Elsewhere, actor: OwnActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_WAITING", 1)
    alice = there.account("alice")
    follow = do("Follow", alice, actor_address(actor))
    assert [bring(follow).status_code, bring(follow).status_code] == [202, 503]
    assert Arrival.objects.count() == 1
