"""Messages that were written elsewhere: kept, followed when they change, gone when they go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.dialogue.actions.counting import withdraw_figures
from spreekruimte.dialogue.actions.saying import TALKED_ABOUT
from spreekruimte.dialogue.models import Message, Source
from spreekruimte.dialogue.wording import clean_received
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """What somebody wrote elsewhere about a case.

    Attributes
    ----------
    author
        The pseudonym of the account in this case, 64 hexadecimal digits: made with the key of the
        case and the name of the network as the tier. Never an account.
    content
        Plain text. Accounts, links and addresses in it are left out before it is kept.
    language
        As told there; of no use unless ``nl`` or ``en``.
    parent
        What it answers, of the same case; None where it begins a thread.
    given_at
        When it was written there.
    """

    source: Source
    author: str = field(repr=False)
    content: str
    language: str
    parent: Message | None
    given_at: datetime


@transaction.atomic
def receive_message(*, case: Case, received: ReceivedMessage, now: datetime) -> Message:
    """Keep a message from elsewhere. It waits until a moderator has looked at it.

    Whether it was received before is for the caller to know.

    Raises
    ------
    RefusedError
        If the case is neither asked nor closed, no text is left, or what it answers belongs to
        another case.
    """
    if Case.objects.filter(pk=case.pk, state__in=TALKED_ABOUT).first() is None:
        raise RefusedError(_("There is no dialogue about this case now."))
    if received.parent is not None and received.parent.case_id != case.pk:
        raise RefusedError(_("A message answers one of the same case."))
    return Message.objects.create(
        case=case,
        parent=received.parent,
        source=received.source,
        author=received.author,
        content=clean_received(received.content),
        language=received.language if received.language in LANGUAGES else "",
        state=Message.State.WAITING,
        # A clock elsewhere may be fast: nothing here is from tomorrow.
        given_at=min(received.given_at, now),
    )


@transaction.atomic
def retract_message(*, message: Message, now: datetime) -> Message:
    """Delete the text of a message that was deleted where it was written; that it was there stays.

    Doing it again changes nothing.
    """
    held = hold_message(message)
    if held.state != Message.State.ERASED:
        erase_message(held, now=now)
    return held


@transaction.atomic
def revise_message(*, message: Message, content: str, now: datetime) -> Message:
    """Follow a message that was changed where it was written: it waits for a moderator again.

    Who agreed with it did so with another text, so that votes on it are deleted. A text that is
    the same as kept changes nothing.

    Raises
    ------
    RefusedError
        If it was erased, or no text is left.
    """
    held = hold_message(message)
    if held.state == Message.State.ERASED:
        raise RefusedError(_("This message was erased."))
    content = clean_received(content)
    if content != held.content:
        held.content, held.state, held.changed_at = content, Message.State.WAITING, now
        held.save(update_fields=["content", "state", "changed_at"])
        held.votes.all().delete()
        withdraw_figures(held.case_id, [held.pk])
    return held


def hold_message(message: Message) -> Message:
    """Read a message anew, and let nobody change it before this is done."""
    return (
        Message.objects.select_for_update(of=("self",))
        .select_related("case__organisation")
        .get(pk=message.pk)
    )


def erase_message(held: Message, *, now: datetime) -> None:
    """Delete the text of a message and who wrote it; its place in the thread stays."""
    held.state, held.content, held.author, held.changed_at = Message.State.ERASED, "", "", now
    held.save(update_fields=["state", "content", "author", "changed_at"])
    withdraw_figures(held.case_id, [held.pk])
