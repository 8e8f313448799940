"""Decide on reasons: show, hide, take together, and look again when the author asks for it.

What may follow what stands in `spreekruimte.ballots.moderation`. Whoever calls an action asks
first whether this person may moderate. Votes stay with the reason that they were given to,
whatever becomes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreekruimte.ballots.models import ModerationEntry, Reason
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
from spreekruimte.ballots.moderation.states import OF_REASONS
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

Act = ModerationEntry.Act

REASON = Kind(
    name="reason",
    table=OF_REASONS,
    log=ModerationEntry.objects,
    one=gettext_lazy("reason %(id)s"),
    absent=gettext_lazy("There is no such reason."),
    changed=gettext_lazy(
        "The text of reason %(number)d has changed. Read it again; nothing was saved."
    ),
    own_appeal=gettext_lazy("You hid this reason. Another moderator decides about the appeal."),
    groundless=gettext_lazy("Choose why this reason is hidden."),
)


@transaction.atomic
def moderate_reason(
    *, organisation: Organisation, decision: Decision, actor: Actor, now: datetime
) -> None:
    """Carry out a decision about a reason.

    Raises
    ------
    RefusedError
        If it is not possible: the text has changed, somebody else has decided meanwhile, hiding
        has no ground, the other reason of a merge cannot stand for both, or the moderator who hid
        a reason decides about the appeal.
    """
    held = _hold(organisation, decision)
    reason = expect_seen(REASON, held.get(decision.text_id), decision.seen)
    after = decide(REASON, reason, decision, actor)
    reason.merged_into = _find_other(held, reason, decision) if after == "merged" else None
    reason.state = stored_state(after)
    reason.save(update_fields=["state", "merged_into"])
    into_id = reason.merged_into_id
    _log(reason, Act(decision.move), now, ground=decision.kept_ground, into_id=into_id)
    record_deed(
        REASON,
        decision,
        organisation=organisation,
        actor=actor,
        now=now,
        round=reason.round.log_name,
        into=into_id,
    )


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
    move_on(REASON, state_of(REASON, held), "appeal")
    _log(held, Act.APPEAL, now)


def _hold(organisation: Organisation, decision: Decision) -> dict[int, Reason]:
    """Read the reasons of a decision, and let nobody change them before this is done."""
    found = (
        Reason.objects.select_for_update(of=("self",))
        .select_related("round")
        .filter(
            pk__in=[decision.text_id, decision.into_id or 0],
            round__case__organisation=organisation,
        )
        .order_by("pk")
    )
    return {reason.pk: reason for reason in found}


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
