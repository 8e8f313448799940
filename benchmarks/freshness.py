"""How soon after the last ballot the verdict is there, with a worker running.

Bound: 2 seconds for a case with 100,000 ballots and 500 reasons. A ballot is a line of the log: a
judgement, a measure or a vote on a reason. The case is filled through the same function that takes
ballots from citizens; then, again and again, one more ballot is cast, and the clock runs from the
moment that it is durable until the snapshot with it is stored. A ratio above 1 breaks the bound.

    python -m benchmarks.freshness                      # SQLite, in a folder that goes afterwards
    python -m benchmarks.freshness --database ADDRESS   # an empty PostgreSQL database

With ``--respondents 100000 --votes 6`` there are 100,000 respondents instead, each of whom votes on
so many reasons.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.installation import add_database, chosen_installation, make_asked_case
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from spreekruimte.ballots.actions.casting import GivenBallot
    from spreekruimte.ballots.models import Round
    from spreekruimte.ballots.respondents import Respondent

BOUND = 2.0
COLUMNS = ("ballots", "respondents", "reasons", "seconds", "bound", "ratio", "worker CPU s")
AT_ONCE = 5_000
LOOK_EVERY = 0.01
PATIENCE = 120.0


def main() -> None:
    """Read the arguments, fill a case and print how soon each further ballot is counted."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.freshness",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--respondents", type=int, default=16_667)
    parser.add_argument("--votes", type=int, default=4, help="votes on reasons per respondent")
    parser.add_argument("--reasons", type=int, default=500)
    parser.add_argument("--groups", type=int, default=3, help="true opinion groups; 1 for none")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments) as folder:
        _measure(arguments, folder)


def _measure(arguments: argparse.Namespace, folder: Path) -> None:
    case_id = make_asked_case(arguments.reasons)
    import django

    django.setup()
    from spreekruimte.ballots.models import Round

    round_ = Round.objects.get(case_id=case_id)
    began = time.monotonic()
    _fill(round_, arguments)
    print(f"filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
    print_head(COLUMNS)
    with _working(folder) as worker:
        _wait_for_snapshot(round_, PATIENCE)
        for number in range(arguments.times):
            # Now and then, as the last ballots of a busy hour do.
            time.sleep(1.0 + number % 3)
            before = _cpu_seconds(worker)
            seconds = _cast_and_wait(round_, arguments.respondents + number)
            round_.refresh_from_db()
            print_row(
                COLUMNS,
                [
                    f"{round_.head_length:,}",
                    f"{arguments.respondents + number + 1:,}",
                    str(arguments.reasons),
                    f"{seconds:.2f}",
                    f"{BOUND:g}",
                    f"{seconds / BOUND:.2f}",
                    f"{_cpu_seconds(worker) - before:.2f}",
                ],
            )


def _fill(round_: Round, arguments: argparse.Namespace) -> None:
    from django.utils import timezone

    from spreekruimte.ballots.actions.casting import append_ballots

    ballots = _draw_ballots(round_, arguments)
    while part := list(islice(ballots, AT_ONCE)):
        append_ballots(round_id=round_.pk, ballots=part, now=timezone.now() + timedelta(seconds=1))


def _draw_ballots(round_: Round, arguments: argparse.Namespace) -> Iterator[GivenBallot]:
    from spreekruimte.ballots.actions.casting import Answer, GivenBallot
    from spreekruimte.ballots.models import Question, Reason

    rng = np.random.default_rng(arguments.seed)
    reasons = np.array(Reason.objects.filter(round=round_).values_list("pk", flat=True))
    rates = rng.beta(1.0, 1.0, (arguments.groups, len(reasons) + 1))
    for number in range(arguments.respondents):
        respondent = _respondent(number)
        rate = rates[rng.integers(arguments.groups)]
        chosen = rng.choice(len(reasons), arguments.votes, replace=False)
        yield GivenBallot(respondent, Answer(Question.JUDGEMENT, _draw(rng, rate[-1])))
        yield GivenBallot(respondent, Answer(Question.MEASURE, int(rng.integers(-1, 9))))
        for place in chosen.tolist():
            answer = Answer(Question.REASON, _draw(rng, rate[place]), int(reasons[place]))
            yield GivenBallot(respondent, answer)


def _draw(rng: np.random.Generator, rate: float) -> int:
    if rng.random() < 0.1:
        return 0
    return 1 if rng.random() < rate else -1


def _respondent(number: int) -> Respondent:
    from spreekruimte.ballots.models import Tier
    from spreekruimte.ballots.respondents import Respondent

    return Respondent(Tier.BROWSER, f"respondent-{number}")


@contextmanager
def _working(folder: Path) -> Iterator[int]:
    """Let a worker run beside this, and give its process."""
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "spreekruimte.cli", "worker"], stdout=log, stderr=log
        )
        try:
            yield worker.pid
        finally:
            worker.terminate()
            worker.wait()


def _cpu_seconds(process: int) -> float:
    """Give the processor time of a process and all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cast_and_wait(round_: Round, number: int) -> float:
    from django.utils import timezone

    from spreekruimte.ballots.actions.casting import Answer, cast_ballot
    from spreekruimte.ballots.models import Question

    cast_ballot(
        round_id=round_.pk,
        respondent=_respondent(number),
        answer=Answer(Question.JUDGEMENT, 1),
        now=timezone.now(),
    )
    began = time.monotonic()
    _wait_for_snapshot(round_, PATIENCE)
    return time.monotonic() - began


def _wait_for_snapshot(round_: Round, patience: float) -> None:
    from spreekruimte.verdicts.models import Snapshot

    round_.refresh_from_db()
    until = time.monotonic() + patience
    while not Snapshot.objects.filter(round=round_, head_digest=round_.head_digest).exists():
        if time.monotonic() > until:
            raise SystemExit("no snapshot came; is the worker running?")
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    main()
