"""Kill worker and server at random moments while posts go out, and look what was posted.

A real server of the fediverse (snac) is asked by its interface of Mastodon. It knows no keys of
acts, so that what prevents a second post is our own look back alone. At random moments the worker
or the server is killed (signal 9) and started anew. In the end each act has to be posted once, and
what is shown of it has to be true: sent, under the name by which the server knows it.

    python -m benchmarks.outbox_killing sqlite
    python -m benchmarks.outbox_killing postgresql      # a private one, which waits for the disk
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.peers.snac import Person, Snac, make_snac

from benchmarks.bounds import print_outcome
from benchmarks.installation import DATABASES, Installation, Running, installed
from benchmarks.tables import print_head, print_row

PATIENCE = 600.0
COLUMNS = ("database", "seed", "acts", "kills", "tries", "looked back", "lost", "twice", "untrue")


def main() -> None:
    """Post, kill, and compare."""
    arguments = _read_arguments()
    draw = random.Random(arguments.seed)  # noqa: S311 - to be repeated, not to be secret
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spreekruimte-")))
        server = make_snac(folder, ["gemeente"])
        server.start()
        stack.callback(server.stop)
        os.environ["SPREEKRUIMTE_TRUSTED_SERVERS"] = server.host
        place = stack.enter_context(installed(arguments.database, reasons=0))
        person = server.account("gemeente")
        _order(place, server, person, arguments.acts)
        worker = Running(("benchmarks.sending_worker",), folder / "log", ())
        stack.callback(worker.end, signal.SIGKILL)
        kills = _kill(worker, server, draw, arguments.kills)
        _wait_until_settled(folder / "log")
        found = _compare(person)
    print_head(COLUMNS)
    print_row(
        COLUMNS,
        (arguments.database, *map(str, (arguments.seed, arguments.acts, kills)), *found),
    )
    is_right = found[2:] == ("0", "0", "0")
    print_outcome([] if is_right else ["what was posted is not what was ordered"])


def _order(place: Installation, server: Snac, person: Person, acts: int) -> None:
    from django.utils import timezone

    from spreekruimte.ballots.models import Round
    from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
    from spreekruimte.channels.actions.ordering import order_act
    from spreekruimte.channels.mastodon.signing_in import read_profile
    from spreekruimte.channels.mastodon.statuses import name_of
    from spreekruimte.channels.models import Act, Publication
    from spreekruimte.channels.network import Post
    from spreekruimte.dialogue.models import Message, Speaker
    from spreekruimte.organisations.models import OPERATOR

    now = timezone.now()
    round_ = Round.objects.select_related("case__organisation").get(case=place.case_id)
    profile = read_profile(server.origin, person.token)
    account = connect_account(
        organisation=round_.case.organisation,
        connected=ConnectedAccount(
            network="mastodon",
            server=server.origin,
            identifier=profile.identifier,
            name=profile.name,
            address=profile.address,
            credentials={"access_token": person.token},
        ),
        actor=OPERATOR,
        now=now,
    )
    question = person.say("Waar alles onder staat.")
    publication = Publication.objects.create(
        round=round_,
        account=account,
        language="nl",
        identifier=name_of(question),
        address=question["url"],
        posted_at=now,
    )
    for number in range(1, acts + 1):
        # What is not shown would not be sent.
        answer = Message.objects.create(
            case=round_.case,
            speaker=Speaker.ORGANISATION,
            author="f" * 64,
            content=f"Antwoord nummer {number}.",
            language="nl",
            state=Message.State.SHOWN,
            given_at=now,
        )
        post = Post(
            key=secrets.token_hex(16),
            text=answer.content,
            address="",
            language="nl",
            made_at=now,
            reply_to=name_of(question),
            is_quiet=True,
        )
        order_act(
            publication=publication, kind=Act.Kind.ANSWER, subject=answer.pk, post=post, now=now
        )


def _kill(worker: Running, server: Snac, draw: random.Random, most: int) -> int:
    """Kill one or the other until there were enough kills or all is sent; give how many."""
    for count in range(most):
        time.sleep(draw.uniform(0.3, 2.5))
        if not _left():
            return count
        if draw.random() < 0.6:
            worker.kill()
        else:
            server.kill()
            time.sleep(draw.uniform(0.0, 1.0))
            server.start()
    return most


def _left() -> int:
    from spreekruimte.channels.models import Act

    return Act.objects.exclude(state="sent").count()


def _wait_until_settled(log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while _left():
        if time.monotonic() > until:
            raise SystemExit(log.read_text()[-5000:])
        time.sleep(0.2)


def _compare(person: Person) -> tuple[str, ...]:
    """Compare what was ordered, what is shown of it and what the server has."""
    from spreekruimte.channels.cleaning import plain_text
    from spreekruimte.channels.mastodon.statuses import name_of
    from spreekruimte.channels.models import Act

    posted = person.statuses()
    texts = Counter(plain_text(each["content"]) for each in posted)
    by_name = {name_of(each): plain_text(each["content"]) for each in posted}
    acts: Sequence[Act] = list(Act.objects.all())
    lost = sum(texts[act.post["text"]] == 0 for act in acts)
    twice = sum(texts[act.post["text"]] > 1 for act in acts)
    untrue = sum(by_name.get(act.identifier) != act.post["text"] for act in acts)
    again = sum(act.attempts > 1 for act in acts)
    return tuple(map(str, (sum(act.attempts for act in acts), again, lost, twice, untrue)))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=DATABASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", type=int, default=200)
    parser.add_argument("--kills", type=int, default=40)
    return parser.parse_args()


if __name__ == "__main__":
    main()
