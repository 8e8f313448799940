"""Which rounds there are of a case, and which one is asked."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case


def current_round(case: Case, *, now: datetime) -> Round | None:
    """Return the round of a case that takes ballots now, if there is one."""
    return open_rounds(now=now).filter(case=case).first()


def open_rounds(*, now: datetime) -> QuerySet[Round]:
    """Return the rounds that take ballots now, with their cases.

    A case that was stopped or withdrawn takes none from that moment, whether or not its round was
    ended already.
    """
    return Round.objects.filter(
        ended_at__isnull=True, opened_at__lte=now, closes_at__gt=now, case__state="open"
    ).select_related("case")


def rounds_to_end(*, now: datetime) -> QuerySet[Round]:
    """Return the rounds that are past their day, or whose case is not asked any more."""
    return Round.objects.filter(
        Q(closes_at__lte=now) | ~Q(case__state="open"), ended_at__isnull=True
    ).select_related("case")


def rounds_of(case: Case) -> list[Round]:
    """Return all rounds of a case, the latest first."""
    return list(Round.objects.filter(case=case).order_by("-number"))
