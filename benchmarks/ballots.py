"""How many ballots a second the server takes over HTTP, each durable and answered with the next.

Twenty citizens at a time vote on one case: each comes without a token, says whether the post is
admissible and what the employer should do, votes on the reasons that the server offers, and is
followed by a newcomer. The load comes from wrk (on Debian: apt-get install wrk) over loopback, and
shares the processors with the server and the database. Afterwards the log is checked: it is whole,
and holds each ballot that was acknowledged.

    python -m benchmarks.ballots sqlite
    python -m benchmarks.ballots postgresql             # a private one, which waits for the disk
    python -m benchmarks.ballots postgresql --votes 0   # nobody but newcomers
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bounds import print_outcome
from benchmarks.installation import DATABASES, Installation, cpu_seconds, installed
from benchmarks.logged import find_failures
from benchmarks.tables import print_head, print_row

LEAST_A_SECOND = 600
MOST_MS = {"sqlite": 400, "postgresql": 100}
CITIZENS = 20
COLUMNS = (
    *("database", "ballots", "newcomers", "a second", "bound"),
    *("p50 ms", "p99 ms", "bound", "failed", "CPU ms each"),
)
SCRIPT = Path(__file__).with_suffix(".lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: what wrk says, and what was acknowledged."""

    taken: int
    newcomers: int
    failed: int
    seconds: float
    p50_ms: float
    p99_ms: float
    cpu_seconds: float
    receipts: list[str]
    first_refusal: str


def main() -> None:
    """Read the arguments, put on the load and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ballots",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("database", choices=DATABASES)
    parser.add_argument("--votes", type=int, default=10, help="on reasons, per citizen")
    parser.add_argument("--reasons", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=10)
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not here (on Debian: apt-get install wrk)")
    with installed(given.database, reasons=given.reasons) as place, place.serving():
        place.wait_for_server()
        _put_on_load(place, given.votes, 2)
        load = _put_on_load(place, given.votes, given.seconds)
        failures = _find_failures(place, load, given.database)
    _print(load, given.database)
    if load.first_refusal:
        print(f"the first that failed: {load.first_refusal}")
    print_outcome(failures)
    sys.exit(bool(failures))


def _put_on_load(place: Installation, votes: int, seconds: int) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        before = cpu_seconds(os.getpid())
        said = subprocess.run(
            [
                *("wrk", f"--threads={CITIZENS}", f"--connections={CITIZENS}"),
                *(f"--duration={seconds}s", "--timeout=10s", f"--script={SCRIPT}"),
                *(f"http://127.0.0.1:{place.port}", "--", place.path, str(votes), folder),
            ],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        spent = cpu_seconds(os.getpid()) - before
        receipts = [line for file in Path(folder).iterdir() for line in file.read_text().split()]
    figures, _, first_refusal = said[said.index("\n{") + 1 :].partition("\n")
    found = json.loads(figures)
    return Load(
        taken=found["taken"],
        newcomers=found["newcomers"],
        failed=found["refused"] + found["unanswered"],
        seconds=found["seconds"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
        cpu_seconds=spent,
        receipts=receipts,
        first_refusal=first_refusal.strip(),
    )


def _find_failures(place: Installation, load: Load, database: str) -> list[str]:
    from spreekruimte.ballots.models import Round

    failures = find_failures(Round.objects.get(case=place.case_id), load.receipts)
    if len(load.receipts) != load.taken:
        failures.append(f"{load.taken - len(load.receipts)} receipts were not kept")
    if load.failed:
        failures.append("some failed")
    if load.taken / load.seconds < LEAST_A_SECOND:
        failures.append("too few a second")
    if load.p99_ms > MOST_MS[database]:
        failures.append("p99 is too late")
    return failures


def _print(load: Load, database: str) -> None:
    print_head(COLUMNS)
    print_row(
        COLUMNS,
        [
            database,
            f"{load.taken:,}",
            f"{load.newcomers:,}",
            f"{load.taken / load.seconds:.0f}",
            f">= {LEAST_A_SECOND}",
            f"{load.p50_ms:.1f}",
            f"{load.p99_ms:.1f}",
            f"<= {MOST_MS[database]}",
            str(load.failed),
            f"{load.cpu_seconds / load.taken * 1e3:.2f}",
        ],
    )


if __name__ == "__main__":
    main()
