"""Whether what is shown of networks was looked for since its round ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import ngettext

from spreekruimte.ballots.models import Round
from spreekruimte.channels.models import Origin
from spreekruimte.dialogue.models import Message

# A server that is away holds up no result for longer than this.
PATIENCE = timedelta(hours=1)


def say_unchecked(round_: Round, now: datetime) -> str:
    """Say that replies are shown which nobody looked for since a round ended; nothing otherwise.

    So a result does not stand beside words that were deleted. It is a precondition of publishing
    a verdict, until an hour after the round ended.
    """
    ended_at = round_.ended_at
    if ended_at is None or now >= ended_at + PATIENCE:
        return ""
    shown = Origin.objects.filter(
        publication__round=round_, message__state=Message.State.SHOWN, checked_at__lt=ended_at
    )
    count = shown.exclude(identifier="").count()
    if not count:
        return ""
    return ngettext(
        "We still look whether %(count)d reply that is shown was deleted where it was written. "
        "Try again in a few minutes.",
        "We still look whether %(count)d replies that are shown were deleted where they were "
        "written. Try again in a few minutes.",
        count,
    ) % {"count": count}
