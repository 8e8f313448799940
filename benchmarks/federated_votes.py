"""Whether 10,000 votes of the fediverse that arrive in a minute all count once, with pages quick.

As many accounts as votes, on twenty servers of different sizes, each sign a vote in a poll of ours
and bring it to the shared inbox, spread over a minute. No key is known beforehand: each has to be
fetched from the server of its account. Beside them, some accounts vote again, otherwise; some votes
are changed on the way; some are signed with the key of another account. Meanwhile readers open
pages. Everything runs on this machine, over loopback: the server and the worker as they are in
service, what brings the votes, and the servers of the accounts.

Bounds: each account counts once, with its first choice, and nothing else does; all are counted
within 30 seconds after the last came; 95 of 100 pages are there within 300 ms; in the database,
nothing holds the address of an account.

    python -m benchmarks.federated_votes sqlite
    python -m benchmarks.federated_votes postgresql     # a private one, which waits for the disk

Votes are signed before the minute begins, since other machines do that. Accounts share keys, so
that making these does not take an hour; that changes nothing for us, who fetch each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.installation import DATABASES, Installation, cpu_seconds, installed
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from spreekruimte.channels.fediverse.models import OwnPost

OURS = "http://ours.example"
INBOX = "/fediverse/inbox"
OPTIONS = ("Toelaatbaar", "Niet toelaatbaar", "Weet ik niet")
KEYS = 100
SERVERS = 20
CONNECTIONS = 20
PAGES_A_SECOND = 10
MOST_MS = 300
MOST_SECONDS_AFTER = 30.0
MOST_VOTES = 20_000
COLUMNS = (
    *("database", "votes", "seconds", "counted", "others", "after s", "bound"),
    *("pages", "p50 ms", "p95 ms", "bound", "CPU ms each"),
)


@dataclass(frozen=True, slots=True)
class Bringing:
    """A request that brings a vote, whether it is to count, and how it is to be answered."""

    request: bytes
    choice: int
    counts: bool
    status: int


@dataclass(slots=True)
class Load:
    """What came of bringing votes."""

    refused: int = 0
    wrong: int = 0
    pages: list[float] = field(default_factory=list)
    seconds: float = 0.0


def main() -> None:
    """Read the arguments, bring the votes and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.federated_votes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("database", choices=DATABASES)
    parser.add_argument("--votes", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if not 0 < given.votes <= MOST_VOTES:
        raise SystemExit(f"at most {MOST_VOTES:,} votes")
    keys = _make_keys()
    with _key_servers(keys) as ports:
        os.environ["SPREEKRUIMTE_ADDRESS"] = OURS
        os.environ["SPREEKRUIMTE_TRUSTED_SERVERS"] = ",".join(f"127.0.0.1:{p}" for p in ports)
        with installed(given.database, reasons=10) as place:
            failures = _measure(place, given, keys, ports)
    print_outcome(failures)
    sys.exit(bool(failures))


def _measure(
    place: Installation,
    given: argparse.Namespace,
    keys: Sequence[RSAPrivateKey],
    ports: Sequence[int],
) -> list[str]:
    post = _ask(place.case_id)
    brought = _sign(post, given, keys, ports)
    print(f"signed {len(brought):,} requests", file=sys.stderr)
    with place.serving(), place.working():
        place.wait_for_server()
        before = cpu_seconds(os.getpid())
        load = asyncio.run(_bring_all(place, brought, given.seconds))
        after = _wait_until_counted(given.votes)
        spent = cpu_seconds(os.getpid()) - before
    counted, tally = _close(post)
    failures = _find_failures(brought, load, counted)
    if after > MOST_SECONDS_AFTER:
        failures.append("they were counted too late")
    p50, p95 = np.percentile(np.array(load.pages) * 1e3, [50, 95])
    if p95 > MOST_MS:
        failures.append("p95 of pages is too late")
    print_head(COLUMNS)
    print_row(
        COLUMNS,
        [
            given.database,
            f"{given.votes:,}",
            f"{load.seconds:.0f}",
            f"{sum(counted):,}",
            f"{len(brought) - given.votes:,}",
            f"{after:.1f}",
            f"<= {MOST_SECONDS_AFTER:.0f}",
            f"{len(load.pages):,}",
            f"{p50:.0f}",
            f"{p95:.0f}",
            f"<= {MOST_MS}",
            f"{spent / given.votes * 1e3:.1f}",
        ],
    )
    print(f"by size of server: {json.dumps(tally['classes'])}")
    return failures


def _make_keys() -> list[RSAPrivateKey]:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(KEYS)]


@contextmanager
def _key_servers(keys: Sequence[RSAPrivateKey]) -> Iterator[list[int]]:
    """Let the servers of the accounts run; give their ports."""
    from cryptography.hazmat.primitives import serialization

    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = [each.public_key().public_bytes(serialization.Encoding.PEM, form) for each in keys]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "keys.json"
        path.write_text(json.dumps([each.decode() for each in public]))
        running = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.key_server", str(SERVERS), str(path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield json.loads(running.stdout.readline() if running.stdout else "")
        finally:
            running.terminate()
            running.wait()


def _ask(case_id: int) -> OwnPost:
    """Post the poll of the round that is asked."""
    from django.utils import timezone

    from spreekruimte.ballots.models import Round
    from spreekruimte.channels.credentials import lock
    from spreekruimte.channels.fediverse.actors import ensure_actor
    from spreekruimte.channels.fediverse.posting import make_post
    from spreekruimte.channels.models import Account, Publication
    from spreekruimte.channels.network import Post
    from spreekruimte.organisations.models import OPERATOR

    now = timezone.now()
    round_ = Round.objects.select_related("case__organisation").get(case=case_id)
    organisation = round_.case.organisation
    actor = ensure_actor(organisation=organisation, actor=OPERATOR, now=now)
    account = Account.objects.create(
        organisation=organisation,
        network="fediverse",
        server=OURS,
        identifier=f"{OURS}/fediverse/{organisation.slug}/",
        name=f"@{organisation.slug}@ours.example",
        credentials=lock({}),
        connected_at=now,
    )
    post = Post(
        key="a" * 32,
        text="Mag dit?",
        address=f"{OURS}/cases/{case_id}/",
        language="nl",
        made_at=now,
        options=OPTIONS,
        closes_at=now + timedelta(hours=12),
    )
    publication = Publication.objects.create(round=round_, account=account, language="nl")
    return make_post(actor=actor, post=post, publication=publication)


def _sign(
    post: OwnPost,
    given: argparse.Namespace,
    keys: Sequence[RSAPrivateKey],
    ports: Sequence[int],
) -> list[Bringing]:
    """Sign what is brought, in the order in which it comes; second votes come after first ones."""
    rng = np.random.default_rng(given.seed)
    # Few servers have most accounts, as in the fediverse.
    sizes = 1.0 / np.arange(1, len(ports) + 1) ** 1.5
    servers = rng.choice(len(ports), given.votes, p=sizes / sizes.sum())
    early: list[Bringing] = []
    late: list[Bringing] = []
    for number in range(given.votes):
        account = f"http://127.0.0.1:{ports[servers[number]]}/users/{number}"
        choice = int(rng.choice(3, p=[0.6, 0.3, 0.1]))
        is_early = number < given.votes // 2
        first = _vote(post, account, choice, keys[number % len(keys)])
        (early if is_early else late).append(first)
        if is_early and number % 10 == 0:
            again = _vote(post, account, (choice + 1) % 3, keys[number % len(keys)], "again")
            late.append(replace(again, counts=False))
        if number % 100 == 0:
            stranger = f"http://127.0.0.1:{ports[0]}/users/{given.votes + number}"
            wrong_key = keys[(given.votes + number + 1) % len(keys)]
            forged = _vote(post, stranger, choice, wrong_key)
            changed = forged.request.replace(b'"Note"', b'"note"')
            late.append(replace(forged, counts=False))
            late.append(replace(forged, request=changed, counts=False, status=401))
    return early + [late[place] for place in rng.permutation(len(late))]


def _vote(
    post: OwnPost, account: str, choice: int, key: RSAPrivateKey, which: str = "first"
) -> Bringing:
    from django.utils import timezone

    from spreekruimte.channels.fediverse.documents import MEDIA_TYPE, post_address
    from spreekruimte.channels.fediverse.signatures.cavage import sign_cavage

    activity = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{account}/votes/{which}/activity",
        "type": "Create",
        "actor": account,
        "to": [f"{OURS}/fediverse/waterdam/"],
        "object": {
            "id": f"{account}/votes/{which}",
            "type": "Note",
            "name": OPTIONS[choice],
            "attributedTo": account,
            "to": [f"{OURS}/fediverse/waterdam/"],
            "inReplyTo": post_address(post),
        },
    }
    body = json.dumps(activity).encode()
    headers = sign_cavage(
        method="POST",
        address=OURS + INBOX,
        body=body,
        key=key,
        key_id=f"{account}#main-key",
        now=timezone.now(),
    ) | {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body))}
    lines = [f"POST {INBOX} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    request = "\r\n".join([*lines, "", ""]).encode() + body
    return Bringing(request, choice, counts=True, status=202)


async def _bring_all(place: Installation, brought: Sequence[Bringing], seconds: float) -> Load:
    load = Load()
    began = time.monotonic()
    stopping = asyncio.Event()
    readers = asyncio.create_task(_read_pages(place, load, stopping))

    async def bring(first: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
        for number in range(first, len(brought), CONNECTIONS):
            due = began + seconds * number / len(brought)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            writer.write(brought[number].request)
            status = await _read_status(reader)
            load.refused += status == 503
            load.wrong += status != brought[number].status
        writer.close()

    await asyncio.gather(*(bring(first) for first in range(CONNECTIONS)))
    load.seconds = time.monotonic() - began
    stopping.set()
    await readers
    return load


async def _read_pages(place: Installation, load: Load, stopping: asyncio.Event) -> None:
    """Open pages at a steady pace, however long each takes."""
    pages = ("/", f"/cases/{place.case_id}/")
    opened = []
    number = 0
    while not stopping.is_set():
        opened.append(asyncio.create_task(_open(place.port, pages[number % len(pages)])))
        number += 1
        await asyncio.sleep(1 / PAGES_A_SECOND)
    load.pages = await asyncio.gather(*opened)


async def _open(port: int, path: str) -> float:
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: ours.example\r\nConnection: close\r\n\r\n".encode())
    status = await _read_status(reader)
    writer.close()
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    return time.monotonic() - began


async def _read_status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [line for line in lines if line.startswith(b"content-length:")]
    if lengths:
        await reader.readexactly(int(lengths[0].partition(b":")[2]))
    else:
        await reader.read()
    return int(lines[0].split(b" ", 2)[1])


def _wait_until_counted(votes: int) -> float:
    """Wait until nothing waits any more; give how long that took."""
    from spreekruimte.channels.fediverse.models import Arrival, FederatedVote

    began = time.monotonic()
    while Arrival.objects.exists() or FederatedVote.objects.count() < votes:
        if time.monotonic() - began > 4 * MOST_SECONDS_AFTER:
            break
        time.sleep(0.2)
    return time.monotonic() - began


def _close(post: OwnPost) -> tuple[list[int], dict[str, object]]:
    """End the round and count its poll; give the votes of each option, and the whole tally."""
    from django.utils import timezone

    from spreekruimte.ballots.models import Round
    from spreekruimte.channels.fediverse.counting import close_polls

    now = timezone.now()
    Round.objects.update(ended_at=now)
    close_polls(now=now)
    post.refresh_from_db()
    tally = post.tally or {"options": [], "classes": []}
    return list(tally["options"]), tally


def _find_failures(brought: Sequence[Bringing], load: Load, counted: list[int]) -> list[str]:
    failures = []
    expected = [sum(each.counts and each.choice == place for each in brought) for place in range(3)]
    if counted != expected:
        failures.append(f"{counted} were counted, not {expected}")
    if load.wrong:
        failures.append(f"{load.wrong} were answered otherwise than expected")
    if load.refused:
        failures.append(f"{load.refused} were sent away")
    files = Path(os.environ["SPREEKRUIMTE_DATA"]).rglob("*.sqlite3*")
    if any(b"/users/" in file.read_bytes() for file in files):
        failures.append("the database holds the address of an account")
    return failures


if __name__ == "__main__":
    main()
