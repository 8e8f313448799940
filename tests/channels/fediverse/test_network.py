from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.channels.fediverse.elsewhere import Elsewhere
from tests.channels.fediverse.posted import NOTE, POLL_ENDS, QUESTION, ask, connect, publish_round
from tests.organisations.people import NOW
from tests.verdicts.rounds import finish

from spreekruimte.channels.fediverse.counting import close_polls
from spreekruimte.channels.fediverse.models import Delivery, Follower, OwnActor, OwnPost
from spreekruimte.channels.fediverse.network import MOST_CHARACTERS, Fediverse
from spreekruimte.channels.models import Act
from spreekruimte.channels.network import (
    NotTakenError,
    Post,
    SignedOutError,
    TryLaterError,
)

pytestmark = pytest.mark.django_db

FEDIVERSE = Fediverse()


def follow(actor: OwnActor, *inboxes: str) -> None:
    for number, inbox in enumerate(inboxes):
        Follower.objects.create(actor=actor, digest=f"{number:064d}", inbox=inbox, since=NOW)


def activities() -> list[tuple[str, dict[str, Any]]]:
    rows = Delivery.objects.order_by("pk")
    return [(row.inbox, json.loads(row.activity)) for row in rows]


def test_what_is_posted_is_there_once_and_told_to_each_server_once(actor: OwnActor) -> None:
    follow(actor, "https://a.example/inbox", "https://a.example/inbox", "https://b.example/inbox")
    assert FEDIVERSE.find(connect(actor), QUESTION) is None
    sent = FEDIVERSE.publish(connect(actor), QUESTION)
    assert FEDIVERSE.publish(connect(actor), QUESTION) == sent
    assert FEDIVERSE.find(connect(actor), QUESTION) == sent
    assert sent.identifier == f"http://ours.example/fediverse/waterdam/posts/{QUESTION.key}/"
    told = activities()
    assert [inbox for inbox, _ in told] == ["https://a.example/inbox", "https://b.example/inbox"]
    assert told[0][1]["object"]["id"] == sent.identifier


def test_a_post_belongs_to_the_round_that_its_act_asks(actor: OwnActor) -> None:
    publication = publish_round(actor)
    Act.objects.create(
        key=QUESTION.key, publication=publication, kind="question", ordered_at=NOW, not_before=NOW
    )
    FEDIVERSE.publish(connect(actor), QUESTION)
    assert OwnPost.objects.get().publication == publication


def test_the_preview_is_what_is_posted(actor: OwnActor) -> None:
    preview = FEDIVERSE.preview(connect(actor), QUESTION)
    assert (preview.problems, preview.options) == ((), QUESTION.options)
    assert preview.length == len(preview.text) <= preview.most
    assert preview.text.startswith(QUESTION.text)
    assert preview.text.endswith(QUESTION.address)
    FEDIVERSE.publish(connect(actor), QUESTION)
    assert FEDIVERSE.preview(connect(actor), NOTE).text == NOTE.text


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "x" * MOST_CHARACTERS},
        {"options": ("Ja",)},
        {"options": ("Ja", "Ja")},
        {"options": ("Ja", "")},
        {"options": ("Ja", "x" * 51)},
        {"options": tuple(map(str, range(11)))},
        {"closes_at": None},
        {"closes_at": NOW},
    ],
)
def test_what_does_not_fit_is_not_posted(actor: OwnActor, changes: dict[str, Any]) -> None:
    post = replace(QUESTION, **changes)
    assert len(FEDIVERSE.preview(connect(actor), post).problems) == 1
    with pytest.raises(NotTakenError):
        FEDIVERSE.publish(connect(actor), post)
    assert not OwnPost.objects.exists()


def test_an_actor_that_is_not_here_posts_nothing(actor: OwnActor) -> None:
    connection = replace(connect(actor), identifier="http://ours.example/fediverse/nobody/")
    with pytest.raises(SignedOutError):
        FEDIVERSE.publish(connection, NOTE)


def test_who_is_answered_is_told_and_not_kept(there: Elsewhere, actor: OwnActor) -> None:
    alice = there.account("alice")
    there.put("/users/alice/notes/1", there.note(alice, "1"))
    follow(actor, f"{there.origin}/inbox", "https://b.example/inbox")
    answer = replace(NOTE, reply_to=f"{alice}/notes/1")
    FEDIVERSE.publish(connect(actor), answer)
    (inbox, told), (other, plain) = activities()
    assert (inbox, other) == (f"{there.origin}/inbox", "https://b.example/inbox")
    assert told["object"]["tag"] == [{"type": "Mention", "href": alice}]
    assert alice in told["cc"]
    assert "tag" not in plain["object"]
    assert "Mention" not in str(OwnPost.objects.values())


def test_we_answer_ourselves_without_asking_anybody(there: Elsewhere, actor: OwnActor) -> None:
    sent = FEDIVERSE.publish(connect(actor), QUESTION)
    FEDIVERSE.publish(connect(actor), replace(NOTE, reply_to=sent.identifier))
    assert there.asked == []
    assert OwnPost.objects.get(key=NOTE.key).reply_to == sent.identifier


@pytest.mark.parametrize(("status", "error"), [(404, NotTakenError), (503, TryLaterError)])
def test_what_cannot_be_answered_is_not_posted(
    there: Elsewhere, actor: OwnActor, status: int, error: type[Exception]
) -> None:
    alice = there.account("alice")
    address = there.put("/users/alice/notes/1", there.note(alice, "1"), status=status)
    with pytest.raises(error):
        FEDIVERSE.publish(connect(actor), replace(NOTE, reply_to=address))
    assert not OwnPost.objects.exists()


def test_what_is_withdrawn_is_empty_and_followers_are_told_once(actor: OwnActor) -> None:
    sent = FEDIVERSE.publish(connect(actor), QUESTION)
    follow(actor, "https://a.example/inbox")
    for _time in range(2):
        FEDIVERSE.withdraw(connect(actor), sent.identifier)
    FEDIVERSE.withdraw(connect(actor), "https://elsewhere.example/1")
    [(_, activity)] = activities()
    assert (activity["type"], activity["object"]["id"]) == ("Delete", sent.identifier)
    assert OwnPost.objects.get().text == ""
    assert FEDIVERSE.read(connect(actor), sent.identifier).is_gone
    assert FEDIVERSE.read(connect(actor), "https://elsewhere.example/1").is_gone


def test_counts_of_a_poll_are_read_once_it_is_counted(actor: OwnActor) -> None:
    publication = publish_round(actor)
    ask(actor, publication)
    identifier = f"http://ours.example/fediverse/waterdam/posts/{QUESTION.key}/"
    assert FEDIVERSE.read(connect(actor), identifier).tally is None
    finish(publication.round)
    close_polls(now=POLL_ENDS + timedelta(days=1))
    reading = FEDIVERSE.read(connect(actor), identifier)
    assert (reading.tally, reading.counts) == ((0, 0, 0), {"replies": 0})


def test_a_reply_is_there_while_everybody_may_see_it(there: Elsewhere, actor: OwnActor) -> None:
    alice = there.account("alice")

    def put(which: str, status: int = 200, **changes: object) -> str:
        note = there.note(alice, which, **changes)
        return there.put(f"/users/alice/notes/{which}", note, status=status)

    shown, away = put("1"), put("2", status=500)
    gone = [
        put("3", status=410),
        put("4", status=404),
        put("5", to=[alice]),
        put("6", type="Tombstone"),
        "file:///etc/passwd",
        "",
    ]
    assert FEDIVERSE.still_there(connect(actor), [shown, away, *gone]) == {shown, away}


def test_a_post_has_a_text_of_its_own(actor: OwnActor) -> None:
    post: Post = replace(NOTE, address="http://ours.example/cases/1/")
    FEDIVERSE.publish(connect(actor), post)
    assert OwnPost.objects.get().text == post.text
