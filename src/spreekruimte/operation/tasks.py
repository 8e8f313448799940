"""Run what waits in the queue, and what a worker left undone when it died."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from spreekruimte.operation.models import SignOfLife

# A worker of which nothing was seen for so long is taken for dead.
SILENCE = timedelta(seconds=60)
FORGET = timedelta(days=1)
# Every judging of a round is a task: what ended is of use for who looks into a fault, and then not.
KEPT = timedelta(days=7)
# A task that took down so many workers is not given to another.
MOST_TRIES = 3


class AbandonedError(Exception):
    """Every worker that took a task died before it was done."""


def show_alive(*, worker: str, started_at: datetime, now: datetime) -> None:
    """Keep that a worker works; forget those of which nothing was seen for a day."""
    SignOfLife.objects.update_or_create(
        worker=worker, defaults={"started_at": started_at, "seen_at": now}
    )
    SignOfLife.objects.filter(seen_at__lt=now - FORGET).delete()


def show_gone(*, worker: str) -> None:
    """Keep that a worker stopped in good order."""
    SignOfLife.objects.filter(worker=worker).delete()


def run_waiting(*, worker: str) -> None:
    """Run one task that waits, if there is any."""
    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()


def take_back_abandoned(*, now: datetime) -> int:
    """Put tasks back in the queue whose worker died; give how many.

    A task can therefore run twice, and is written so that this does no harm.
    """
    alive = set(
        SignOfLife.objects.filter(seen_at__gte=now - SILENCE).values_list("worker", flat=True)
    )
    # What was taken just now may be of a worker that has yet to show itself.
    running = DBTaskResult.objects.running().filter(started_at__lt=now - SILENCE)
    return sum(_take_back(task) for task in running if task.worker_ids[-1] not in alive)


def drop_ended(*, now: datetime) -> int:
    """Delete the tasks that ended long enough ago; give how many."""
    deleted, _by_model = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    return deleted


def _take_back(task: DBTaskResult[..., Any]) -> bool:
    if len(task.worker_ids) >= MOST_TRIES:
        task.set_failed(AbandonedError("every worker that took this task died"))
        return False
    same = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids
    )
    return bool(same.update(status=TaskResultStatus.READY, started_at=None))
