"""A case is asked on Bluesky, answered there, read back, and the circle is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.channels.asking import draw_bytes, send_all
from tests.channels.bluesky.asking import answers_of, publish, question_of, read_again
from tests.peers.pds import Network, Person
from tests.verdicts.rounds import fill

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.channels.following import order_what_follows
from spreekruimte.channels.models import Act, Origin, Publication
from spreekruimte.channels.reading import check_origins
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(network: Network) -> Person:
    """The account of the organisation."""
    return network.newcomer()


def test_replies_come_back_are_moderated_and_answered_in_the_thread(
    network: Network, ours: Person
) -> None:
    publication = publish(ours)
    assert publication.identifier == question_of(ours)["uri"]
    citizen = network.person("burger")
    citizen.say("Dit mag niet, vind ik.", to=question_of(ours))
    citizen.like(question_of(ours))

    read_again(publication)

    message = Message.objects.get()
    assert (message.content, message.state) == ("Dit mag niet, vind ik.", "waiting")
    assert citizen.did not in f"{message.author}{Origin.objects.get().identifier}"
    Message.objects.update(state="shown")
    Message.objects.create(
        case=message.case,
        parent=message,
        speaker=Speaker.ORGANISATION,
        author="f" * 64,
        content="Dank voor uw reactie.",
        language="nl",
        state=Message.State.SHOWN,
        given_at=timezone.now(),
    )
    assert order_what_follows(now=timezone.now(), draw=draw_bytes) == 1
    assert send_all() == 1
    [told] = answers_of(ours)
    assert told.startswith("Dank voor uw reactie.")
    # What we said ourselves does not come back as a message.
    read_again(publication)
    assert Message.objects.count() == 2


def test_what_is_deleted_or_hidden_there_disappears_here(network: Network, ours: Person) -> None:
    publication = publish(ours)
    leaves, hides, stays = network.person("gaat"), network.newcomer(), network.person("burger")
    said = leaves.say("Dit haal ik weer weg.", to=question_of(ours))
    hides.say("Dit verberg ik.", to=question_of(ours))
    stays.say("Dit blijft staan.", to=question_of(ours))
    read_again(publication)
    Message.objects.update(state="shown")

    leaves.delete(said)
    hides.label("!no-unauthenticated")
    Origin.objects.update(checked_at=timezone.now() - timedelta(days=1))
    check_origins(now=timezone.now())

    assert sorted(each.content for each in Message.objects.all()) == ["", "", "Dit blijft staan."]


def test_the_verdict_is_answered_in_the_thread_once(ours: Person) -> None:
    publication = publish(ours)
    fill(publication.round, 60)
    round_ = Round.objects.get(pk=publication.round_id)
    now = timezone.now()
    end_round(round=round_, step="close", actor=OPERATOR, now=now)
    judge_round(round=round_, channel=Channel.OPEN, now=now)
    publish_verdict(round=round_, actor=OPERATOR, now=now)
    assert order_what_follows(now=now, draw=draw_bytes) == 1
    assert order_what_follows(now=now, draw=draw_bytes) == 0
    send_all()
    [told] = answers_of(ours)
    assert "60" in told


def test_what_was_posted_although_no_answer_came_stands_there_once(ours: Person) -> None:
    publication = publish(ours)
    # As after a crash between the server's answer and our note of it.
    Publication.objects.update(identifier="", address="", posted_at=None, next_read_at=None)
    now = timezone.now()
    Act.objects.update(
        state="sending", leased_until=now - timedelta(seconds=1), sent_at=None, identifier=""
    )
    assert send_all() == 1
    assert len(ours.records()) == 1
    assert Publication.objects.get().identifier == publication.identifier
    assert Act.objects.get().state == "sent"
