"""Install a server of others, and start and stop it on this machine alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class AbsentError(Exception):
    """The peer cannot be installed here; the message says why."""


def install(name: str) -> Path:
    """Install a peer where it is not yet, and give where it is.

    Raises
    ------
    AbsentError
        If it cannot be installed here.
    """
    done = subprocess.run(
        [ROOT / "script" / "peers", name],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHON": sys.executable},
    )
    if done.returncode:
        raise AbsentError(done.stderr.strip().splitlines()[-1])
    return Path(done.stdout.strip())


def free_port() -> int:
    """Give a port of this machine on which nobody serves."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
