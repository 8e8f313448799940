"""A server of the fediverse in this process: accounts with keys, and inboxes that remember."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.organisations.people import NOW

from spreekruimte.channels.fediverse.addresses import PUBLIC
from spreekruimte.channels.fediverse.signatures.cavage import sign_cavage
from spreekruimte.config.serving import Address

MEDIA_TYPE = "application/activity+json"
OURS = "http://ours.example"


@cache
def make_key(number: int) -> rsa.RSAPrivateKey:
    """Keys take long to make: each is made once for all tests."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def write_public(key: rsa.RSAPrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@dataclass(slots=True)
class Elsewhere:
    """What the server answers, what it was asked, and what it was brought."""

    origin: str
    documents: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    brought: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    inbox_answers: int = 202

    def clear(self) -> None:
        self.documents.clear()
        self.asked.clear()
        self.brought.clear()
        self.inbox_answers = 202

    def put(self, path: str, document: object, *, status: int = 200, kind: str = MEDIA_TYPE) -> str:
        self.documents[path] = (status, kind, json.dumps(document).encode())
        return self.origin + path

    def account(self, name: str, *, key: int = 0, shared: bool = True, **changes: object) -> str:
        """Put an account there and give its address."""
        address = f"{self.origin}/users/{name}"
        document = {
            "id": address,
            "type": "Person",
            "preferredUsername": name,
            "inbox": f"{address}/inbox",
            "publicKey": {
                "id": f"{address}#main-key",
                "owner": address,
                "publicKeyPem": write_public(make_key(key)),
            },
        }
        if shared:
            document["endpoints"] = {"sharedInbox": f"{self.origin}/inbox"}
        return self.put(f"/users/{name}", document | changes)

    def note(self, author: str, which: str, /, **changes: object) -> dict[str, Any]:
        """A note of an account, as it is brought."""
        return {
            "id": f"{author}/notes/{which}",
            "type": "Note",
            "attributedTo": author,
            "to": [PUBLIC],
            "published": "2026-11-23T12:00:30Z",
            **changes,
        }


def do(kind: str, account: str, thing: object, name: str = "1") -> dict[str, Any]:
    """An activity of an account."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{account}/activities/{kind.lower()}-{name}",
        "type": kind,
        "actor": account,
        "object": thing,
    }


def headers_for(
    path: str, account: str, body: bytes, *, key: int = 0, now: datetime = NOW
) -> dict[str, str]:
    """The headers by which an account signs what it brings to us."""
    return sign_cavage(
        method="POST",
        address=OURS + path,
        body=body,
        key=make_key(key),
        key_id=f"{account}#main-key",
        now=now,
    ) | {"Content-Type": MEDIA_TYPE}


def bring(
    activity: dict[str, Any],
    *,
    path: str = "/fediverse/inbox",
    key: int = 0,
    now: datetime = NOW,
    **changes: str,
) -> HttpResponse:
    """Bring an activity to an inbox of ours, signed by its account; headers can be changed."""
    body = json.dumps(activity).encode()
    headers = headers_for(path, str(activity["actor"]), body, key=key, now=now)
    return post(path, body, headers | changes)


def post(path: str, body: bytes, headers: dict[str, str]) -> HttpResponse:
    kind = headers.pop("Content-Type", "")
    response: Any = Client().post(path, data=body, content_type=kind, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


@contextmanager
def serving() -> Iterator[Elsewhere]:
    """Run such a server, on this machine alone."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append(self.path)
            self._answer(*there.documents.get(self.path, (404, "text/plain", b"")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            there.brought.append((self.path, headers, json.loads(body)))
            self._answer(there.inbox_answers, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        there = Elsewhere(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield there
        finally:
            server.shutdown()
            thread.join()


def be_at(settings: Settings, origin: str, *trusted: str) -> None:
    """Let our own address be this one, and trust servers on this machine."""
    host = origin.partition("://")[2].partition(":")[0]
    settings.ADDRESS = Address(origin, (host,), is_encrypted=False)
    settings.ALLOWED_HOSTS = [host, "testserver"]
    settings.TRUSTED_SERVERS = frozenset(each.partition("://")[2] for each in trusted)
