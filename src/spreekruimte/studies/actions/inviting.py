"""Invite people to a study with one-time codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from spreekruimte.ballots.actions.inviting import draw_codes
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.organisations.models import Actor
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
    codes = draw_codes(count, draw)
    study = hold(study, "answer")
    StudyInvitation.objects.bulk_create(
        StudyInvitation(study=study, digest=invited_with(code).key) for code in codes
    )
    record(study, "invite_to_study", actor=actor, now=now, count=count)
    return codes
