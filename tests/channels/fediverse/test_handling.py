from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.channels.fediverse.activities import chosen, reply, take, vote
from tests.channels.fediverse.elsewhere import Elsewhere, bring, do
from tests.channels.fediverse.posted import LATER, OPTIONS, ask, make_actor, publish_round, tell
from tests.organisations.people import NOW

from spreekruimte.ballots.models import CaseKey
from spreekruimte.channels.fediverse.addresses import PUBLIC
from spreekruimte.channels.fediverse.documents import actor_address, post_address
from spreekruimte.channels.fediverse.handling import PAUSES, process_arrivals
from spreekruimte.channels.fediverse.models import (
    Arrival,
    Delivery,
    FederatedVote,
    Follower,
    KnownKey,
    OwnActor,
    OwnPost,
)
from spreekruimte.channels.models import Origin
from spreekruimte.dialogue.models import Message

pytestmark = pytest.mark.django_db


def test_a_follower_is_accepted_and_told_at_the_inbox_of_its_server(
    there: Elsewhere, actor: OwnActor
) -> None:
    follow = do("Follow", there.account("alice"), actor_address(actor))
    assert bring(follow, path="/fediverse/waterdam/inbox").status_code == 202
    assert process_arrivals(now=LATER) == 1
    follower = Follower.objects.get()
    assert follower.inbox == f"{there.origin}/inbox"
    accept = json.loads(Delivery.objects.get().activity)
    assert (accept["type"], accept["actor"]) == ("Accept", actor_address(actor))
    assert accept["object"]["id"] == follow["id"]
    assert not Arrival.objects.exists()
    assert "alice" not in follower.digest + follower.inbox


def test_who_follows_twice_is_kept_once_and_told_twice(there: Elsewhere, actor: OwnActor) -> None:
    alice = there.account("alice", shared=False)
    for which in ("1", "2"):
        take(do("Follow", alice, actor_address(actor), which))
    assert Follower.objects.get().inbox == f"{alice}/inbox"
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("kind", ["Undo", "Block", "Delete"])
def test_who_leaves_is_forgotten(there: Elsewhere, actor: OwnActor, kind: str) -> None:
    alice = there.account("alice")
    follow = do("Follow", alice, actor_address(actor))
    take(follow)
    things = {"Undo": follow, "Block": actor_address(actor), "Delete": alice}
    take(do(kind, alice, things[kind]))
    assert not Follower.objects.exists()


def test_nobody_leaves_for_somebody_else(there: Elsewhere, actor: OwnActor) -> None:
    alice, bob = there.account("alice"), there.account("bob", key=1)
    follow = do("Follow", alice, actor_address(actor))
    take(follow)
    take(do("Undo", bob, follow), key=1)
    assert Follower.objects.exists()


def test_an_account_that_tells_no_inbox_of_its_own_server_does_not_follow(
    there: Elsewhere, actor: OwnActor
) -> None:
    inbox = "https://another.example/inbox"
    alice = there.account("alice", shared=False, inbox=inbox)
    take(do("Follow", alice, actor_address(actor)))
    assert not Follower.objects.exists()
    assert not Arrival.objects.exists()


def test_a_follow_of_nobody_here_changes_nothing(there: Elsewhere, actor: OwnActor) -> None:
    nobody = actor_address(actor).replace("waterdam", "nobody")
    take(do("Follow", there.account("alice"), nobody))
    assert not Follower.objects.exists()


def test_a_vote_counts_once_however_often_it_comes(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice, bob = there.account("alice"), there.account("bob", key=1)
    for option, which in ((1, "v"), (1, "v"), (0, "w")):
        assert bring(vote(there, alice, post, OPTIONS[option], which)).status_code == 202
    process_arrivals(now=LATER)
    take(vote(there, alice, post, OPTIONS[2], "x"))
    take(vote(there, bob, post, OPTIONS[0]), key=1)
    assert chosen(post) == [0, 1]
    assert not Arrival.objects.exists()


def test_a_vote_with_an_empty_text_is_a_vote(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    take(vote(there, there.account("alice"), post, OPTIONS[0], content="<br>", to=["x", "x"]))
    assert chosen(post) == [0]
    assert not Message.objects.exists()


def test_votes_that_cannot_be_count_for_nothing(there: Elsewhere, actor: OwnActor) -> None:
    poll = ask(actor, publish_round(actor))
    note = tell(actor)
    alice = there.account("alice")
    take(vote(there, alice, poll, "Misschien"))
    take(vote(there, alice, poll, OPTIONS[0].lower()))
    take(vote(there, alice, note, OPTIONS[0]))
    for key in ("f" * 32, "\0", "a" * 31 + "\0", "é", "x" * 500):
        gone = post_address(poll).replace("a" * 32, key)
        assert bring(vote(there, alice, poll, OPTIONS[0], inReplyTo=gone)).status_code == 202
    process_arrivals(now=LATER)
    assert not FederatedVote.objects.exists()


def test_no_row_holds_an_account(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    take(do("Follow", alice, actor_address(actor)))
    take(vote(there, alice, post, OPTIONS[0]))
    take(reply(there, alice, post))
    assert bring(vote(there, alice, post, OPTIONS[1])).status_code == 202
    Delivery.objects.all().delete()
    for model in (Arrival, FederatedVote, Follower, KnownKey, Message, Origin, OwnPost):
        for row in model.objects.values():
            assert "alice" not in str(row), row


def test_a_reply_waits_in_the_dialogue_once(there: Elsewhere, actor: OwnActor) -> None:
    publication = publish_round(actor)
    post = ask(actor, publication)
    alice = there.account("alice")
    said = reply(there, alice, post, contentMap={"nl": "x"})
    take(said)
    take(said)
    message = Message.objects.get()
    assert (message.content, message.state, message.language) == ("Dit mag.", "waiting", "nl")
    assert message.case == publication.round.case
    assert Origin.objects.get().publication == publication


def test_a_reply_to_a_reply_stands_under_it(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice, bob = there.account("alice"), there.account("bob", key=1)
    first = reply(there, alice, post)
    take(first)
    take(reply(there, bob, post, inReplyTo=first["object"]["id"]), key=1)
    parents = Message.objects.order_by("pk").values_list("parent", flat=True)
    assert list(parents) == [None, Message.objects.earliest("pk").pk]


@pytest.mark.parametrize(
    "changes",
    [
        {"to": ["https://ours.example/fediverse/waterdam/"]},
        {"to": None},
        {"content": "<p></p>"},
        {"content": 5},
    ],
)
def test_what_is_not_for_everybody_or_says_nothing_is_not_taken(
    there: Elsewhere, actor: OwnActor, changes: dict[str, Any]
) -> None:
    post = ask(actor, publish_round(actor))
    take(reply(there, there.account("alice"), post, **changes))
    assert not Message.objects.exists()
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("public", [PUBLIC, "as:Public", "Public"])
def test_public_is_written_in_three_ways(there: Elsewhere, actor: OwnActor, public: str) -> None:
    post = ask(actor, publish_round(actor))
    take(reply(there, there.account("alice"), post, to="x", cc=[public]))
    assert Message.objects.exists()


def test_html_does_nothing_here(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    hostile = (
        "<script>x()</script><p onclick=x>Een &lt;b&gt; &amp; <img src=x onerror=y()>twee\0</p>"
    )
    take(reply(there, there.account("alice"), post, content=hostile))
    assert Message.objects.get().content == "Een <b> & twee"


def test_a_reply_without_a_case_is_not_taken(there: Elsewhere, actor: OwnActor) -> None:
    publication = publish_round(actor)
    alone, withdrawn = tell(actor), ask(actor, publication)
    OwnPost.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW, text="")
    for post in (alone, withdrawn):
        take(reply(there, there.account("alice"), post))
    assert not Message.objects.exists()


def test_a_reply_is_not_taken_once_nobody_can_be_known_in_the_case(
    there: Elsewhere, actor: OwnActor
) -> None:
    post = ask(actor, publish_round(actor))
    CaseKey.objects.all().delete()
    take(reply(there, there.account("alice"), post))
    assert not Message.objects.exists()


def test_a_reply_follows_its_author_and_nobody_else(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice, bob = there.account("alice"), there.account("bob", key=1)
    note = reply(there, alice, post)["object"]
    take(do("Create", alice, note))
    take(do("Delete", bob, note["id"]), key=1)
    assert Message.objects.get().content == "Dit mag."
    take(do("Update", alice, note | {"content": "Toch niet."}))
    assert Message.objects.get().content == "Toch niet."
    take(do("Delete", alice, {"id": note["id"], "type": "Tombstone"}))
    message, origin = Message.objects.get(), Origin.objects.get()
    assert (message.state, message.content, origin.identifier) == ("erased", "", "")
    take(do("Create", alice, note))
    take(do("Update", alice, note))
    assert Message.objects.get().content == ""


@pytest.mark.parametrize("changes", [{"to": [], "cc": []}, {"content": ""}])
def test_a_reply_that_is_taken_from_the_public_goes(
    there: Elsewhere, actor: OwnActor, changes: dict[str, object]
) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    note = reply(there, alice, post)["object"]
    take(do("Create", alice, note))
    take(do("Update", alice, note | changes))
    assert Message.objects.get().state == "erased"


def test_an_account_that_is_gone_takes_its_replies_along(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice, bob = there.account("alice"), there.account("bob", key=1)
    take(reply(there, alice, post))
    take(reply(there, bob, post), key=1)
    KnownKey.objects.all().delete()
    there.put("/users/alice", {}, status=410)
    take(do("Delete", alice, alice))
    assert sorted(Message.objects.values_list("state", flat=True)) == ["erased", "waiting"]


def test_a_server_that_is_away_is_asked_later_and_holds_up_nobody(
    there: Elsewhere, actor: OwnActor, settings: Settings
) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    there.put("/users/alice", {}, status=503)
    for which in ("v", "w"):
        assert bring(vote(there, alice, post, OPTIONS[0], which)).status_code == 202
    now = LATER
    for pause in PAUSES:
        assert process_arrivals(now=now) == 2
        assert process_arrivals(now=now + pause / 2) == 0
        assert Arrival.objects.count() == 2
        now += pause
    there.account("alice")
    assert process_arrivals(now=now) == 2
    assert chosen(post) == [0], "it came in time"
    del settings


def test_a_server_that_stays_away_is_given_up(there: Elsewhere, actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor))
    alice = there.account("alice")
    there.put("/users/alice", {}, status=429)
    assert bring(vote(there, alice, post, OPTIONS[0])).status_code == 202
    now = LATER
    for pause in (*PAUSES, timedelta(0)):
        process_arrivals(now=now)
        now += pause
    assert not Arrival.objects.exists()


def test_a_follower_whose_server_is_away_is_asked_later(there: Elsewhere, actor: OwnActor) -> None:
    alice = there.account("alice")
    take(do("Like", alice, "x"))
    take(do("Undo", alice, do("Follow", alice, actor_address(actor))))
    assert KnownKey.objects.exists()
    there.put("/users/alice", {}, status=500)
    take(do("Follow", alice, actor_address(actor)))
    assert Arrival.objects.get().attempts == 1


def test_what_cannot_be_dealt_with_holds_up_nothing(
    there: Elsewhere, actor: OwnActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_activity: object, _now: object) -> None:
        raise ZeroDivisionError

    post = ask(actor, publish_round(actor))
    monkeypatch.setattr("spreekruimte.channels.fediverse.handling.take_reply", fail)
    assert bring(reply(there, there.account("alice"), post)).status_code == 202
    follow = do("Follow", there.account("bob", key=1), actor_address(actor))
    assert bring(follow, key=1).status_code == 202
    process_arrivals(now=LATER)
    assert Arrival.objects.get().attempts == 1
    assert Follower.objects.exists()


def test_what_was_sealed_with_another_key_is_dropped(
    there: Elsewhere, actor: OwnActor, settings: Settings
) -> None:
    follow = do("Follow", there.account("alice"), actor_address(actor))
    assert bring(follow).status_code == 202
    settings.SECRET_KEY = "another" * 8
    process_arrivals(now=LATER)
    assert not Arrival.objects.exists()


def test_nothing_is_asked_where_there_is_no_actor(there: Elsewhere) -> None:
    del there
    assert process_arrivals(now=LATER) == 0


def test_two_actors_have_followers_of_their_own(there: Elsewhere, actor: OwnActor) -> None:
    other = make_actor("bosveld")
    take(do("Follow", there.account("alice"), actor_address(other)))
    assert (actor.followers.count(), other.followers.count()) == (0, 1)
