"""Invite people to a study with one-time codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.inviting import MOST_AT_ONCE
from spreekruimte.ballots.invitations import draw_code, invited_with
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.changing import hold, record
from spreekruimte.studies.models import Study, StudyInvitation


@transaction.atomic
def invite_to_study(
    *, study: Study, count: int, draw: Callable[[int], bytes], actor: Actor, now: datetime
) -> list[str]:
    """Make codes for a study. They are given back once and kept nowhere.

    Parameters
    ----------
    count
        How many.
    draw
        Gives so many random bytes.

    Raises
    ------
    RefusedError
        If there are to be none or too many, or the study is not open.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise RefusedError(
            _("Make from 1 to %(most)d invitations at once.") % {"most": MOST_AT_ONCE}
        )
    study = hold(study, "answer")
    codes = [draw_code(draw) for _number in range(count)]
    StudyInvitation.objects.bulk_create(
        StudyInvitation(study=study, digest=invited_with(code).key) for code in codes
    )
    record(study, "invite_to_study", actor=actor, now=now, count=count)
    return codes
