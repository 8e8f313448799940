"""Make the verdict of a round official, and let it follow what changes afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.preconditions import find_unmet
from spreekruimte.verdicts.queries.snapshots import (
    channels_to_judge,
    is_current,
    latest_snapshot,
    official_verdict,
)

FOLLOWING = Actor("following")
"""Nobody: votes were erased or reasons moderated, and the official verdict follows."""


@transaction.atomic
def publish_verdict(*, round: Round, actor: Actor, now: datetime) -> OfficialVerdict:  # noqa: A002
    """Make the newest snapshots of a round that has ended its official verdict.

    Raises
    ------
    RefusedError
        If the round has not ended, a precondition is not met, nobody voted, the snapshots are not
        up to date, or they are official already.
    """
    round_ = _hold(round)
    if round_.ended_at is None:
        raise RefusedError(_("This round has not ended. Only then its result can be official."))
    if unmet := find_unmet(round_, now=now):
        raise RefusedError(" ".join(unmet))
    snapshots = _newest_snapshots(round_)
    if snapshots is None:
        raise RefusedError(_("The result is being computed. Try again in a moment."))
    if not snapshots:
        raise RefusedError(_("Nobody voted in this round, so there is no result."))
    official = official_verdict(round_.pk)
    if official is not None and official.snapshots == snapshots:
        raise RefusedError(_("This result is official already."))
    return _add(round_, snapshots, actor=actor, now=now, is_follow_up=False)


@transaction.atomic
def follow_changes(*, round: Round, now: datetime) -> OfficialVerdict | None:  # noqa: A002
    """Let the official verdict of a round follow its newest snapshots; None if it need not."""
    official = official_verdict(round.pk)
    if official is None:
        return None
    round_ = _hold(round)
    snapshots = _newest_snapshots(round_)
    if not snapshots or snapshots == official.snapshots:
        return None
    return _add(round_, snapshots, actor=FOLLOWING, now=now, is_follow_up=True)


def _hold(round_: Round) -> Round:
    return (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__organisation")
        .get(pk=round_.pk)
    )


def _newest_snapshots(round_: Round) -> dict[str, int] | None:
    """Name the newest snapshot of each channel; None if one is missing or not up to date."""
    found: dict[str, int] = {}
    for channel in channels_to_judge(round_):
        snapshot = latest_snapshot(round_, Channel(channel))
        if snapshot is None or not is_current(snapshot):
            return None
        found[channel.value] = snapshot.pk
    return found


def _add(
    round_: Round, snapshots: dict[str, int], *, actor: Actor, now: datetime, is_follow_up: bool
) -> OfficialVerdict:
    earlier = official_verdict(round_.pk)
    verdict: OfficialVerdict = OfficialVerdict.objects.create(
        round=round_,
        number=earlier.number + 1 if earlier else 1,
        snapshots=snapshots,
        is_follow_up=is_follow_up,
        published_at=now,
    )
    audit.record(
        actor=actor,
        action="publish_verdict",
        kind="round",
        identifier=round_.log_name,
        organisation=round_.case.organisation,
        now=now,
        details={"number": verdict.number, "is_follow_up": is_follow_up},
    )
    return verdict
