from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.channels.asking import draw
from tests.channels.networks import InMemory, network, publication

from spreekruimte.ballots.models import CaseKey, Round
from spreekruimte.channels.models import Account, Origin, Publication
from spreekruimte.channels.network import NotTakenError, Reading, Reply, SignedOutError
from spreekruimte.channels.reading import check_origins, read_next
from spreekruimte.channels.working import (
    look_for_deleted,
    read_due,
    send_waiting,
    tell_what_follows,
)
from spreekruimte.dialogue.models import Message

__all__ = ["network", "publication"]

pytestmark = pytest.mark.django_db


def reply(number: int = 1, **changes: object) -> Reply:
    made = Reply(
        identifier=str(number),
        parent="1",
        author=f"https://social.example/users/{number}",
        text=f"Reactie nummer {number}.",
        language="nl",
        posted_at=timezone.now(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def read(network: InMemory, *replies: Reply, **told: object) -> Publication:
    network.reading = Reading(replies=replies, **told)  # type: ignore[arg-type]
    Publication.objects.update(next_read_at=timezone.now())
    assert read_next(now=timezone.now(), draw=draw)
    return Publication.objects.get()


def test_replies_are_received_once_with_what_they_answer(
    network: InMemory, publication: Publication
) -> None:
    replies = (reply(1), reply(2, parent="1"), reply(3, parent="2"))
    for _time in range(2):
        read(network, *replies, counts={"replies": 3}, tally=(2, 1, 0))
    messages = list(Message.objects.order_by("pk"))
    # What answers our question itself begins a thread.
    assert [each.parent for each in messages][:1] == [None]
    assert messages[2].parent == messages[1]
    assert len({each.author for each in messages}) == 3
    held = Publication.objects.get(pk=publication.pk)
    assert (held.counts, held.tally) == ({"replies": 3}, [2, 1, 0])


def test_no_account_and_no_way_back_can_be_read_in_the_database(
    network: InMemory, publication: Publication
) -> None:
    read(network, reply(7341))
    (origin,) = Origin.objects.values()
    (message,) = Message.objects.values()
    assert "7341" not in f"{origin['identifier']}{origin['digest']}{message['author']}"
    assert publication.pk == origin["publication_id"]


def test_what_is_not_for_everybody_is_not_kept(network: InMemory, publication: Publication) -> None:
    read(network, reply(1, may_be_shown=False), reply(2, text="[…] "))
    assert Message.objects.count() == 0
    CaseKey.objects.all().delete()
    read(network, reply(3))
    assert Message.objects.count() == 0
    assert publication.origins.count() == 0


def test_a_reply_that_was_changed_waits_for_a_moderator_again(
    network: InMemory, publication: Publication
) -> None:
    read(network, reply(1))
    Message.objects.update(state="shown")
    read(network, reply(1))
    assert Message.objects.get().state == "shown"
    read(network, reply(1, text="Toch iets anders."))
    message = Message.objects.get()
    assert (message.state, message.content) == ("waiting", "Toch iets anders.")
    read(network, reply(1, text="@iemand@social.example"))
    assert Message.objects.get().state == "erased"
    read(network, reply(1, text="Weer wat."))
    assert Message.objects.get().content == ""
    assert publication.round.case_id == message.case_id


def test_what_the_thread_does_not_show_is_looked_for_by_itself(
    network: InMemory, publication: Publication
) -> None:
    read(network, reply(1), reply(2))
    network.there = {"2"}
    read(network)
    states = dict(Message.objects.values_list("content", "state"))
    assert states == {"": "erased", "Reactie nummer 2.": "waiting"}
    assert publication.pk


def test_what_is_shown_is_looked_for_daily_and_when_its_round_has_ended(
    network: InMemory, publication: Publication
) -> None:
    read(network, reply(1))
    network.there = {"1"}
    now = timezone.now()
    assert check_origins(now=now) == 0
    assert check_origins(now=now + timedelta(hours=21)) == 1
    assert check_origins(now=now + timedelta(hours=22)) == 0
    Round.objects.update(ended_at=now + timedelta(hours=23))
    assert check_origins(now=now + timedelta(hours=24)) == 1
    network.there = set()
    assert check_origins(now=now + timedelta(hours=50)) == 0
    assert Message.objects.get().state == "erased"
    assert publication.pk


@pytest.mark.parametrize(
    ("error", "state"), [(SignedOutError("who"), "signed_out"), (NotTakenError("no"), "connected")]
)
def test_a_server_that_does_not_tell_is_asked_again_and_nothing_is_lost(
    network: InMemory, publication: Publication, error: Exception, state: str
) -> None:
    read(network, reply(1))
    network.before.append(error)
    Publication.objects.update(next_read_at=timezone.now())
    read_next(now=timezone.now(), draw=draw)
    assert Account.objects.get().state == state
    Account.objects.update(state="connected")
    network.before.append(error)
    check_origins(now=timezone.now() + timedelta(days=1))
    assert Account.objects.get().state == state
    assert Message.objects.get().state == "waiting"
    assert publication.pk


def test_the_worker_finds_nothing_to_do_where_there_is_nothing(network: InMemory) -> None:
    for do in (send_waiting, read_due, look_for_deleted, tell_what_follows):
        do(timezone.now())
    assert network.posted == {}
