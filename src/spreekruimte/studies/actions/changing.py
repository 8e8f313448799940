"""What every change to a study has in common."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.studies.models import Study
from spreekruimte.studies.states import Move, State, next_state


def hold(study: Study, move: Move) -> Study:
    """Read a study anew for one move, and let nothing else change it before that is done.

    Raises
    ------
    RefusedError
        If the state does not allow the move.
    """
    held = (
        Study.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=study.pk)
    )
    held.state = next_state(cast(State, held.state), move)
    return held


def record(
    study: Study, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    """Add a change to the audit trail."""
    audit.record(
        actor=actor,
        action=action,
        kind="study",
        identifier=study.pk,
        organisation=study.organisation,
        now=now,
        details=details,
    )
