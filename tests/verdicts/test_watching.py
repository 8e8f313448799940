"""The worker's watch: what is out of date is judged, once, and what is missing is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from tests.organisations.people import NOW
from tests.verdicts.results import ended, publish
from tests.verdicts.rounds import citizen, erase, fill, finish, start_round, vote

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.verdicts import watching
from spreekruimte.verdicts.actions.jobs import PATIENCE, start_job, working
from spreekruimte.verdicts.models import Job, OfficialVerdict, Snapshot
from spreekruimte.verdicts.queries.results import files_of
from spreekruimte.verdicts.queries.snapshots import latest_snapshot, official_verdict
from spreekruimte.verdicts.tasks import judge, make
from spreekruimte.verdicts.watching import BETWEEN_JUDGINGS, refresh_rounds, see_to_rest, warm_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


@pytest.fixture(autouse=True)
def nothing_seen() -> Iterator[None]:
    watching._seen.clear()
    yield
    watching._seen.clear()


def run_waiting() -> int:
    """Do what waits in the queue, as a worker does."""
    tasks: dict[str, Any] = {"judge": judge, "make": make}
    waiting = list(DBTaskResult.objects.filter(status="READY"))
    for each in waiting:
        name = each.task_path.rpartition(".")[2]
        tasks[name].func(*each.args_kwargs["args"], **each.args_kwargs["kwargs"])
        each.delete()
    return len(waiting)


def test_a_round_with_new_ballots_is_judged_once() -> None:
    round_ = start_round()
    fill(round_, 5)
    assert refresh_rounds(NOW) == 1
    assert refresh_rounds(NOW) == 0
    assert run_waiting() == 1
    assert Snapshot.objects.count() == 1
    assert refresh_rounds(NOW) == 0


def test_a_round_without_ballots_is_left_alone() -> None:
    start_round()
    assert refresh_rounds(NOW) == 0


def test_while_ballots_keep_coming_a_round_is_judged_now_and_then() -> None:
    round_ = start_round()
    fill(round_, 5)
    refresh_rounds(NOW)
    run_waiting()
    judged_at = Snapshot.objects.get().computed_at
    vote(round_, citizen(100))
    assert refresh_rounds(judged_at + BETWEEN_JUDGINGS / 2) == 0
    # The log stood still from one look to the next.
    assert refresh_rounds(judged_at + BETWEEN_JUDGINGS / 2) == 1
    run_waiting()
    vote(round_, citizen(101))
    assert refresh_rounds(judged_at + BETWEEN_JUDGINGS) == 1


def test_going_on_gives_the_votes_that_are_there() -> None:
    round_ = start_round()
    for number in range(4):
        vote(round_, citizen(number))
        refresh_rounds(NOW + number * timedelta(minutes=1))
        run_waiting()
    erase(round_, citizen(0))
    refresh_rounds(NOW + timedelta(minutes=9))
    run_waiting()
    snapshot = latest_snapshot(round_, Channel.OPEN)
    assert snapshot is not None
    assert snapshot.figures.document["participants"] == 3


def test_an_official_verdict_gets_its_files_and_follows_an_erasure_by_itself() -> None:
    round_ = ended()
    publish(round_)
    see_to_rest(NOW)
    assert run_waiting() == 1
    first = official_verdict(round_.pk)
    assert files_of(first)
    erase(round_, citizen(3))
    for _ in range(3):
        refresh_rounds(NOW + timedelta(minutes=5))
        see_to_rest(NOW + timedelta(minutes=5))
        run_waiting()
    second = official_verdict(round_.pk)
    assert second is not None
    assert second.is_follow_up
    assert files_of(second)
    assert OfficialVerdict.objects.count() == 2
    assert refresh_rounds(NOW + timedelta(minutes=6)) == 0
    see_to_rest(NOW + timedelta(minutes=6))
    assert run_waiting() == 0


def test_work_that_died_with_its_worker_is_begun_again() -> None:
    round_ = start_round()
    fill(round_, 5)
    refresh_rounds(NOW)
    job = Job.objects.get()
    Job.objects.update(state=Job.State.RUNNING, seen_at=NOW)
    see_to_rest(NOW + PATIENCE / 2)
    assert refresh_rounds(NOW + PATIENCE / 2) == 0
    see_to_rest(NOW + 2 * PATIENCE)
    assert refresh_rounds(NOW + 2 * PATIENCE) == 1
    # What is left of the first in the queue does nothing when its turn comes.
    run_waiting()
    assert Snapshot.objects.count() == 1
    assert not Job.objects.filter(pk=job.pk).exists()


def test_what_fails_is_noted_and_tried_again_after_a_while() -> None:
    round_ = start_round()
    fill(round_, 5)
    job = start_job(round_id=round_.pk, kind=Job.Kind.JUDGE, now=NOW)
    assert job is not None

    def fail() -> None:
        with working(str(job.pk)):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Job.objects.get().state == Job.State.FAILED
    failed_at = Job.objects.get().seen_at
    see_to_rest(failed_at)
    assert refresh_rounds(failed_at) == 0
    see_to_rest(failed_at + 2 * PATIENCE)
    assert refresh_rounds(failed_at + 2 * PATIENCE) == 1


def test_the_same_work_does_not_wait_twice() -> None:
    round_ = start_round()
    assert start_job(round_id=round_.pk, kind=Job.Kind.JUDGE, now=NOW) is not None
    assert start_job(round_id=round_.pk, kind=Job.Kind.JUDGE, now=NOW) is None
    assert start_job(round_id=round_.pk, kind=Job.Kind.FILES, now=NOW) is not None


def test_work_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spreekruimte.verdicts.actions.jobs.BETWEEN_REPORTS", 0.0)
    round_ = start_round()
    job = start_job(round_id=round_.pk, kind=Job.Kind.JUDGE, now=NOW)
    assert job is not None
    with working(str(job.pk)) as progress:
        assert progress is not None
        progress("groups", 1, 4)
        job.refresh_from_db()
        assert (job.state, job.step, job.done, job.total) == ("running", "groups", 1, 4)
    job.refresh_from_db()
    assert job.state == "done"


def test_looking_costs_few_queries_however_many_rounds_there_are() -> None:
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        round_ = start_round()
        fill(round_, 2)
        refresh_rounds(NOW)
        finish(round_)
    run_waiting()
    while refresh_rounds(NOW + timedelta(minutes=5)):
        run_waiting()
    with CaptureQueriesContext(connection) as asked:
        refresh_rounds(NOW + timedelta(minutes=6))
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        see_to_rest(NOW + timedelta(minutes=6))
    assert len(asked) <= 3
    assert Round.objects.count() == 3


def test_warming_up_goes_through_everything() -> None:
    warm_up()
