"""An installation of its own to measure: a folder or a private PostgreSQL, a server and a worker.

PostgreSQL is started from Debian's programs, in a temporary folder, and waits for the disk at each
commit, as SQLite does.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from tests.postgresql import running_cluster

Database = Literal["sqlite", "postgresql"]
DATABASES: tuple[Database, ...] = ("sqlite", "postgresql")
PATIENCE = 120.0


class Installation:
    """What runs of an installation, and where it answers; made by `installed`.

    Attributes
    ----------
    port
        Where its server answers, on this machine alone.
    path
        Where ballots of the one case are sent.
    """

    def __init__(self, folder: Path, place: socket.socket, case_id: int) -> None:
        self.port: int = place.getsockname()[1]
        self._place = place
        self.path = f"/cases/{case_id}/ballots"
        self.case_id = case_id
        self._log = folder / "log"

    @contextmanager
    def serving(self) -> Iterator[Running]:
        """Let the server run, as `spreekruimte up` starts it."""
        handle = self._place.fileno()
        with self._running("spreekruimte.config.server", str(handle), handles=(handle,)) as server:
            yield server

    @contextmanager
    def working(self) -> Iterator[Running]:
        """Let the worker run."""
        with self._running("spreekruimte.cli", "worker") as worker:
            yield worker

    def wait_for_server(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > until:
                raise SystemExit(self._log.read_text())
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.path}", timeout=PATIENCE)
        except urllib.error.HTTPError:
            # It takes ballots only.
            return True
        except OSError:
            return False
        return True

    @contextmanager
    def _running(self, *arguments: str, handles: tuple[int, ...] = ()) -> Iterator[Running]:
        running = Running(arguments, self._log, handles)
        try:
            yield running
        finally:
            running.end(signal.SIGTERM)


class Running:
    """A process with all that it starts, which can be killed and started again."""

    def __init__(self, arguments: tuple[str, ...], log: Path, handles: tuple[int, ...]) -> None:
        self._arguments = arguments
        self._log = log
        self._handles = handles
        self._process = self._start()

    @property
    def pid(self) -> int:
        """The number of the first process."""
        return self._process.pid

    def kill(self) -> None:
        """Kill all its processes at once, without a warning, and start it anew."""
        self.end(signal.SIGKILL)
        self._process = self._start()

    def end(self, how: signal.Signals) -> None:
        """End all its processes."""
        # All of its session, which is its own; it is waited for below, so that the number is its.
        if self._process.poll() is None:
            os.killpg(self._process.pid, how)
        self._process.wait(PATIENCE)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *self._arguments],
                stdout=log,
                stderr=log,
                pass_fds=self._handles,
                start_new_session=True,
            )


@contextmanager
def installed(database: Database, *, reasons: int) -> Iterator[Installation]:
    """Make an installation with one case that is asked; let this process know it by Django too."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spreekruimte-")))
        os.environ["SPREEKRUIMTE_DATA"] = str(folder)
        os.environ["SPREEKRUIMTE_SECRET_KEY"] = secrets.token_urlsafe(48)
        os.environ["DJANGO_SETTINGS_MODULE"] = "spreekruimte.config.settings"
        os.environ.pop("SPREEKRUIMTE_DATABASE", None)
        if database == "postgresql":
            address = stack.enter_context(running_cluster(survives_power_cuts=True))
            os.environ["SPREEKRUIMTE_DATABASE"] = address
        case_id = make_asked_case(reasons)
        import django

        django.setup()
        stack.callback(_disconnect)
        from spreekruimte.operation.serving import listen
        from spreekruimte.verdicts.watching import warm_up

        # A checkout that is new would else compile while it is measured.
        warm_up()
        place = stack.enter_context(listen("127.0.0.1", 0))
        yield Installation(folder, place, case_id)


def add_database(parser: argparse.ArgumentParser) -> None:
    """Let a measurement be run on a database that is there already."""
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")


@contextmanager
def chosen_installation(arguments: argparse.Namespace) -> Iterator[Path]:
    """Let this process work on the database that was chosen, else on SQLite; give its folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SPREEKRUIMTE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "spreekruimte.config.settings"
        if arguments.database:
            os.environ["SPREEKRUIMTE_DATABASE"] = arguments.database
        yield Path(folder)


def make_asked_case(reasons: int) -> int:
    """Make the tables and one case that is asked, with so many reasons; give its number."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.asked_case", str(reasons)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(made.stdout)


def cpu_seconds(ancestor: int) -> float:
    """Give the processor time of all that descends from a process, which itself is not counted."""
    times, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(path.parent.name)
        parents[number] = int(fields[1])
        # Of itself, and of its children that have ended.
        times[number] = sum(map(int, fields[11:15]))
    ticks = sum(time for number, time in times.items() if ancestor in _above(number, parents))
    return ticks / os.sysconf("SC_CLK_TCK")


def _above(number: int, parents: dict[int, int]) -> Iterator[int]:
    while number := parents.get(number, 0):
        yield number


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
