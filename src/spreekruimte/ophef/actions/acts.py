"""Record what the employer did, and withdraw what was recorded by mistake."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ophef.actions.changing import hold_open, record
from spreekruimte.ophef.models import Act, Incident, OrderMeasure
from spreekruimte.ophef.models.acts import LONGEST_GUIDELINE
from spreekruimte.ophef.writing import tidy_phrase
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

HIGHEST_MEASURE = 8


@transaction.atomic
def record_measure(
    *, incident: Incident, measure: int, on: date, today: date, actor: Actor, now: datetime
) -> Act:
    """Record a measure: a step of the ladder, 0 to 8.

    Raises
    ------
    ValidationError
        If there is no such step, or the day is still to come.
    RefusedError
        If the incident is closed.
    """
    if not 0 <= measure <= HIGHEST_MEASURE:
        raise ValidationError({"measure": _("Choose one of the answers.")})
    act = Act(kind=Act.Kind.MEASURE, on=_check_day(on, today), measure=measure)
    return _record(incident, act, actor, now)


@transaction.atomic
def record_order(
    *, incident: Incident, order: OrderMeasure, on: date, today: date, actor: Actor, now: datetime
) -> Act:
    """Record an order measure, which is no measure of the ladder. Errors as for a measure."""
    act = Act(kind=Act.Kind.ORDER, on=_check_day(on, today), order=order)
    return _record(incident, act, actor, now)


@transaction.atomic
def record_rule_change(
    *,
    incident: Incident,
    guideline: str,
    strictness: Act.Strictness,
    on: date,
    today: date,
    actor: Actor,
    now: datetime,
) -> Act:
    """Record that a guideline became stricter or looser, or was looked at and left as it was.

    Raises
    ------
    ValidationError
        If the guideline is not named, its name could lead to a person, or the day is to come.
    RefusedError
        If the incident is closed.
    """
    try:
        name = tidy_phrase(
            guideline, longest=LONGEST_GUIDELINE, organisation=incident.organisation.name
        )
    except ValidationError as error:
        raise ValidationError({"guideline": error}) from error
    act = Act(kind=Act.Kind.RULE, on=_check_day(on, today), guideline=name, strictness=strictness)
    return _record(incident, act, actor, now)


@transaction.atomic
def withdraw_act(*, act: Act, actor: Actor, now: datetime) -> Act:
    """Let an act not count that was recorded by mistake.

    Raises
    ------
    RefusedError
        If it was withdrawn already.
    """
    held = Act.objects.select_for_update().get(pk=act.pk)
    if held.withdrawn_at is not None:
        raise RefusedError(_("This was withdrawn already."))
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    record(held.incident, "withdraw_act", actor=actor, now=now, act=held.pk)
    return held


def _record(incident: Incident, act: Act, actor: Actor, now: datetime) -> Act:
    act.incident = hold_open(incident)
    act.recorded_at = now
    act.save()
    record(act.incident, "record_act", actor=actor, now=now, act=act.pk, kind=act.kind)
    return act


def _check_day(on: date, today: date) -> date:
    if on > today:
        raise ValidationError({"on": _("This day is still to come.")})
    return on
