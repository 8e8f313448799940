"""snac, a server of the fediverse with the API of Mastodon, as a peer of the tests.

It is installed by ``script/peers snac`` and started on this machine alone. What it does otherwise
than Mastodon: it takes no JSON for a poll, knows no keys of acts, and enforces no scopes.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from tests.peers.installing import free_port, install

REDIRECT = "http://127.0.0.1/back"
SCOPES = "read write"


@dataclass
class Snac:
    """A running server."""

    program: Path
    folder: Path
    port: int
    passwords: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def start(self) -> None:
        """Start serving, and wait until it does."""
        self.process = subprocess.Popen(
            [self.program, "httpd", self.folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, 20.0)

    def stop(self) -> None:
        self._end(kill=False)

    def kill(self) -> None:
        """Let it die as in a power cut."""
        self._end(kill=True)

    def follow(self, name: str, address: str) -> None:
        """Let somebody here follow an account of another server, and wait until that is agreed."""
        _run([self.program, "follow", self.folder, name, address], "")
        followed = self.folder / "user" / name / "following"
        wait_until(
            lambda: any('"Accept"' in each.read_text() for each in followed.glob("*.json")), 20.0
        )

    def _end(self, *, kill: bool) -> None:
        if self.process is not None:
            (self.process.kill if kill else self.process.terminate)()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                # It does not always end while it talks to a server that is away.
                self.process.kill()
                self.process.wait(20)
            self.process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.origin}/api/v1/instance", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def sign_in(self, name: str, *, address: str) -> str:
        """Go through what a browser would at an address to authorise; give where it leads back."""
        page = httpx.get(address, timeout=10)
        assert page.status_code == 200, page.text
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        answer = httpx.post(
            f"{self.origin}/oauth/x-snac-login",
            data={**dict(hidden), "login": name, "passwd": self.passwords[name]},
            timeout=10,
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def account(self, name: str) -> Person:
        """Sign somebody in who has an account here."""
        app = httpx.post(
            f"{self.origin}/api/v1/apps",
            data={"client_name": "tests", "redirect_uris": REDIRECT, "scopes": SCOPES},
            timeout=10,
        ).json()
        asked = httpx.URL(
            f"{self.origin}/oauth/authorize",
            params={
                "response_type": "code",
                "client_id": app["client_id"],
                "redirect_uri": REDIRECT,
                "scope": SCOPES,
            },
        )
        back = parse_qs(urlsplit(self.sign_in(name, address=str(asked))).query)
        token = httpx.post(
            f"{self.origin}/oauth/token",
            data={
                "grant_type": "authorization_code",
                "code": back["code"][0],
                "client_id": app["client_id"],
                "client_secret": app["client_secret"],
                "redirect_uri": REDIRECT,
            },
            timeout=10,
        ).json()["access_token"]
        return Person(self.origin, name, token)


@dataclass(frozen=True)
class Person:
    """Somebody who uses a server with a program of their own."""

    origin: str
    name: str
    token: str

    def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] = ()) -> httpx.Response:
        return httpx.request(
            method,
            f"{self.origin}{path}",
            headers={
                "Authorization": f"Bearer {self.token}",
                **({"Content-Type": "application/x-www-form-urlencoded"} if fields else {}),
            },
            content=str(httpx.QueryParams(list(fields))) if fields else None,
            timeout=10,
        )

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
        answer = self.ask("GET", f"{path}?{httpx.QueryParams(query)}" if query else path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def find(self, address: str) -> Mapping[str, Any]:
        """Give a post of another server as it is known here."""
        found: list[Mapping[str, Any]] = []

        def is_known() -> bool:
            timeline = self.get("/api/v1/timelines/home", limit="40")
            found[:] = [each for each in timeline if each["uri"] == address]
            return bool(found)

        wait_until(is_known, 20.0)
        return found[0]

    def say(self, text: str, *, to: str = "", visibility: str = "public") -> Mapping[str, Any]:
        fields = [("status", text), ("visibility", visibility), ("language", "nl")]
        fields += [("in_reply_to_id", to)] if to else []
        answer = self.ask("POST", "/api/v1/statuses", fields)
        assert answer.status_code == 200, answer.text
        status: Mapping[str, Any] = answer.json()
        return status

    def vote(self, poll: str, choice: int) -> int:
        """Vote in a poll; give the status of the answer."""
        return self.ask(
            "POST", f"/api/v1/polls/{poll}/votes", [("choices[]", str(choice))]
        ).status_code

    def delete(self, status: str) -> None:
        assert self.ask("DELETE", f"/api/v1/statuses/{status}").status_code == 200

    def statuses(self) -> list[Mapping[str, Any]]:
        """All that this account posted, the newest first."""
        mine = self.get("/api/v1/accounts/verify_credentials")["id"]
        found: list[Mapping[str, Any]] = self.get(f"/api/v1/accounts/{mine}/statuses", limit="400")
        return found


@contextmanager
def running_snac(folder: Path, names: Sequence[str]) -> Iterator[Snac]:
    """Start a new server with accounts of these names; it is stopped in the end.

    Raises
    ------
    AbsentError
        If snac cannot be installed here.
    """
    server = make_snac(folder, names)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def make_snac(folder: Path, names: Sequence[str]) -> Snac:
    """Make a server with its accounts, without starting it."""
    program = install("snac") / "usr" / "bin" / "snac"
    server = Snac(program, folder / "snac", free_port())
    _run([program, "init", server.folder], f"127.0.0.1\n{server.port}\n{server.host}\n\nx@y.test\n")
    settings = server.folder / "server.json"
    settings.write_text(
        json.dumps(
            json.loads(settings.read_text())
            | {"protocol": "http", "queue_retry_minutes": 1, "badlogin_retries": 1000}
        )
    )
    for name in names:
        told = _run([program, "adduser", server.folder, name], "")
        password = re.search(r"password is (\S+)", told)
        assert password, told
        server.passwords[name] = password[1]
    return server


def wait_until(is_so: Callable[[], bool], seconds: float, *, every: float = 0.1) -> None:
    """Wait until something is so; fail when it takes longer than that."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not so within {seconds} s"
        time.sleep(every)


def _run(command: Sequence[str | Path], typed: str) -> str:
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout + done.stderr
