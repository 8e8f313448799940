"""A case is asked on a real server, answered there, read back, and the circle is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.channels.asking import connect, draw, draw_bytes, order, round_now, send_all
from tests.peers.snac import Person, Snac, wait_until
from tests.verdicts.rounds import fill

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.channels.cleaning import plain_text
from spreekruimte.channels.following import order_what_follows
from spreekruimte.channels.models import Act, Origin, Publication
from spreekruimte.channels.reading import read_next
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation_there(trusted: Snac) -> Person:
    return trusted.account("gemeente")


def publish(home: Snac, person: Person) -> Publication:
    round_ = round_now()
    publication = order(round_, connect(round_.case.organisation, home, person))
    assert send_all() == 1
    return Publication.objects.get(pk=publication.pk)


def read_again(publication: Publication) -> Publication:
    Publication.objects.filter(pk=publication.pk).update(next_read_at=timezone.now())
    assert read_next(now=timezone.now(), draw=draw) == publication
    return Publication.objects.get(pk=publication.pk)


def texts(person: Person, publication: Publication) -> list[str]:
    """What everybody reads in the thread, without our question."""
    thread = person.get(f"/api/v1/statuses/{publication.identifier}/context")
    return [plain_text(each["content"]) for each in thread["descendants"]]


def say_for_the_organisation(parent: Message, content: str) -> Message:
    return Message.objects.create(
        case=parent.case,
        parent=parent,
        speaker=Speaker.ORGANISATION,
        author="f" * 64,
        content=content,
        language="nl",
        state=Message.State.SHOWN,
        given_at=timezone.now(),
    )


def test_a_question_is_a_poll_with_a_link_to_the_ballot(
    home: Snac, organisation_there: Person
) -> None:
    publication = publish(home, organisation_there)
    status = organisation_there.get(f"/api/v1/statuses/{publication.identifier}")
    assert [each["title"] for each in status["poll"]["options"]] == [
        "Toelaatbaar",
        "Niet toelaatbaar",
        "Weet ik niet",
    ]
    assert f"/cases/{publication.round.case_id}/" in plain_text(status["content"])
    assert status["visibility"] == "public"
    assert publication.address.startswith(home.origin)


def test_votes_and_replies_from_both_servers_come_back_and_are_answered(
    home: Snac, abroad: Snac, organisation_there: Person
) -> None:
    alice, bob, carol = home.account("alice"), home.account("bob"), abroad.account("carol")
    publication = publish(home, organisation_there)
    poll = organisation_there.get(f"/api/v1/statuses/{publication.identifier}")["poll"]["id"]
    # Whoever votes twice counts once.
    assert [alice.vote(poll, 0), alice.vote(poll, 1)] == [200, 422]
    theirs = carol.find(publication.address)
    carol.vote(theirs["poll"]["id"], 1)
    alice.say("Iedereen mag iets vinden van een plan.", to=publication.identifier)
    bob.say("Dit is alleen voor mijn volgers.", to=publication.identifier, visibility="private")
    carol.say("@gemeente Dit mag <b>niet</b>, vind ik.", to=theirs["id"])
    wait_until(lambda: len(texts(organisation_there, publication)) == 3, 30)
    wait_until(lambda: read_again(publication).tally == [1, 1, 0], 30)

    messages = {each.content: each for each in Message.objects.all()}
    assert sorted(messages) == ["Dit mag niet, vind ik.", "Iedereen mag iets vinden van een plan."]
    assert {each.state for each in messages.values()} == {"waiting"}
    assert not any("carol" in f"{each.author}{each.content}" for each in messages.values())

    # A moderator shows one, and the organisation answers it.
    question = messages["Dit mag niet, vind ik."]
    Message.objects.filter(pk=question.pk).update(state="shown")
    answer = say_for_the_organisation(question, "Dank voor uw reactie.")
    assert order_what_follows(now=timezone.now(), draw=draw_bytes) == 1
    assert order_what_follows(now=timezone.now(), draw=draw_bytes) == 0
    assert send_all() == 1
    act = Act.objects.get(kind="answer", subject=answer.pk)
    told = organisation_there.get(f"/api/v1/statuses/{act.identifier}")
    assert told["visibility"] == "unlisted"
    assert plain_text(told["content"]).startswith("Dank voor uw reactie.")
    # What we said ourselves does not come back as a message.
    read_again(publication)
    assert Message.objects.count() == 3


def test_a_reply_that_is_deleted_there_disappears_here(
    home: Snac, organisation_there: Person
) -> None:
    alice = home.account("alice")
    publication = publish(home, organisation_there)
    reply = alice.say("Dit haal ik zo weer weg.", to=publication.identifier)
    alice.say("Dit blijft staan.", to=publication.identifier)
    wait_until(lambda: len(texts(organisation_there, publication)) == 2, 30)
    read_again(publication)
    Message.objects.update(state="shown")
    alice.delete(reply["id"])
    wait_until(lambda: len(texts(organisation_there, publication)) == 1, 30)
    read_again(publication)
    gone, stays = Message.objects.order_by("pk")
    assert (gone.state, gone.content, gone.author) == ("erased", "", "")
    assert (stays.state, stays.content) == ("shown", "Dit blijft staan.")
    assert Origin.objects.get(message=gone).identifier == ""


def test_the_verdict_is_answered_in_the_thread_once(home: Snac, organisation_there: Person) -> None:
    publication = publish(home, organisation_there)
    fill(publication.round, 60)
    round_ = Round.objects.get(pk=publication.round_id)
    now = timezone.now()
    end_round(round=round_, step="close", actor=OPERATOR, now=now)
    judge_round(round=round_, channel=Channel.OPEN, now=now)
    assert order_what_follows(now=now, draw=draw_bytes) == 0
    publish_verdict(round=round_, actor=OPERATOR, now=now)
    assert order_what_follows(now=now, draw=draw_bytes) == 1
    assert order_what_follows(now=now, draw=draw_bytes) == 0
    send_all()
    wait_until(lambda: len(texts(organisation_there, publication)) == 1, 30)
    (told,) = texts(organisation_there, publication)
    assert f"/cases/{round_.case_id}/result/" in told
    assert "60" in told


def test_an_answer_that_is_hidden_here_is_taken_away_there(
    home: Snac, organisation_there: Person
) -> None:
    alice = home.account("alice")
    publication = publish(home, organisation_there)
    alice.say("Waarom vraagt u dit?", to=publication.identifier)
    wait_until(lambda: len(texts(organisation_there, publication)) == 1, 30)
    read_again(publication)
    Message.objects.update(state="shown")
    answer = say_for_the_organisation(Message.objects.get(), "Omdat wij dat willen weten.")
    order_what_follows(now=timezone.now(), draw=draw_bytes)
    send_all()
    wait_until(lambda: len(texts(organisation_there, publication)) == 2, 30)
    Message.objects.filter(pk=answer.pk).update(state="hidden")
    assert order_what_follows(now=timezone.now(), draw=draw_bytes) == 1
    send_all()
    wait_until(lambda: len(texts(organisation_there, publication)) == 1, 30)


def test_what_was_posted_although_no_answer_came_is_found_and_not_posted_again(
    home: Snac, organisation_there: Person
) -> None:
    publication = publish(home, organisation_there)
    posted = len(organisation_there.statuses())
    # As after a crash between the server's answer and our note of it.
    Publication.objects.update(identifier="", address="", posted_at=None, next_read_at=None)
    now = timezone.now()
    Act.objects.update(
        state="sending", leased_until=now - timedelta(seconds=1), sent_at=None, identifier=""
    )
    assert send_all() == 1
    assert len(organisation_there.statuses()) == posted
    found = Publication.objects.get()
    assert found.identifier == publication.identifier
    assert Act.objects.get().state == "sent"


def test_a_question_that_was_taken_away_is_read_no_more(
    home: Snac, organisation_there: Person
) -> None:
    publication = publish(home, organisation_there)
    organisation_there.delete(publication.identifier)
    read = read_again(publication)
    assert read.is_gone
    assert read.next_read_at is None
