"""What moderators have before them of messages, and what everybody can read of what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from spreekruimte.ballots.moderation import queries
from spreekruimte.ballots.moderation.queries import Line, Queue, Queued
from spreekruimte.ballots.moderation.states import State
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.moderating import MESSAGE
from spreekruimte.dialogue.models import Message, MessageModeration
from spreekruimte.organisations.models import Actor, Organisation


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message as moderators see it, and whether it can be turned into a reason now."""

    look: Queued[Message]
    may_become_reason: bool


def queue_of(
    organisation: Organisation, part: State, *, moderator: Actor, beyond: int | None = None
) -> Queue[QueuedMessage]:
    """Return messages of an organisation in one part, from where the page before ended."""
    found = queries.read_part(
        MESSAGE,
        _messages_of(organisation).select_related("case", "parent"),
        part,
        moderator=moderator,
        beyond=beyond,
    )
    texts = [QueuedMessage(look, _may_become_reason(look.text)) for look in found.texts]
    return Queue(part, texts, found.beyond)


def count_parts(organisation: Organisation) -> Mapping[State, int]:
    """Return how many messages of an organisation there are in each part."""
    return queries.count_parts(MESSAGE, _messages_of(organisation))


def message_for_moderator(organisation: Organisation, message_id: int) -> Message | None:
    """Return a message of an organisation, if there is one of this number."""
    return _messages_of(organisation).filter(pk=message_id).select_related("case").first()


def log_of(case: Case, *, before: int | None, size: int) -> list[Line]:
    """Return what moderators did with the messages of a case, the latest first."""
    entries = MessageModeration.objects.filter(case_id=case.pk)
    return queries.read_lines(MESSAGE, entries, before=before, size=size)


def _messages_of(organisation: Organisation) -> QuerySet[Message]:
    return Message.objects.filter(case__organisation=organisation)


def _may_become_reason(message: Message) -> bool:
    is_shown, is_asked = message.state == Message.State.SHOWN, message.case.state == "open"
    return is_shown and is_asked and message.reason_id is None
