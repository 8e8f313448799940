"""Delete what is past its time: what leads from ballots to people, and what is left of sessions.

The log of ballots and the verdicts stay. What is deleted of a case is its key, without which nobody
can go from a person to a pseudonym or back; its invitations; and what respondents told about
themselves; and what leads from its messages to where they were written. From then on its ballots
have no owner, so they can be neither revised nor erased.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spreekruimte.ballots.models import CaseKey, Invitation, Participation
from spreekruimte.cases.models import Case
from spreekruimte.channels.models import Origin
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor

# What came of work in the background is of use for as long as somebody may ask what happened.
TASKS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Expired:
    """What is past its time, as numbers.

    Attributes
    ----------
    cases
        Of cases with something that leads to people.
    """

    cases: int
    sessions: int
    tasks: int


def months_before(now: datetime, months: int) -> datetime:
    """Give the same day some months earlier; where the month has no such day, its last one."""
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(years, month + 1)[1])
    return now.replace(year=years, month=month + 1, day=day)


def find_expired(*, before: datetime, now: datetime) -> Expired:
    """Count what is past its time.

    Parameters
    ----------
    before
        Cases whose last round ended before this moment are past their time.
    """
    return Expired(_cases(before).count(), _sessions(now).count(), _tasks(now - TASKS_KEPT).count())


def delete_expired(*, before: datetime, actor: Actor, now: datetime) -> Expired:
    """Delete what is past its time; give what was deleted. The arguments are those of finding."""
    cases = list(_cases(before).select_related("organisation"))
    for case in cases:
        _cut_off(case, actor, now)
    sessions, _by_model = _sessions(now).delete()
    tasks, _by_model = _tasks(now - TASKS_KEPT).delete()
    return Expired(len(cases), sessions, tasks)


@transaction.atomic
def _cut_off(case: Case, actor: Actor, now: datetime) -> None:
    Case.objects.select_for_update().get(pk=case.pk)
    CaseKey.objects.filter(case=case).delete()
    Invitation.objects.filter(round__case=case).delete()
    Participation.objects.filter(round__case=case).exclude(about={}).update(about={})
    Origin.objects.filter(message__case=case).update(identifier="")
    audit.record(
        actor=actor,
        action="expire_case",
        kind="case",
        identifier=case.pk,
        organisation=case.organisation,
        now=now,
    )


def _cases(before: datetime) -> QuerySet[Case]:
    has_more = (
        Q(pk__in=CaseKey.objects.values("case"))
        | Q(rounds__invitations__isnull=False)
        | Q(pk__in=Participation.objects.exclude(about={}).values("round__case"))
    )
    return (
        Case.objects.alias(last=Max("rounds__ended_at"))
        .filter(has_more, last__lt=before)
        .exclude(rounds__ended_at__isnull=True)
        .distinct()
        .order_by("pk")
    )


def _sessions(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=now)


def _tasks(before: datetime) -> QuerySet[DBTaskResult[..., Any]]:
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    return DBTaskResult.objects.filter(status__in=ended, finished_at__lt=before)
