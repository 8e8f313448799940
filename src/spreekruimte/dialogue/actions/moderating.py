"""Decide on messages: show, hide, look again after an appeal, and make a reason of one.

What may follow what stands in `spreekruimte.dialogue.message_states`. Whoever calls an action asks
first whether this person may moderate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.moderating import hidden_state, mark_text
from spreekruimte.ballots.actions.reasons import AlreadyGivenError, add_reason
from spreekruimte.ballots.actions.rounds import Seed
from spreekruimte.ballots.models import Reason
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.ballots.reason_states import FOUR_EYES, Ground
from spreekruimte.ballots.refusals import RoundIsOver
from spreekruimte.dialogue.actions.counting import raise_revision, withdraw_figures
from spreekruimte.dialogue.actions.saying import note_if_reply
from spreekruimte.dialogue.message_states import Deed, Move, MoveError, State, next_state
from spreekruimte.dialogue.models import Message, MessageModeration
from spreekruimte.dialogue.voices import Voice
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

Act = MessageModeration.Act

# What is stored of each state; of the three hidden ones, the log of moderation tells which.
_STORED: Mapping[State, Message.State] = MappingProxyType(
    {
        "waiting": Message.State.WAITING,
        "shown": Message.State.SHOWN,
        "hidden": Message.State.HIDDEN,
        "appealed": Message.State.HIDDEN,
        "upheld": Message.State.HIDDEN,
        "erased": Message.State.ERASED,
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides about one message.

    Attributes
    ----------
    seen
        The mark of the text that the moderator saw, so that nobody decides on another one.
    ground
        Why, for hiding.
    """

    message_id: int
    move: Deed
    seen: str
    ground: Ground | None = None


def state_of(message: Message) -> State:
    """Give the state of a message, as far as the log of moderation tells it."""
    if message.state != Message.State.HIDDEN:
        return next(state for state, stored in _STORED.items() if stored == message.state)
    entries = MessageModeration.objects.filter(message_id=message.pk).order_by("-pk")
    return _hidden_state(entries.values_list("act", flat=True).first())


def hidden_by(message_ids: Sequence[int]) -> dict[int, str]:
    """Give who hid each of these messages last, as the audit trail names them."""
    entries = AuditEntry.objects.filter(
        kind="message", action="hide_message", identifier__in=map(str, message_ids)
    )
    # The last one of each message stays.
    return {
        int(identifier): actor
        for identifier, actor in entries.order_by("pk").values_list("identifier", "actor")
    }


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
    message = _hold(organisation, decision.message_id, decision.seen)
    state = state_of(message)
    after = _move(state, decision.move)
    if (state, decision.move) in FOUR_EYES and hidden_by([message.pk]).get(message.pk) == actor:
        raise RefusedError(_("You hid this message. Another moderator decides about the appeal."))
    if decision.move == "hide" and decision.ground is None:
        raise RefusedError(_("Choose why this message is hidden."))
    message.state = _STORED[after]
    message.save(update_fields=["state"])
    note_if_reply(message)
    if message.state == Message.State.SHOWN:
        raise_revision(message.case_id)
    else:
        withdraw_figures(message.case_id, [message.pk])
    ground = (decision.ground or "") if decision.move == "hide" else ""
    _log(message, Act(decision.move), now, ground=ground)
    _record(message, f"{decision.move}_message", actor, now, ground=ground)
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
    _move(state_of(held), "appeal")
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
    _record(message, "turn_into_reason", actor, now, reason=reason.pk)
    return reason


def _hold(organisation: Organisation, message_id: int, seen: str) -> Message:
    """Read a message of an organisation, and let nobody change it before this is done."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("case__organisation")
        .filter(pk=message_id, case__organisation=organisation)
        .first()
    )
    if message is None:
        raise RefusedError(_("There is no such message."))
    if mark_text(message.content) != seen:
        raise RefusedError(
            _("The text of message %(number)d has changed. Read it again; nothing was saved.")
            % {"number": message.pk}
        )
    return message


def _hidden_state(last_act: str | None) -> State:
    state = hidden_state(last_act)
    assert state in ("hidden", "appealed", "upheld")  # noqa: S101 - what is hidden is one of these
    return state


def _move(state: State, move: Move) -> State:
    try:
        return next_state(state, move)
    except MoveError as error:
        raise RefusedError(str(error.sentence)) from error


def _log(message: Message, act: Act, now: datetime, *, ground: str = "") -> None:
    MessageModeration.objects.create(
        case_id=message.case_id, message_id=message.pk, act=act, ground=ground, at=now
    )


def _record(
    message: Message, action: str, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="message",
        identifier=message.pk,
        organisation=message.case.organisation,
        now=now,
        details={"case": message.case_id, **details},
    )
