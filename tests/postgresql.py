"""A PostgreSQL of the tests' own, which leaves alone whatever else runs on the machine."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PROGRAMS = Path("/usr/lib/postgresql")
USER = "postgres"
PATIENCE = 60.0


class AbsentError(Exception):
    """PostgreSQL cannot be started here."""


@contextmanager
def running_cluster(
    *,
    survives_power_cuts: bool = False,
    copied_from: Path | None = None,
    kept_in: Path | None = None,
) -> Iterator[str]:
    """Start a cluster in a temporary folder; yield its address, and take it away afterwards.

    It listens on a socket in that folder only, so that no port can be taken, and ends with the
    process that started it, however that ends. Votes of a test survive no power cut, unless that is
    what is measured. What it held is copied to `kept_in`, of which others can start.
    """
    programs = find_programs()
    # Not in pytest's own folder: that is closed to other users, and too long for a socket.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        data = folder / "data"
        if copied_from:
            _copy(copied_from, data)
        else:
            _make(programs, data)
        log = folder / "log"
        with log.open("wb") as file:
            server = subprocess.Popen(
                _as_someone_else(
                    *(programs / "postgres", "-D", data, "-k", folder),
                    *("-c", "listen_addresses="),
                    *("-c", f"fsync={'on' if survives_power_cuts else 'off'}"),
                ),
                cwd=folder,
                stderr=file,
            )
        address = f"postgresql://{USER}@/postgres?host={folder}"
        try:
            _wait_for(server, address, log)
            yield address
        finally:
            # It would wait for whoever is still connected if it were asked to terminate.
            server.send_signal(signal.SIGINT)
            server.wait()
        if kept_in:
            _copy(data, kept_in)


def _make(programs: Path, data: Path) -> None:
    who = ["-U", USER, "-A", "trust"]
    # Whatever the language of the machine is.
    letters = ["-E", "UTF8", "--locale", "C.UTF-8"]
    _run(programs / "initdb", "-D", data, *who, *letters, "--no-sync")


def _copy(data: Path, to: Path) -> None:
    # Unlike shutil, it keeps the owner.
    subprocess.run(["cp", "--archive", data, to], check=True)


def find_programs() -> Path:
    """Return the folder with the programs of the newest version that Debian installed."""
    found = [path.parent for path in PROGRAMS.glob("*/bin/postgres")]
    if not found:
        raise AbsentError("PostgreSQL is not here (on Debian: apt-get install postgresql)")
    return max(found, key=lambda path: float(path.parent.name))


def _as_someone_else(*command: str | Path) -> list[str | Path]:
    """Return a command that does not run as root, which PostgreSQL refuses."""
    drop: list[str | Path] = []
    if os.getuid() == 0:
        try:
            pwd.getpwnam(USER)
        except KeyError:
            raise AbsentError(f"PostgreSQL cannot run as root, and there is no {USER}") from None
        drop = ["--reuid", USER, "--regid", USER, "--init-groups"]
    return ["setpriv", *drop, "--pdeathsig", "INT", *command]


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        _as_someone_else(*command), cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return
