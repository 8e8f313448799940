"""What was done to a case, from the audit trail."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import AuditEntry

PAGE = 100


def trail_of(case: Case, *, size: int = PAGE) -> list[AuditEntry]:
    """Return what was last done to a case, the newest first."""
    return list(_entries_of(case).order_by("-id")[:size])


def version_of(case: Case) -> int:
    """Return what tells a case from itself after any change: the number of the last entry."""
    latest: int | None = _entries_of(case).aggregate(latest=Max("id"))["latest"]
    return latest or 0


def _entries_of(case: Case) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(kind="case", identifier=str(case.pk))
