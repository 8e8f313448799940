"""The whole network of Bluesky, as a peer of the tests: with the view that people see it through.

It is installed by ``script/peers appview`` and needs PostgreSQL and Redis, which ``script/nightly``
installs. All of it runs on this machine alone, and ends with the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.peers.installing import AbsentError, free_port, install
from tests.peers.pds import NODE, Network
from tests.postgresql import AbsentError as NoPostgreSQLError
from tests.postgresql import running_cluster

PATIENCE = 30.0


@contextmanager
def running_whole_network(folder: Path) -> Iterator[Network]:
    """Start a new network without accounts; it is stopped in the end.

    Raises
    ------
    AbsentError
        If it cannot be installed here, or a database of it is not.
    """
    try:
        with running_cluster() as postgresql, _running_redis(folder) as redis:
            yield from _start(install("appview"), postgresql, redis, folder)
    except NoPostgreSQLError as error:
        raise AbsentError(str(error)) from error


def _start(installed: Path, postgresql: str, redis: str, folder: Path) -> Iterator[Network]:
    ports = [str(free_port()) for _each in range(3)]
    environment = {
        **os.environ,
        "NODE_ENV": "development",
        "LOG_ENABLED": "false",
        "DB_POSTGRES_URL": postgresql,
        "REDIS_HOST": redis,
    }
    log = folder / "log"
    with (
        log.open("wb") as file,
        subprocess.Popen(
            [NODE, installed / "boot.mjs", *ports],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            env=environment,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            # Its libraries say things on other lines.
            told = next((line for line in process.stdout if line.startswith(b'{"directory"')), b"")
            assert told, f"the network of Bluesky did not start: {log.read_text()[-2000:]}"
            yield Network(**json.loads(told))
        finally:
            process.terminate()


@contextmanager
def _running_redis(folder: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        raise AbsentError("Redis is not here (on Debian: apt-get install redis-server)")
    port = free_port()
    with subprocess.Popen(
        [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            _wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.05)
        else:
            return
