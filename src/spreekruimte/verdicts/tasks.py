"""Work in the background."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.votes import RoundVotes
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.jobs import start_job, working
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import follow_changes
from spreekruimte.verdicts.models import Job, OfficialVerdict
from spreekruimte.verdicts.queries.snapshots import channels_to_judge

# What this worker has read of a few rounds, to go on from.
_READ: dict[int, RoundVotes] = {}
_MOST_READ = 4


@task()
def judge(round_id: int, job_id: str) -> None:
    """Judge every channel of a round as it stands now."""
    with working(job_id) as progress:
        if progress is None:
            return
        round_ = Round.objects.select_related("case").get(pk=round_id)
        votes = _READ.pop(round_id, None) or RoundVotes(round_)
        for channel in channels_to_judge(round_):
            judge_round(
                round=round_, channel=channel, now=timezone.now(), votes=votes, progress=progress
            )
        _remember(round_id, votes)
        follow_changes(round=round_, now=timezone.now())


@task()
def make(verdict_id: int, job_id: str) -> None:
    """Make the files of an official verdict."""
    with working(job_id) as progress:
        if progress is not None:
            make_files(verdict=OfficialVerdict.objects.get(pk=verdict_id), progress=progress)


def order_files(*, verdict: OfficialVerdict, now: datetime) -> Job | None:
    """Have the files of an official verdict made in the background."""
    job = start_job(round_id=verdict.round_id, kind=Job.Kind.FILES, now=now)
    if job is not None:
        make.enqueue(verdict.pk, str(job.pk))
    return job


def _remember(round_id: int, votes: RoundVotes) -> None:
    _READ[round_id] = votes
    while len(_READ) > _MOST_READ:
        del _READ[next(iter(_READ))]
