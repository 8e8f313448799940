"""Work in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.votes import RoundVotes
from spreekruimte.verdicts.actions.jobs import working
from spreekruimte.verdicts.actions.judging import judge_round
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


def _remember(round_id: int, votes: RoundVotes) -> None:
    _READ[round_id] = votes
    while len(_READ) > _MOST_READ:
        del _READ[next(iter(_READ))]
