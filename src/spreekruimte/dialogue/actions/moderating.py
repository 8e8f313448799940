"""Decide on messages: show, hide, look again after an appeal, and make a reason of one.

What may follow what stands in `spreekruimte.ballots.moderation`. Whoever calls an action asks
first whether this person may moderate.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreekruimte.ballots.actions.reasons import AlreadyGivenError, add_reason
from spreekruimte.ballots.actions.rounds import Seed
from spreekruimte.ballots.models import Reason
from spreekruimte.ballots.moderation.actions import (
    Decision,
    Kind,
    decide,
    expect_seen,
    move_on,
    record_deed,
    state_of,
    stored_state,
)
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.ballots.refusals import RoundIsOver
from spreekruimte.dialogue.actions.counting import raise_revision, withdraw_figures
from spreekruimte.dialogue.actions.saying import note_if_reply
from spreekruimte.dialogue.message_states import OF_MESSAGES
from spreekruimte.dialogue.models import Message, MessageModeration
from spreekruimte.dialogue.voices import Voice
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

Act = MessageModeration.Act

MESSAGE = Kind(
    name="message",
    table=OF_MESSAGES,
    log=MessageModeration.objects,
    one=gettext_lazy("message %(id)s"),
    absent=gettext_lazy("There is no such message."),
    changed=gettext_lazy(
        "The text of message %(number)d has changed. Read it again; nothing was saved."
    ),
    own_appeal=gettext_lazy("You hid this message. Another moderator decides about the appeal."),
    groundless=gettext_lazy("Choose why this message is hidden."),
)


@transaction.atomic
def moderate_message(
    *, organisation: Organisation, decision: Decision, actor: Actor, now: datetime
) -> Message:
    """Carry out a decision about a message.

    Raises
    ------
    RefusedError
        If it is not possible: the text has changed, somebody else has decided meanwhile, hiding
        has no ground, or the moderator who hid a message decides about the appeal.
    """
    message = _hold(organisation, decision.text_id, decision.seen)
    message.state = stored_state(decide(MESSAGE, message, decision, actor))
    message.save(update_fields=["state"])
    note_if_reply(message)
    if message.state == Message.State.SHOWN:
        raise_revision(message.case_id)
    else:
        withdraw_figures(message.case_id, [message.pk])
    _log(message, Act(decision.move), now, ground=decision.kept_ground)
    record_deed(
        MESSAGE,
        decision,
        organisation=organisation,
        actor=actor,
        now=now,
        case=message.case_id,
    )
    return message


@transaction.atomic
def appeal_message(*, message: Message, voice: Voice, now: datetime) -> None:
    """Ask for another look at an own message that was hidden: once each time that it was.

    Raises
    ------
    RefusedError
        If it is not the speaker's, is not hidden, or was looked at again already.
    """
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.author != voice.author:
        raise RefusedError(_("This message is not yours."))
    move_on(MESSAGE, state_of(MESSAGE, held), "appeal")
    _log(held, Act.APPEAL, now)


@transaction.atomic
def turn_into_reason(
    *,
    organisation: Organisation,
    message_id: int,
    seen: str,
    seed: Seed,
    actor: Actor,
    now: datetime,
) -> Reason:
    """Let citizens vote on what a message says, as a reason in the round that is asked now.

    Where the same reason is there already, the message belongs to that one from now on.

    Parameters
    ----------
    seen
        The mark of the text that the moderator saw.
    seed
        The reason in the words of the moderator: short, and of one thing.

    Raises
    ------
    RefusedError
        If the message changed or is not shown, became a reason already, its case is not asked, or
        the text does not look as a reason has to.
    """
    message = _hold(organisation, message_id, seen)
    if message.state != Message.State.SHOWN:
        raise RefusedError(_("This message is not shown any more."))
    if message.reason_id is not None:
        raise RefusedError(_("This message was turned into a reason already."))
    round_ = current_round(message.case, now=now)
    if round_ is None:
        raise RoundIsOver
    try:
        reason = add_reason(round_=round_, seed=seed, actor=actor, now=now)
    except AlreadyGivenError as there:
        reason = there.reason
    message.reason = reason
    message.save(update_fields=["reason"])
    audit.record(
        actor=actor,
        action="turn_into_reason",
        kind="message",
        identifier=message.pk,
        organisation=message.case.organisation,
        now=now,
        details={"case": message.case_id, "reason": reason.pk},
    )
    return reason


def _hold(organisation: Organisation, message_id: int, seen: str) -> Message:
    """Read a message of an organisation, and let nobody change it before this is done."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("case__organisation")
        .filter(pk=message_id, case__organisation=organisation)
        .first()
    )
    return expect_seen(MESSAGE, message, seen)


def _log(message: Message, act: Act, now: datetime, *, ground: str = "") -> None:
    MessageModeration.objects.create(
        case_id=message.case_id, message_id=message.pk, act=act, ground=ground, at=now
    )
