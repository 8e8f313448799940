"""What every change to a guideline begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import DraftLine, Guideline
from spreekruimte.guidelines.states import STATE_NAMES, TRANSITIONS, Move, allows
from spreekruimte.guidelines.stored import fields_of, state_of
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


def hold(guideline: Guideline, move: Move) -> Guideline:
    """Lock a guideline for a change.

    Raises
    ------
    RefusedError
        If its state does not allow this move.
    """
    held = Guideline.objects.select_for_update().select_related("organisation").get(pk=guideline.pk)
    state = state_of(held)
    if not allows(state, move):
        raise RefusedError(
            _("This guideline is %(state)s; that does not allow this step.")
            % {"state": STATE_NAMES[state]}
        )
    held.state = TRANSITIONS[state, move]
    return held


def record(
    guideline: Guideline, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    """Add what was done to the audit trail."""
    audit.record(
        actor=actor,
        action=action,
        kind="guideline",
        identifier=guideline.pk,
        organisation=guideline.organisation,
        now=now,
        details=details,
    )


def check_floor(line: Line) -> None:
    """Refuse a line that goes below the rights floor.

    Raises
    ------
    ValidationError
        With each ground.
    """
    grounds = find_grounds(line)
    if grounds:
        raise ValidationError(
            [
                _("This line goes below the rights floor. %(ground)s") % {"ground": ground}
                for ground in grounds
            ]
        )


def store_lines(guideline: Guideline, lines: Iterable[Line]) -> None:
    """Make lines the draft of a guideline that has none."""
    DraftLine.objects.bulk_create(
        DraftLine(guideline=guideline, position=position, **fields_of(line))
        for position, line in enumerate(lines, start=1)
    )
