"""Messages of a dialogue for tests."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from tests.cases.stored import in_state
from tests.organisations.people import NOW

from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.receiving import ReceivedMessage, receive_message
from spreekruimte.dialogue.models import Message, MessageVote, Source

QUESTION = "Mag een ambtenaar dit schrijven?"


def pseudonym_for(name: str) -> str:
    """A pseudonym that stands for whoever a test calls so."""
    return sha256(name.encode()).hexdigest()


def received(content: str = QUESTION, **changes: object) -> ReceivedMessage:
    values: dict[str, Any] = {
        "source": Source.MASTODON,
        "author": pseudonym_for("someone elsewhere"),
        "language": "nl",
        "parent": None,
        "given_at": NOW,
    }
    return ReceivedMessage(content=content, **values | changes)


def receive(case: Case | None = None, content: str = QUESTION, **changes: object) -> Message:
    """A message from elsewhere, that waits."""
    case = case or in_state("open")
    return receive_message(case=case, received=received(content, **changes), now=NOW)


def say(case: Case, content: str = QUESTION, **changes: object) -> Message:
    """A message that is shown, stored as it stands."""
    values: dict[str, Any] = {
        "author": pseudonym_for("someone"),
        "language": "nl",
        "state": Message.State.SHOWN,
        "given_at": NOW,
    }
    return Message.objects.create(case=case, content=content, **values | changes)


def give_votes(message: Message, agree: int, disagree: int, passed: int = 0) -> Message:
    """Votes of as many others on a message, stored as they stand."""
    answers = [1] * agree + [-1] * disagree + [0] * passed
    MessageVote.objects.bulk_create(
        MessageVote(message=message, voter=pseudonym_for(f"voter {number}"), answer=answer)
        for number, answer in enumerate(answers)
    )
    return message
