"""Kill server and worker at random moments while ballots come in, and look whether one is lost.

Twenty clients cast ballots over HTTP, and send a ballot that was not answered again until it is.
At random moments the server with all its processes is killed (signal 9) and started anew, and so is
the worker. Afterwards each ballot that was acknowledged has to be in the log once, the log and its
openings have to verify, the answers that count have to be those that the clients ended with, and
the verdict that is stored has to equal the one that comes out when all is read from scratch.

    python -m benchmarks.killing sqlite
    python -m benchmarks.killing postgresql             # a private one, which waits for the disk
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any

from benchmarks.bounds import print_outcome
from benchmarks.installation import DATABASES, Installation, Running, installed
from benchmarks.logged import find_failures
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from spreekruimte.ballots.models import Round

VOTES = 5
PATIENCE = 120.0
COLUMNS = ("database", "seed", "kills", "ballots", "sent again", "known already", "verdict by")

Next = dict[str, Any] | None
Place = tuple[str, str, int | None]
"""Who answers, which question, and which reason."""


@dataclass(slots=True)
class Cast:
    """What the clients know of their ballots: what was acknowledged, and what counts by now."""

    most: int
    receipts: set[str] = field(default_factory=set)
    counted: dict[Place, int] = field(default_factory=dict)
    acknowledged: int = 0
    sent_again: int = 0
    known_already: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_enough(self) -> bool:
        """Whether so many ballots were acknowledged as were wanted."""
        return self.acknowledged >= self.most

    def note(self, place: Place, answer: int, receipt: str, *, tries: int, is_new: bool) -> None:
        """Keep that a ballot was acknowledged."""
        with self.lock:
            self.receipts.add(receipt)
            self.counted[place] = answer
            self.acknowledged += 1
            self.sent_again += tries - 1
            self.known_already += not is_new


class Client:
    """Somebody who votes for one respondent after the other, and does not give up."""

    def __init__(self, place: Installation, cast: Cast, seed: str) -> None:
        self._place = place
        self._cast = cast
        self._random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._connection = self._connect()

    def vote(self) -> None:
        """Vote until there are enough ballots."""
        while not self._cast.is_enough():
            for _ in self._vote_once(secrets.token_urlsafe(32)):
                if self._cast.is_enough():
                    break
        self._connection.close()

    def _vote_once(self, token: str) -> Iterator[None]:
        self._answer(token, "judgement", self._draw())
        yield
        following = self._answer(token, "measure", self._random.randint(-1, 8))
        yield
        for _ in range(VOTES):
            if following is None:
                break
            following = self._answer(token, "reason", self._draw(), following["reason"])
            yield
        # The same again, or something else in its place.
        self._answer(token, "judgement", self._draw())
        yield

    def _draw(self) -> int:
        return self._random.randint(-1, 1)

    def _answer(self, token: str, question: str, answer: int, reason: int | None = None) -> Next:
        body: dict[str, object] = {"question": question, "answer": answer}
        if reason is not None:
            body["reason"] = reason
        until = time.monotonic() + PATIENCE
        tries = 1
        while (answered := self._send(token, json.dumps(body))) is None:
            if time.monotonic() > until:
                raise SystemExit("the server does not come back")
            tries += 1
            time.sleep(0.05)
        status, found = answered
        if status not in (200, 201):
            raise SystemExit(f"{status} {found}")
        self._cast.note(
            (token, question, reason), answer, found["receipt"], tries=tries, is_new=status == 201
        )
        following: Next = found["next"]
        return following

    def _send(self, token: str, body: str) -> tuple[int, Any] | None:
        """Give status and content of the response; None without one that says what happened."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        try:
            self._connection.request("POST", self._place.path, body, headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            self._connection.close()
            self._connection = self._connect()
            return None
        return None if response.status == 503 else (response.status, json.loads(content))

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._place.port, timeout=PATIENCE)


def main() -> None:
    """Read the arguments, kill and count, and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.killing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("database", choices=DATABASES)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--ballots", type=int, default=2_000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--wait",
        type=float,
        default=180.0,
        help="seconds in which the worker, killed at its work, may come to the verdict",
    )
    given = parser.parse_args()
    cast = Cast(given.ballots)
    with installed(given.database, reasons=20) as place:
        with place.serving() as server, place.working() as worker:
            place.wait_for_server()
            _vote_and_kill(place, cast, [server, worker], given)
            by_worker = _is_judged(place, given.wait)
        failures = _find_failures(place, cast)
    print_head(COLUMNS)
    cells = [given.seed, given.kills, cast.acknowledged, cast.sent_again, cast.known_already]
    by = "worker" if by_worker else "this"
    print_row(COLUMNS, [given.database, *(f"{cell:,}" for cell in cells), by])
    print_outcome(failures)
    sys.exit(bool(failures))


def _vote_and_kill(
    place: Installation, cast: Cast, running: list[Running], given: argparse.Namespace
) -> None:
    with ThreadPoolExecutor(given.clients) as threads, ExitStack() as stack:
        # Whatever happens, the clients end.
        stack.callback(setattr, cast, "most", 0)
        clients = [Client(place, cast, f"{given.seed} {each}") for each in range(given.clients)]
        voting = [threads.submit(client.vote) for client in clients]
        _kill_now_and_then(cast, running, voting, given)
        for each in voting:
            each.result()


def _kill_now_and_then(
    cast: Cast, running: list[Running], voting: list[Future[None]], given: argparse.Namespace
) -> None:
    """Kill each of what runs, after random numbers of ballots and a moment more."""
    chance = random.Random(given.seed)  # noqa: S311 - to be repeated, not to be secret
    moments = sorted(chance.sample(range(1, cast.most), given.kills))
    for moment in moments:
        while cast.acknowledged < moment:
            time.sleep(0.001)
            if any(each.done() for each in voting):
                # It failed; the reason is its result.
                return
        for each in chance.sample(running, len(running)):
            time.sleep(chance.uniform(0.0, 0.05))
            each.kill()


def _is_judged(place: Installation, seconds: float) -> bool:
    """Wait for the verdict on the last ballot, and tell whether the worker came to it."""
    from spreekruimte.verdicts.queries.snapshots import rounds_to_judge

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        # A round that is being judged is not among them, but then its snapshot is not there yet.
        if not rounds_to_judge() and _has_snapshot(_round_of(place)):
            return True
        time.sleep(0.2)
    return False


def _round_of(place: Installation) -> Round:
    from spreekruimte.ballots.models import Round

    found: Round = Round.objects.select_related("case").get(case=place.case_id)
    return found


def _has_snapshot(round_: Round) -> bool:
    from spreekruimte.verdicts.models import Snapshot

    return bool(Snapshot.objects.filter(round=round_, head_digest=round_.head_digest).exists())


def _find_failures(place: Installation, cast: Cast) -> list[str]:
    round_ = _round_of(place)
    return [
        *find_failures(round_, cast.receipts),
        *_check_counted(round_, cast),
        *_check_verdict(round_),
    ]


def _check_counted(round_: Round, cast: Cast) -> list[str]:
    """Compare what counts with what the clients ended with, respondent by respondent."""
    from spreekruimte.ballots.models import Ballot, CaseKey, Tier
    from spreekruimte.ballots.pseudonyms import pseudonym

    key = bytes(CaseKey.objects.get(case=round_.case_id).key)
    expected = Counter(
        (
            pseudonym(case_key=key, tier=Tier.BROWSER, respondent_key=token),
            question,
            reason,
            answer,
        )
        for (token, question, reason), answer in cast.counted.items()
    )
    stored = Ballot.objects.filter(entry__round=round_)
    counted = Counter(
        stored.filter(is_latest=True).values_list(
            "participation__pseudonym", "question", "reason_id", "answer"
        )
    )
    failures = [] if counted == expected else ["what counts is not what the clients ended with"]
    if stored.count() != round_.head_length or round_.head_length != len(cast.receipts):
        failures.append("the log holds ballots that nobody was told of")
    return failures


def _check_verdict(round_: Round) -> list[str]:
    """Compare the stored verdict with that of another reading, from scratch."""
    from django.utils import timezone

    from spreekruimte.ballots.models import Channel
    from spreekruimte.ballots.queries.votes import collect_votes
    from spreekruimte.verdicts.actions.judging import RULES, judge_round
    from spreekruimte.verdicts.compute import judge_votes
    from spreekruimte.verdicts.snapshots import describe_figures, digest_votes

    # Where there is a snapshot of these ballots, it is given.
    stored = judge_round(round=round_, channel=Channel.OPEN, now=timezone.now())
    votes = collect_votes(round_, Channel.OPEN)
    again = describe_figures(
        judge_votes(votes, RULES),
        input_digest=digest_votes(votes),
        simulated=round_.case.is_simulated,
    )
    if json.dumps(stored.figures.document, sort_keys=True) != json.dumps(again, sort_keys=True):
        return ["the verdict is not that of the ballots"]
    return []


if __name__ == "__main__":
    main()
