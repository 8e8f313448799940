"""What somebody reads about the messages of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spreekruimte.ballots.moderation.actions import state_of
from spreekruimte.ballots.moderation.states import STATE_NAMES
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Phrase
from spreekruimte.dialogue.actions.moderating import MESSAGE
from spreekruimte.dialogue.models import Message, MessageVote


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message of the reader, and where it stands."""

    message: Message
    state: Phrase
    may_appeal: bool


def messages_of(case: Case, author: str) -> list[OwnMessage]:
    """Return the messages that somebody wrote about a case and did not erase; of nobody, none."""
    if not author:
        return []
    own = Message.objects.filter(case=case, author=author).order_by("pk")
    return [
        OwnMessage(message, STATE_NAMES[state], may_appeal=state == "hidden")
        for message in own
        if (state := state_of(MESSAGE, message))
    ]


def voices_of(case: Case, respondents: Collection[Respondent]) -> list[str]:
    """Return the pseudonyms of these respondents that wrote or voted in a dialogue."""
    known = sorted({found for each in respondents if (found := pseudonym_of(case.pk, each))})
    return [
        each
        for each in known
        if Message.objects.filter(case=case, author=each).exists()
        or MessageVote.objects.filter(message__case=case, voter=each).exists()
    ]
