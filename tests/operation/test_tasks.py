from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from spreekruimte.operation.models import SignOfLife
from spreekruimte.operation.tasks import (
    KEPT,
    MOST_TRIES,
    SILENCE,
    drop_ended,
    run_waiting,
    show_alive,
    show_gone,
    take_back_abandoned,
)

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
done: list[int] = []


@task()
def count(number: int) -> None:
    done.append(number)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def the_task() -> DBTaskResult[..., Any]:
    return DBTaskResult.objects.get()


def claim(worker: str, *, ago: timedelta) -> None:
    taken = the_task()
    taken.claim(worker)
    DBTaskResult.objects.update(started_at=timezone.now() - ago)


def test_one_task_that_waits_is_run_at_a_time() -> None:
    for number in (1, 2):
        count.enqueue(number)
    run_waiting(worker="w")
    assert done == [1]
    run_waiting(worker="w")
    run_waiting(worker="w")
    assert done == [1, 2]
    assert {each.status for each in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}


def test_a_task_of_a_worker_that_is_silent_is_run_by_another() -> None:
    count.enqueue(1)
    claim("dead", ago=2 * SILENCE)
    now = timezone.now()
    show_alive(worker="dead", started_at=now - 3 * SILENCE, now=now - 2 * SILENCE)
    assert take_back_abandoned(now=now) == 1
    run_waiting(worker="w")
    assert done == [1]
    assert the_task().worker_ids == ["dead", "w"]


def test_a_task_of_a_worker_that_lives_is_left_alone() -> None:
    count.enqueue(1)
    claim("busy", ago=2 * SILENCE)
    now = timezone.now()
    show_alive(worker="busy", started_at=now, now=now)
    assert take_back_abandoned(now=now) == 0


def test_a_task_that_was_taken_just_now_is_left_alone() -> None:
    count.enqueue(1)
    claim("new", ago=timedelta(0))
    assert take_back_abandoned(now=timezone.now()) == 0


def test_a_task_that_takes_down_every_worker_is_not_given_to_another() -> None:
    count.enqueue(1)
    for number in range(MOST_TRIES):
        claim(f"dead-{number}", ago=2 * SILENCE)
        assert take_back_abandoned(now=timezone.now()) == (number < MOST_TRIES - 1)
    assert the_task().status == TaskResultStatus.FAILED
    assert "AbandonedError" in the_task().exception_class_path


def test_signs_of_life_are_kept_for_a_day_and_until_a_worker_leaves() -> None:
    show_alive(worker="old", started_at=NOW, now=NOW)
    show_alive(worker="new", started_at=NOW, now=NOW + timedelta(hours=23))
    assert SignOfLife.objects.count() == 2
    show_alive(worker="new", started_at=NOW, now=NOW + timedelta(hours=25))
    sign = SignOfLife.objects.get()
    assert (str(sign), sign.started_at, sign.seen_at) == ("new", NOW, NOW + timedelta(hours=25))
    show_gone(worker="new")
    assert not SignOfLife.objects.exists()


def test_tasks_that_ended_long_ago_are_dropped_and_others_stay() -> None:
    for number in (1, 2, 3):
        count.enqueue(number)
    run_waiting(worker="w")
    run_waiting(worker="w")
    now = timezone.now()
    ended = DBTaskResult.objects.finished().order_by("pk")
    old = ended.first()
    assert old is not None
    ended.filter(pk=old.pk).update(finished_at=now - KEPT - timedelta(seconds=1))
    assert drop_ended(now=now) == 1
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
    assert DBTaskResult.objects.count() == 2
