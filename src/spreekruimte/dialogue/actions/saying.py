"""Say something about a case here: ask, remark, answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.rounds import note_reply
from spreekruimte.ballots.models import Moderation
from spreekruimte.ballots.queries.rounds import rounds_of
from spreekruimte.ballots.wording import compare_form, suspect
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Language
from spreekruimte.dialogue.actions.counting import raise_revision
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.dialogue.voices import Voice
from spreekruimte.dialogue.wording import tidy_message
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

MOST_MESSAGES = 20
TALKED_ABOUT = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says here.

    Attributes
    ----------
    parent
        What it answers; None where it begins a thread.
    """

    content: str
    language: Language
    parent: Message | None = None


@transaction.atomic
def say(*, case: Case, voice: Voice, said: Said, now: datetime) -> Message:
    """Keep what somebody says about a case.

    It waits for a moderator where reasons of the case do, where it seems to lead to a person, and
    where the same was hidden before; what the organisation says does not wait for its own
    moderator because of the round. Whether somebody may take part is for the caller to ask.

    Raises
    ------
    RefusedError
        If there is no dialogue about the case, the text does not look as it has to, what it
        answers is not shown, or a citizen has said it already or too much.
    """
    content = tidy_message(said.content)
    # Held, so that nobody says a message twice or one too many at the same time.
    asked = Case.objects.select_for_update(no_key=True).filter(pk=case.pk, state__in=TALKED_ABOUT)
    held = asked.first()
    if held is None:
        raise RefusedError(_("There is no dialogue about this case now."))
    _check_parent(held, said.parent)
    own = list(Message.objects.filter(case=held, author=voice.author))
    if any(compare_form(each.content) == compare_form(content) for each in own):
        raise RefusedError(_("You have said this already."))
    if voice.speaker == Speaker.CITIZEN and len(own) >= MOST_MESSAGES:
        raise RefusedError(
            _("You have written %(most)d messages about this case already.")
            % {"most": MOST_MESSAGES}
        )
    is_held = _has_to_wait(held, voice, content)
    raise_revision(held.pk)
    message: Message = Message.objects.create(
        case=held,
        parent=said.parent,
        speaker=voice.speaker,
        author=voice.author,
        content=content,
        language=said.language,
        state=Message.State.WAITING if is_held else Message.State.SHOWN,
        given_at=now,
    )
    note_if_reply(message)
    return message


def note_if_reply(message: Message) -> None:
    """Note that citizens can read a reply of the public servant, where a message is one."""
    if message.speaker == Speaker.SERVANT and message.state == Message.State.SHOWN:
        note_reply(case=message.case)


@transaction.atomic
def say_as_organisation(
    *, case: Case, voice: Voice, said: Said, actor: Actor, now: datetime
) -> Message:
    """Keep what an editor says for the organisation, with who did so in the audit trail.

    Raises
    ------
    RefusedError
        As `say`.
    """
    message = say(case=case, voice=voice, said=said, now=now)
    audit.record(
        actor=actor,
        action="say_as_organisation",
        kind="message",
        identifier=message.pk,
        organisation=case.organisation,
        now=now,
        details={"case": case.pk},
    )
    return message


def _check_parent(case: Case, parent: Message | None) -> None:
    if parent is None:
        return
    there = Message.objects.filter(pk=parent.pk, case=case, state=Message.State.SHOWN)
    if not there.exists():
        raise RefusedError(_("The message that you answer is not shown any more."))


def _has_to_wait(case: Case, voice: Voice, content: str) -> bool:
    if suspect(content):
        return True
    if voice.speaker == Speaker.ORGANISATION:
        return False
    latest = next(iter(rounds_of(case)), None)
    if latest is None or latest.moderation == Moderation.BEFORE:
        return True
    hidden = Message.objects.filter(case=case, state=Message.State.HIDDEN)
    form = compare_form(content)
    return any(compare_form(each) == form for each in hidden.values_list("content", flat=True))
