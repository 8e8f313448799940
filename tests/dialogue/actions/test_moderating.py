"""What is peculiar to messages: a reply is noted, and a message can become a reason."""

from __future__ import annotations

import pytest
from tests.ballots.asking import OPENING, ask, judge
from tests.cases.stored import BY
from tests.dialogue.messages import QUESTION, receive, say
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.rounds import Seed, end_round
from spreekruimte.ballots.models import Reason, Round
from spreekruimte.ballots.moderation.actions import Decision, mark_text
from spreekruimte.ballots.moderation.states import Deed, Ground
from spreekruimte.dialogue.actions.moderating import (
    moderate_message,
    turn_into_reason,
)
from spreekruimte.dialogue.models import Message, MessageModeration, Speaker
from spreekruimte.dialogue.voices import Voice, citizen_voice
from spreekruimte.organisations.models import Actor, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

FIRST, SECOND = Actor("first"), Actor("second")


def decide(
    message: Message,
    move: Deed,
    actor: Actor = FIRST,
    *,
    ground: Ground | None = None,
    seen: str = "",
) -> None:
    message.refresh_from_db()
    decision = Decision(message.pk, move, seen or mark_text(message.content), ground)
    organisation = message.case.organisation
    moderate_message(organisation=organisation, decision=decision, actor=actor, now=NOW)


@pytest.fixture
def round_() -> Round:
    return ask()


@pytest.fixture
def voice(round_: Round) -> Voice:
    return citizen_voice(round_.case, judge(round_))


def test_each_act_is_in_the_public_log_and_in_the_audit_trail(round_: Round) -> None:
    message = receive(round_.case)
    decide(message, "show")
    decide(message, "hide", ground="insults")
    decide(message, "restore", SECOND)
    log = MessageModeration.objects.order_by("pk").values_list("act", "ground", "message_id")
    assert list(log) == [
        ("show", "", message.pk),
        ("hide", "insults", message.pk),
        ("restore", "", message.pk),
    ]
    trail = AuditEntry.objects.filter(kind="message").order_by("pk")
    assert list(trail.values_list("action", "actor", "identifier")) == [
        ("show_message", "first", str(message.pk)),
        ("hide_message", "first", str(message.pk)),
        ("restore_message", "second", str(message.pk)),
    ]


@pytest.mark.usefixtures("voice")
def test_a_reply_that_waited_is_noted_once_it_is_shown(round_: Round) -> None:
    message = say(round_.case, speaker=Speaker.SERVANT, state=Message.State.WAITING)
    assert Round.objects.get(pk=round_.pk).reply_length is None
    decide(message, "show")
    replied = Round.objects.get(pk=round_.pk)
    assert replied.reply_length == replied.head_length > 0


def turn(message: Message, content: str = "Een ambtenaar mag dit schrijven.") -> Reason:
    return turn_into_reason(
        organisation=message.case.organisation,
        message_id=message.pk,
        seen=mark_text(message.content),
        seed=Seed(content, "nl"),
        actor=FIRST,
        now=NOW,
    )


def test_a_message_becomes_a_reason_that_citizens_vote_on(round_: Round) -> None:
    message = say(round_.case)
    reason = turn(message)
    message.refresh_from_db()
    assert message.reason == reason
    assert (reason.state, reason.author, reason.round) == ("shown", None, round_)
    acts = AuditEntry.objects.filter(actor="first").values_list("action", flat=True)
    assert set(acts) == {"add_reason", "turn_into_reason"}
    with pytest.raises(RefusedError):
        turn(message, "Nog een reden om dit te mogen.")


def test_where_the_reason_is_there_the_message_belongs_to_it(round_: Round) -> None:
    message = say(round_.case)
    assert turn(message, OPENING.content.upper()) == Reason.objects.get()


def test_what_is_not_shown_or_not_asked_becomes_no_reason(round_: Round) -> None:
    waiting = say(round_.case, state=Message.State.WAITING)
    with pytest.raises(RefusedError):
        turn(waiting)
    with pytest.raises(RefusedError):
        turn(say(round_.case, "Vraag?"), "Mevrouw Jansen vindt het goed.")
    end_round(round=round_, step="close", **BY)
    with pytest.raises(RefusedError):
        turn(say(round_.case, QUESTION))
    assert Reason.objects.count() == 1
