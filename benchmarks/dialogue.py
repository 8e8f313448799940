"""How soon the page of a dialogue is there, with 200 messages on which 5,000 people voted.

Bound: 200 milliseconds. Each of the people gave ballots on the case, on its post and on reasons,
and votes on some messages; there are opinion groups, so that everybody is placed in one. A page is
asked for through all of Django, as anybody does once the case is closed: the first messages, those
from the middle, and those that somebody sees who voted just now, on figures that are behind. The
first request is left out: it reads templates. The memory is kept as the server keeps it. How long
the worker counts is told beside it, without a bound.

    python -m benchmarks.dialogue                      # SQLite, in a folder that goes afterwards
    python -m benchmarks.dialogue --database ADDRESS   # an empty PostgreSQL database
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.installation import add_database, chosen_installation, make_asked_case
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from django.test import Client

    from spreekruimte.ballots.actions.casting import GivenBallot
    from spreekruimte.ballots.models import Round

BOUND = 0.2
AT_ONCE = 5_000
REASONS = 20
GROUPS = 3
COLUMNS = ("page", "messages", "voters", "votes", "ms, median", "ms, highest", "bound", "ratio")


def main() -> None:
    """Read the arguments, fill a dialogue and print how long its page takes."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.dialogue",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--voters", type=int, default=5_000)
    parser.add_argument("--votes", type=int, default=10, help="votes on messages per voter")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments):
        _measure(arguments)


def _measure(arguments: argparse.Namespace) -> None:
    case_id = make_asked_case(REASONS)
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from spreekruimte.config.server import keep_loaded

    settings.ALLOWED_HOSTS = ["testserver"]
    rng = np.random.default_rng(arguments.seed)
    _judge(case_id, arguments.voters, rng)
    _talk(case_id, arguments, rng)
    print(f"counted in the background in {_count(case_id):.2f} s")
    keep_loaded()
    client = Client()
    failures = []
    print_head(COLUMNS)
    for name, start in (("first", 0), ("middle", arguments.messages // 2), ("after a vote", 0)):
        address = f"/cases/{case_id}/dialogue/?start={start}"
        if name == "after a vote":
            _vote(client, case_id)
        taken = [_visit(client, address) for _time in range(arguments.times + 1)][1:]
        highest = max(taken)
        if highest > BOUND:
            failures.append(f"{name}: {highest:.2f} s")
        print_row(
            COLUMNS,
            [
                *(name, f"{arguments.messages:,}", f"{arguments.voters:,}"),
                f"{arguments.voters * arguments.votes:,}",
                f"{statistics.median(taken) * 1e3:.0f}",
                f"{highest * 1e3:.0f}",
                f"{BOUND * 1e3:.0f}",
                f"{highest / BOUND:.2f}",
            ],
        )
    print_outcome(failures)


def _judge(case_id: int, voters: int, rng: np.random.Generator) -> None:
    """Have everybody judge the post and vote on reasons, and the round ended and judged."""
    from django.utils import timezone

    from spreekruimte.ballots.actions.casting import append_ballots
    from spreekruimte.ballots.actions.rounds import end_round
    from spreekruimte.ballots.models import Channel, Participation, Round
    from spreekruimte.organisations.models import OPERATOR
    from spreekruimte.verdicts.actions.judging import judge_round

    round_ = Round.objects.select_related("case__organisation").get(case_id=case_id)
    ballots = _draw_ballots(round_, voters, rng)
    while part := list(islice(ballots, AT_ONCE)):
        append_ballots(round_id=round_.pk, ballots=part, now=timezone.now())
    end_round(round=round_, step="close", actor=OPERATOR, now=timezone.now())
    # Whoever reads the dialogue saw the results.
    Participation.objects.filter(round=round_).update(has_seen_results=True)
    judge_round(round=Round.objects.get(pk=round_.pk), channel=Channel.OPEN, now=timezone.now())


def _draw_ballots(round_: Round, voters: int, rng: np.random.Generator) -> Iterator[GivenBallot]:
    from spreekruimte.ballots.actions.casting import Answer, GivenBallot
    from spreekruimte.ballots.models import Question, Reason, Tier
    from spreekruimte.ballots.respondents import Respondent

    reasons = list(Reason.objects.filter(round=round_).values_list("pk", flat=True))
    rates = rng.beta(0.3, 0.3, (GROUPS, len(reasons) + 1))
    for number in range(voters):
        respondent = Respondent(Tier.BROWSER, f"respondent-{number}")
        agrees = rng.random(len(reasons) + 1) < rates[number % GROUPS]
        answers = np.where(agrees, 1, -1).tolist()
        yield GivenBallot(respondent, Answer(Question.JUDGEMENT, answers.pop()))
        yield GivenBallot(respondent, Answer(Question.MEASURE, 0))
        for reason, answer in zip(reasons, answers, strict=True):
            yield GivenBallot(respondent, Answer(Question.REASON, answer, reason))


def _talk(case_id: int, arguments: argparse.Namespace, rng: np.random.Generator) -> None:
    """Store messages, half of which answer one of the others, and votes on them."""
    from django.db import connection
    from django.utils import timezone

    from spreekruimte.ballots.models import Participation
    from spreekruimte.dialogue.models import Message, MessageVote

    people = list(Participation.objects.order_by("pk").values_list("pseudonym", flat=True))
    messages: list[Message] = []
    for number in range(arguments.messages):
        is_answer = number % 2 and messages
        message = Message.objects.create(
            case_id=case_id,
            parent=messages[int(rng.integers(len(messages)))] if is_answer else None,
            author=people[number % len(people)],
            content=f"Hoe denkt de organisatie over punt {number} van het plan?",
            language="nl",
            state=Message.State.SHOWN,
            given_at=timezone.now(),
        )
        messages.append(message)
    votes = (
        MessageVote(message=messages[place], voter=person, answer=int(rng.integers(-1, 2)))
        for person in people
        for place in rng.choice(len(messages), arguments.votes, replace=False).tolist()
    )
    MessageVote.objects.bulk_create(votes, batch_size=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _count(case_id: int) -> float:
    from django.utils import timezone

    from spreekruimte.cases.models import Case
    from spreekruimte.dialogue.actions.counting import refresh_figures

    began = time.perf_counter()
    refresh_figures(case=Case.objects.get(pk=case_id), now=timezone.now())
    return time.perf_counter() - began


def _vote(client: Client, case_id: int) -> None:
    from spreekruimte.dialogue.models import Message

    newest = Message.objects.filter(case_id=case_id).latest("pk").pk
    response = client.post(f"/cases/{case_id}/dialogue/{newest}/vote/", {"answer": 1})
    if response.status_code != 302:
        raise RuntimeError(f"a vote was answered {response.status_code}")


def _visit(client: Client, address: str) -> float:
    began = time.perf_counter()
    response = client.get(address)
    seconds = time.perf_counter() - began
    if response.status_code != 200 or b'class="message ' not in response.content:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return seconds


if __name__ == "__main__":
    main()
