"""Decide on reasons: show, hide, take together, and look again when the author asks for it.

What may follow what stands in `spreekruimte.ballots.reason_states`. Whoever calls an action asks
first whether this person may moderate. Votes stay with the reason that they were given to,
whatever becomes of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import ModerationEntry, Reason
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.reason_states import (
    FOUR_EYES,
    Deed,
    Ground,
    Move,
    MoveError,
    State,
    next_state,
)
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

Act = ModerationEntry.Act

# What is stored of each state; of the three hidden ones, the log of moderation tells which.
_STORED: Mapping[State, Reason.State] = {
    "waiting": Reason.State.WAITING,
    "shown": Reason.State.SHOWN,
    "hidden": Reason.State.HIDDEN,
    "appealed": Reason.State.HIDDEN,
    "upheld": Reason.State.HIDDEN,
    "merged": Reason.State.MERGED,
    "erased": Reason.State.ERASED,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides about one reason.

    Attributes
    ----------
    seen
        The mark of the text that the moderator saw, so that nobody decides on another one.
    ground
        Why, for hiding.
    into_id
        The reason that stands for both, for a merge.
    """

    reason_id: int
    move: Deed
    seen: str
    ground: Ground | None = None
    into_id: int | None = None


def mark_text(content: str) -> str:
    """Give what tells this text from another one."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def state_of(reason: Reason) -> State:
    """Give the state of a reason, as far as the log of moderation tells it."""
    if reason.state != Reason.State.HIDDEN:
        return next(state for state, stored in _STORED.items() if stored == reason.state)
    entries = ModerationEntry.objects.filter(reason_id=reason.pk).order_by("-pk")
    return hidden_state(entries.values_list("act", flat=True).first())


def hidden_state(last_act: str | None) -> State:
    """Give the state of a reason that is stored as hidden, from the last act upon it."""
    if last_act == Act.APPEAL:
        return "appealed"
    return "upheld" if last_act == Act.UPHOLD else "hidden"


def hidden_by(reason_ids: Sequence[int]) -> dict[int, str]:
    """Give who hid each of these reasons last, as the audit trail names them."""
    entries = AuditEntry.objects.filter(
        kind="reason", action="hide_reason", identifier__in=map(str, reason_ids)
    )
    # The last one of each reason stays.
    return {
        int(identifier): actor
        for identifier, actor in entries.order_by("pk").values_list("identifier", "actor")
    }


@transaction.atomic
def moderate(
    *, organisation: Organisation, decisions: Sequence[Decision], actor: Actor, now: datetime
) -> None:
    """Carry out decisions in their order: all of them, or none.

    Raises
    ------
    RefusedError
        If one of them is not possible: the text has changed, somebody else has decided meanwhile,
        hiding has no ground, the other reason of a merge cannot stand for both, or the moderator
        who hid a reason decides about the appeal.
    """
    held = _hold(organisation, decisions)
    for decision in decisions:
        _carry_out(held, decision, actor, now)


@transaction.atomic
def appeal_reason(*, reason: Reason, respondent: Respondent, now: datetime) -> None:
    """Ask for another look at an own reason that was hidden: once each time that it was.

    Raises
    ------
    RefusedError
        If it is not the respondent's, is not hidden, or was looked at again already.
    """
    held = Reason.objects.select_for_update(of=("self",)).select_related("round").get(pk=reason.pk)
    author = find_participation(held.round, respondent)
    if author is None or held.author_id != author.pk:
        raise RefusedError(_("This reason is not yours."))
    _move(state_of(held), "appeal")
    _log(held, Act.APPEAL, now)


def _hold(organisation: Organisation, decisions: Sequence[Decision]) -> dict[int, Reason]:
    """Read the reasons, and let nobody change them before this is done."""
    wanted = {decision.reason_id for decision in decisions}
    wanted |= {decision.into_id for decision in decisions if decision.into_id is not None}
    found = (
        Reason.objects.select_for_update(of=("self",))
        .select_related("round__case__organisation")
        .filter(pk__in=wanted, round__case__organisation=organisation)
        .order_by("pk")
    )
    return {reason.pk: reason for reason in found}


def _carry_out(held: Mapping[int, Reason], decision: Decision, actor: Actor, now: datetime) -> None:
    reason = held.get(decision.reason_id)
    if reason is None:
        raise RefusedError(_("There is no such reason."))
    if mark_text(reason.content) != decision.seen:
        raise RefusedError(
            _("The text of reason %(number)d has changed. Read it again; nothing was saved.")
            % {"number": reason.pk}
        )
    state = state_of(reason)
    after = _move(state, decision.move)
    if (state, decision.move) in FOUR_EYES and hidden_by([reason.pk]).get(reason.pk) == actor:
        raise RefusedError(_("You hid this reason. Another moderator decides about the appeal."))
    if decision.move == "hide" and decision.ground is None:
        raise RefusedError(_("Choose why this reason is hidden."))
    reason.merged_into = _find_other(held, reason, decision) if after == "merged" else None
    reason.state = _STORED[after]
    reason.save(update_fields=["state", "merged_into"])
    ground = (decision.ground or "") if decision.move == "hide" else ""
    into_id = reason.merged_into_id
    _log(reason, Act(decision.move), now, ground=ground, into_id=into_id)
    audit.record(
        actor=actor,
        action=f"{decision.move}_reason",
        kind="reason",
        identifier=reason.pk,
        organisation=reason.round.case.organisation,
        now=now,
        details={"round": reason.round.log_name, "ground": ground, "into": into_id},
    )


def _find_other(held: Mapping[int, Reason], reason: Reason, decision: Decision) -> Reason:
    """Find the reason that a merge leads to, which is not merged itself: none is two away."""
    other = held.get(decision.into_id or 0)
    if other is None or other.round_id != reason.round_id or other.pk == reason.pk:
        raise RefusedError(_("Choose another reason of the same round."))
    if other.state != Reason.State.SHOWN:
        raise RefusedError(_("The other reason is not shown. It cannot stand for both."))
    if reason.merged.exists():
        raise RefusedError(
            _("Another reason was taken together with this one. Merge the other way round.")
        )
    return other


def _move(state: State, move: Move) -> State:
    try:
        return next_state(state, move)
    except MoveError as error:
        raise RefusedError(str(error.sentence)) from error


def _log(
    reason: Reason, act: Act, now: datetime, *, ground: str = "", into_id: int | None = None
) -> None:
    ModerationEntry.objects.create(
        round_id=reason.round_id,
        reason_id=reason.pk,
        act=act,
        ground=ground,
        into_id=into_id,
        at=now,
    )
