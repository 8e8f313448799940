"""Erase what somebody said about a case, and what they found of what others said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.counting import withdraw_figures
from spreekruimte.dialogue.actions.receiving import erase_message
from spreekruimte.dialogue.models import Message, MessageVote


@transaction.atomic
def erase_voice(*, case: Case, author: str, now: datetime) -> int:
    """Delete the texts of messages and the votes of a pseudonym; give how many messages.

    That there was a message stays, so that answers of others keep their place. Doing it again
    changes nothing.
    """
    own = Message.objects.select_for_update().filter(case=case, author=author)
    messages = list(own.exclude(state=Message.State.ERASED))
    votes = MessageVote.objects.filter(message__case=case, voter=author)
    voted_on = set(votes.values_list("message_id", flat=True))
    votes.delete()
    withdraw_figures(case.pk, voted_on)
    for message in messages:
        erase_message(message, now=now)
    return len(messages)
