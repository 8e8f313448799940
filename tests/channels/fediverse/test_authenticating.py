from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.channels.fediverse.activities import chosen, reply, take, vote
from tests.channels.fediverse.elsewhere import Elsewhere, make_key, write_public
from tests.channels.fediverse.posted import OPTIONS, ask, publish_round
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse.authenticating import drop_old_keys
from spreekruimte.channels.fediverse.models import Arrival, FederatedVote, KnownKey, OwnActor
from spreekruimte.dialogue.models import Message

pytestmark = pytest.mark.django_db


def test_a_key_is_fetched_once_and_again_only_when_it_does_not_fit(
    there: Elsewhere, actor: OwnActor
) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    for option in OPTIONS:
        take(vote(there, alice, post, option))
    assert there.asked == ["/users/alice"]
    there.account("alice", key=1)
    take(reply(there, alice, post), key=1)
    assert there.asked == ["/users/alice"], "it was fetched a moment ago"
    KnownKey.objects.update(fetched_at=NOW - timedelta(hours=1))
    take(reply(there, alice, post), key=1)
    assert there.asked == ["/users/alice"] * 2
    assert Message.objects.exists()
    drop_old_keys(now=NOW + timedelta(days=6))
    assert KnownKey.objects.exists()
    drop_old_keys(now=NOW + timedelta(days=8))
    assert not KnownKey.objects.exists()


def elsewhere_owned(there: Elsewhere) -> dict[str, object]:
    alice = f"{there.origin}/users/alice"
    pem = write_public(make_key(0))
    owner = "https://another.example/users/alice"
    return {"publicKey": {"id": f"{alice}#main-key", "owner": owner, "publicKeyPem": pem}}


def of_somebody_else(there: Elsewhere) -> dict[str, object]:
    alice = f"{there.origin}/users/alice"
    pem = write_public(make_key(0))
    return {"publicKey": {"id": f"{alice}#main-key", "owner": f"{alice}2", "publicKeyPem": pem}}


def no_key(there: Elsewhere) -> dict[str, object]:
    alice = f"{there.origin}/users/alice"
    return {"publicKey": {"id": f"{alice}#main-key", "owner": alice, "publicKeyPem": "x"}}


@pytest.mark.parametrize(
    "changes", [elsewhere_owned, of_somebody_else, no_key, lambda _there: {"publicKey": None}]
)
def test_a_key_counts_only_for_the_account_that_it_belongs_to(
    there: Elsewhere, actor: OwnActor, changes: Callable[[Elsewhere], dict[str, Any]]
) -> None:
    post = ask(actor, publish_round(actor))
    take(vote(there, there.account("alice", **changes(there)), post, OPTIONS[0]))
    assert not FederatedVote.objects.exists()
    assert not Arrival.objects.exists()


def test_a_list_of_keys_is_read(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice = f"{there.origin}/users/alice"
    right = {
        "id": f"{alice}#main-key",
        "owner": alice,
        "publicKeyPem": write_public(make_key(0)),
    }
    take(vote(there, there.account("alice", publicKey=["x", right]), post, OPTIONS[0]))
    assert chosen(post) == [0]


@pytest.mark.parametrize(
    ("status", "kind", "document"),
    [
        (404, "text/plain", {}),
        (200, "text/html", {}),
        (200, "application/activity+json", []),
        (200, "application/activity+json", {"type": "Tombstone"}),
    ],
)
def test_what_gives_no_key_makes_nothing_genuine(
    there: Elsewhere, actor: OwnActor, status: int, kind: str, document: object
) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    there.put("/users/alice", document, status=status, kind=kind)
    take(vote(there, alice, post, OPTIONS[0]))
    assert not FederatedVote.objects.exists()
    assert not Arrival.objects.exists()


def test_what_another_account_signed_changes_nothing(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    there.account("bob", key=1)
    take(vote(there, alice, post, OPTIONS[0]), key=1)
    assert not FederatedVote.objects.exists()
    assert not Arrival.objects.exists()
