"""Invite people to the panel of a round with one-time codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.invitations import draw_code, invited_with
from spreekruimte.ballots.models import Invitation, Round
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

MOST_AT_ONCE = 10_000


@transaction.atomic
def make_invitations(
    *, round_: Round, count: int, draw: Callable[[int], bytes], actor: Actor, now: datetime
) -> list[str]:
    """Make codes for a round. They are given back once and kept nowhere.

    Parameters
    ----------
    count
        How many.
    draw
        Gives so many random bytes.

    Raises
    ------
    RefusedError
        If there are to be none or too many, or the round has ended.
    """
    codes = draw_codes(count, draw)
    if round_.ended_at is not None or round_.closes_at <= now:
        raise RefusedError(_("This round has ended: nobody can be invited any more."))
    Invitation.objects.bulk_create(
        Invitation(round=round_, digest=invited_with(code).key) for code in codes
    )
    audit.record(
        actor=actor,
        action="make_invitations",
        kind="round",
        identifier=round_.pk,
        organisation=round_.case.organisation,
        now=now,
        details={"count": count},
    )
    return codes


def draw_codes(count: int, draw: Callable[[int], bytes]) -> list[str]:
    """Make so many codes; what they let into keeps their digests.

    Raises
    ------
    RefusedError
        If there are to be none or too many.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise RefusedError(
            _("Make from 1 to %(most)d invitations at once.") % {"most": MOST_AT_ONCE}
        )
    return [draw_code(draw) for _number in range(count)]
