"""Start work in the background, and tell how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic

from django.db import IntegrityError, transaction
from django.utils import timezone

from spreekruimte.analysis.votes import Progress
from spreekruimte.verdicts.models import Job

# Work that is not heard of for so long has died with its worker; what failed is tried again then.
PATIENCE = timedelta(seconds=60)
# A page asks no more often; and each report waits for the disk.
BETWEEN_REPORTS = 0.5
_AT_WORK = (Job.State.WAITING, Job.State.RUNNING)


def start_job(*, round_id: int, kind: Job.Kind, now: datetime) -> Job | None:
    """Note that work waits to be done; None where the same is waiting or under way already."""
    try:
        with transaction.atomic():
            Job.objects.filter(round_id=round_id, kind=kind).exclude(state__in=_AT_WORK).delete()
            return Job.objects.create(round_id=round_id, kind=kind, seen_at=now)
    except IntegrityError:
        return None


def give_up_silent(*, now: datetime) -> int:
    """Forget work that died with its worker, and what failed a while ago; give how much."""
    silent = Job.objects.filter(seen_at__lt=now - PATIENCE).exclude(state=Job.State.DONE)
    if not silent.exists():
        return 0
    return silent.delete()[0]


@contextmanager
def working(job_id: str) -> Iterator[Progress | None]:
    """Work on a job: give what tells how far it is, and note how it ended.

    Where nobody waits for the job any more, None is given, and there is nothing to do.
    """
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.RUNNING, seen_at=timezone.now()):
        yield None
        return
    try:
        yield _report_to(job_id)
    except BaseException:
        _note(job_id, state=Job.State.FAILED)
        raise
    _note(job_id, state=Job.State.DONE)


def _report_to(job_id: str) -> Progress:
    reported = monotonic()

    def report(step: str, done: int, total: int | None) -> None:
        nonlocal reported
        if monotonic() - reported >= BETWEEN_REPORTS:
            reported = monotonic()
            _note(job_id, step=step, done=done, total=total or 0)

    return report


def _note(job_id: str, **changes: object) -> None:
    Job.objects.filter(pk=job_id).update(seen_at=timezone.now(), **changes)
