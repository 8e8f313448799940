"""Run `spreekruimte` as an operator does: as a process of its own, on a database of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 90.0


@contextmanager
def spreekruimte(
    folder: Path, *arguments: str, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """Start the command with a folder of its own; end it, and all it started, afterwards."""
    with (folder.parent / f"{folder.name}.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "spreekruimte.cli", *arguments],
            env={**os.environ, "SPREEKRUIMTE_DATA": str(folder), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def said_by(folder: Path) -> str:
    """Return what the command with that folder has said until now."""
    return (folder.parent / f"{folder.name}.log").read_text(encoding="utf-8")


def wait_until(holds: Callable[[], object], process: subprocess.Popen[str], folder: Path) -> None:
    """Wait until something holds, as long as the process runs."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert process.poll() is None, said_by(folder)
        assert time.monotonic() < deadline, said_by(folder)
        time.sleep(0.05)


def status_of(address: str) -> int:
    """Return the status with which an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
            status: int = answer.status
    except urllib.error.HTTPError as error:
        return error.code
    return status


def children_of(number: int) -> dict[str, int]:
    """Return the processes that a process started: their number, by what they are."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (path / "cmdline").read_text().split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == number:
            found["server" if "spreekruimte.config.server" in command else command[-2]] = int(
                path.name
            )
    return found
