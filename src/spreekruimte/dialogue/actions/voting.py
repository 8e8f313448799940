"""Agree or disagree with a message."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.dialogue.actions.counting import raise_revision
from spreekruimte.dialogue.actions.saying import TALKED_ABOUT
from spreekruimte.dialogue.models import Message, MessageVote, Speaker
from spreekruimte.dialogue.voices import Voice
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def vote_on_message(*, message: Message, voice: Voice, answer: int) -> MessageVote:
    """Keep whether a citizen agrees with a message, in place of what they found before.

    Parameters
    ----------
    answer
        1 agree, -1 disagree, 0 pass.

    Raises
    ------
    RefusedError
        If the message is not shown, is the voter's own, or an office votes.
    ValueError
        If there is no such answer.
    """
    if answer not in (-1, 0, 1):
        raise ValueError(f"{answer} is no vote on a message")
    if voice.speaker != Speaker.CITIZEN:
        raise RefusedError(_("Only citizens vote on messages."))
    # Held, so that no text is voted on that changes meanwhile.
    held = Message.objects.select_for_update().filter(
        pk=message.pk, state=Message.State.SHOWN, case__state__in=TALKED_ABOUT
    )
    found = held.first()
    if found is None:
        raise RefusedError(_("This message is not shown any more."))
    if found.author == voice.author:
        raise RefusedError(_("This is your own message."))
    vote, _is_new = MessageVote.objects.update_or_create(
        message=found, voter=voice.author, defaults={"answer": answer}
    )
    raise_revision(found.case_id)
    return vote
