"""Plan a round for a day to come, and open it on that day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.rounds import (
    SCHEDULE,
    Seed,
    StoppedError,
    check_seeds,
    open_round,
)
from spreekruimte.ballots.models import Moderation, PlannedRound
from spreekruimte.cases.models import Case
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def plan_round(
    *,
    case: Case,
    opens_at: datetime,
    closes_at: datetime,
    moderation: Moderation,
    seeds: Sequence[Seed],
    actor: Actor,
    now: datetime,
) -> PlannedRound:
    """Let a case that is ready open by itself on a day to come, in place of an earlier plan.

    Raises
    ------
    RefusedError
        If the case is not ready, the days are not in order, or a seed does not look as a reason
        has to; nothing was changed.
    """
    case = _hold(case)
    if case.state != "ready":
        raise RefusedError(_("Only a case that is ready can be planned."))
    if not now < opens_at < closes_at:
        raise RefusedError(_("A round opens after now, and closes after it opens."))
    planned = PlannedRound(
        case=case,
        opens_at=opens_at,
        closes_at=closes_at,
        moderation=moderation,
        seeds=[{"content": seed.content, "language": seed.language} for seed in check_seeds(seeds)],
    )
    PlannedRound.objects.filter(case=case).delete()
    planned.save(force_insert=True)
    _record(case, "plan_round", actor, now)
    return planned


@transaction.atomic
def cancel_plan(*, case: Case, actor: Actor, now: datetime) -> None:
    """Let a case not open by itself any more; refuse where there was no plan."""
    case = _hold(case)
    count, _rows = PlannedRound.objects.filter(case=case).delete()
    if not count:
        raise RefusedError(_("No round of this case is planned."))
    _record(case, "cancel_plan", actor, now)


def open_planned_rounds(*, now: datetime, today: date, draw: Callable[[int], bytes]) -> int:
    """Open the rounds whose day has come; give how many opened.

    Every gate is checked again. A case that is not ready any more does not open: its plan is
    dropped, so that it does not open by surprise later on.

    Parameters
    ----------
    draw
        Gives so many random bytes, for the keys of the cases.
    """
    due = PlannedRound.objects.filter(opens_at__lte=now).select_related("case")
    return sum(_open_planned(planned, now, today, draw) for planned in due.order_by("opens_at"))


def _open_planned(
    planned: PlannedRound, now: datetime, today: date, draw: Callable[[int], bytes]
) -> bool:
    seeds = [Seed(seed["content"], seed["language"]) for seed in planned.seeds]
    with transaction.atomic():
        case = _hold(planned.case)
        # Whoever else opens it at this moment has taken the plan away.
        count, _rows = PlannedRound.objects.filter(
            pk=planned.pk, opens_at=planned.opens_at
        ).delete()
        if not count:
            return False
        if case.state != "ready" or planned.closes_at <= now:
            _record(case, "drop_plan", SCHEDULE, now)
            return False
        try:
            open_round(
                case=case,
                closes_at=planned.closes_at,
                moderation=Moderation(planned.moderation),
                seeds=seeds,
                new_key=draw(32),
                actor=SCHEDULE,
                today=today,
                now=now,
            )
        except StoppedError:
            return False
        except RefusedError:
            _record(case, "drop_plan", SCHEDULE, now)
            return False
    return True


def _hold(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=case.pk)
    )


def _record(case: Case, action: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="planned_round",
        identifier=case.pk,
        organisation=case.organisation,
        now=now,
    )
