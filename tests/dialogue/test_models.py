"""What must always hold of messages, votes and acts of moderation, the database holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from tests.cases.stored import in_state
from tests.dialogue.messages import pseudonym_for, say
from tests.organisations.people import NOW

from spreekruimte.dialogue.models import Message, MessageModeration, MessageVote
from spreekruimte.organisations.append_only import AppendOnlyError

pytestmark = pytest.mark.django_db

ME = pseudonym_for("me")


@pytest.fixture
def message() -> Message:
    return say(in_state("open"))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "merged"},
        {"state": "erased"},
        {"content": ""},
        {"author": ""},
        {"speaker": "mayor"},
        {"source": "x"},
        {"speaker": "servant", "source": "mastodon"},
        {"language": "fr"},
    ],
)
def test_a_message_that_cannot_be_is_not_stored(message: Message, change: dict[str, str]) -> None:
    own = Message.objects.filter(pk=message.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        own.update(**change)
    own.update(state="erased", content="", author="")


def test_a_message_does_not_answer_itself(message: Message) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(parent=message)


@pytest.mark.parametrize(
    "make",
    [
        lambda message: MessageVote(message=message, voter=ME, answer=2),
        lambda message: MessageVote(message=message, voter="", answer=1),
        lambda message: MessageVote(message=message, voter=pseudonym_for("other"), answer=-1),
        lambda message: act(message, "hide", ""),
        lambda message: act(message, "show", "insults"),
    ],
)
def test_a_vote_or_act_that_cannot_be_is_not_stored(
    message: Message, make: Callable[[Message], MessageVote | MessageModeration]
) -> None:
    MessageVote.objects.create(message=message, voter=pseudonym_for("other"), answer=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(message).save()


def act(message: Message, what: str, ground: str) -> MessageModeration:
    return MessageModeration(
        case_id=message.case_id, message_id=message.pk, act=what, ground=ground, at=NOW
    )


def test_the_log_of_moderation_only_grows(message: Message) -> None:
    entry = act(message, "hide", "insults")
    entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        MessageModeration.objects.update(act="show")


def test_what_is_printed_tells_no_content_and_nobody(message: Message) -> None:
    vote = MessageVote(message=message, voter=ME, answer=1)
    printed = f"{message} {vote} {act(message, 'show', '')}"
    for hidden in (message.content, message.author, ME):
        assert hidden not in printed
