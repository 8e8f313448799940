"""What the worker does between tasks: see which verdicts are out of date, and have them made."""

from __future__ import annotations

from datetime import datetime, timedelta

from spreekruimte.analysis.votes import VoteLog
from spreekruimte.verdicts.actions.jobs import give_up_silent, start_job
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.models import Job
from spreekruimte.verdicts.queries.snapshots import rounds_to_judge, verdicts_without_files
from spreekruimte.verdicts.tasks import judge, order_files

# While ballots keep coming in, a round is judged no more often than this.
BETWEEN_JUDGINGS = timedelta(seconds=3)

_seen: dict[int, str] = {}


def refresh_rounds(now: datetime) -> int:
    """Have the rounds judged whose ballots or reasons changed; give how many.

    A round is due at once where it was not judged for a while, and otherwise when its log has
    stood still from one call to the next. To be called every tenth of a second.
    """
    due = 0
    for round_ in rounds_to_judge():
        is_quiet = _seen.get(round_.round_id) == round_.head_digest
        _seen[round_.round_id] = round_.head_digest
        if not is_quiet and round_.judged_at and now - round_.judged_at < BETWEEN_JUDGINGS:
            continue
        job = start_job(round_id=round_.round_id, kind=Job.Kind.JUDGE, now=now)
        if job is not None:
            judge.enqueue(round_.round_id, str(job.pk))
            due += 1
    return due


def see_to_rest(now: datetime) -> None:
    """Let what died with its worker be tried again, and order files that are missing.

    Nobody waits for this as for a verdict: to be called every second.
    """
    give_up_silent(now=now)
    for verdict in verdicts_without_files():
        order_files(verdict=verdict, now=now)


def warm_up() -> None:
    """Have the loops over votes compiled, or read from where they are kept, before the first case.

    Two small conversations go through all of them: one with opinion groups and one without.
    """
    for sides in (1, 2):
        log = VoteLog()
        for person in range(60):
            for statement in range(12):
                vote = 1 if (person % sides + statement) % 2 else -1
                log.append([f"p{person}"], [f"s{statement}"], [vote], [0])
        judge_votes(log.to_matrix())
