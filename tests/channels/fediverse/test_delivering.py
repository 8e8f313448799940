from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.channels.fediverse.elsewhere import OURS, Elsewhere
from tests.channels.fediverse.posted import make_actor
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse.delivering import (
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    deliver_next,
    order_deliveries,
)
from spreekruimte.channels.fediverse.keys import read_public_key
from spreekruimte.channels.fediverse.models import Delivery, Follower, OwnActor
from spreekruimte.channels.fediverse.signatures.cavage import read_cavage
from spreekruimte.channels.fediverse.signatures.requests import Request

pytestmark = pytest.mark.django_db


def order(actor: OwnActor, there: Elsewhere, *paths: str, name: str = "1") -> None:
    order_deliveries(
        actor=actor,
        activity={"type": "Create", "id": name},
        inboxes=[there.origin + path for path in paths],
        now=NOW,
    )


def deliver(minutes: float = 0.0) -> int:
    return deliver_next(now=NOW + timedelta(minutes=minutes), draw=lambda: 0.5)


def test_an_activity_is_brought_once_signed_by_its_actor(there: Elsewhere, actor: OwnActor) -> None:
    order(actor, there, "/inbox", "/inbox")
    assert deliver() == 1
    assert deliver() == 0
    [(path, headers, body)] = there.brought
    assert (path, body) == ("/inbox", {"type": "Create", "id": "1"})
    assert headers["user-agent"].startswith("Spreekruimte/")
    request = Request("POST", there.origin, path, headers, json.dumps(body).encode())
    signed = read_cavage(request, NOW)
    assert signed.key_id == f"{OURS}/fediverse/waterdam/#main-key"
    assert signed.is_by(read_public_key(actor.public_key))


def test_a_server_is_brought_one_thing_at_a_time_in_order(
    there: Elsewhere, actor: OwnActor
) -> None:
    for name in "123":
        order(actor, there, "/inbox", name=name)
    for number in range(3):
        assert deliver() == 1
        assert [body["id"] for _, _, body in there.brought] == list("123")[: number + 1]


@pytest.mark.parametrize("answer", [429, 500, 503])
def test_what_is_not_taken_now_is_brought_later_and_later(
    there: Elsewhere, actor: OwnActor, answer: int
) -> None:
    there.inbox_answers = answer
    order(actor, there, "/inbox")
    order(actor, there, "/users/alice/inbox", name="2")
    assert deliver() == 0
    dues = list(Delivery.objects.order_by("pk").values_list("due_at", flat=True))
    assert dues == [NOW + timedelta(minutes=1)] * 2, "all for a server waits with the first"
    assert deliver(0.5) == 0
    assert len(there.brought) == 1
    assert deliver(1) == 0
    assert Delivery.objects.earliest("pk").due_at == NOW + timedelta(minutes=3)
    there.inbox_answers = 202
    assert (deliver(3), deliver(3)) == (1, 1)
    assert [body["id"] for _, _, body in there.brought] == ["1", "1", "1", "2"]


def test_what_is_never_taken_is_given_up(there: Elsewhere, actor: OwnActor) -> None:
    there.inbox_answers = 503
    order(actor, there, "/inbox")
    now = NOW
    for attempt in range(1, MOST_ATTEMPTS + 1):
        deliver_next(now=now, draw=lambda: 1.0)
        assert Delivery.objects.exists() == (attempt < MOST_ATTEMPTS)
        now += LONGEST_PAUSE * 1.25
    assert len(there.brought) == MOST_ATTEMPTS


def test_what_is_refused_is_not_brought_again(there: Elsewhere, actor: OwnActor) -> None:
    there.inbox_answers = 403
    order(actor, there, "/inbox")
    assert deliver() == 0
    assert not Delivery.objects.exists()


def test_an_inbox_that_is_gone_is_forgotten_with_who_was_told_there(
    there: Elsewhere, actor: OwnActor
) -> None:
    there.inbox_answers = 410
    for path in ("/gone", "/inbox"):
        Follower.objects.create(
            actor=actor, digest=path.ljust(64), inbox=there.origin + path, since=NOW
        )
    order(actor, there, "/gone")
    order(actor, there, "/gone", name="2")
    assert deliver() == 0
    assert not Delivery.objects.exists()
    assert [each.inbox for each in Follower.objects.all()] == [f"{there.origin}/inbox"]


def test_a_server_that_does_not_answer_or_may_not_be_asked_is_put_off(
    there: Elsewhere, actor: OwnActor
) -> None:
    order_deliveries(
        actor=actor, activity={"type": "x"}, inboxes=["https://127.0.0.1/inbox"], now=NOW
    )
    order(actor, there, "/inbox")
    assert deliver() == 1
    assert Delivery.objects.get().attempts == 1


def test_what_somebody_else_is_bringing_is_left_alone(there: Elsewhere, actor: OwnActor) -> None:
    order(actor, there, "/inbox")
    Delivery.objects.update(due_at=NOW + timedelta(minutes=2))
    assert deliver(1) == 0
    assert deliver(2) == 1


def test_nothing_is_brought_where_nothing_waits(there: Elsewhere) -> None:
    make_actor()
    assert deliver() == 0
    assert there.brought == []
