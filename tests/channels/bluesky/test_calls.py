"""What a server answers becomes a result, or an error that says what to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from pytest_django.fixtures import Settings

from spreekruimte.channels import turns
from spreekruimte.channels.bluesky.calls import NotDoneError, carry_out, query
from spreekruimte.channels.bluesky.network import Bluesky
from spreekruimte.channels.network import (
    Connection,
    NetworkError,
    NotTakenError,
    Reading,
    SignedOutError,
    TryLaterError,
)

METHOD = "com.example.method"
PLACE = "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3kabc"


@dataclass
class Says:
    """What the server answers to a method: a status, and a body."""

    answers: ClassVar[dict[str, tuple[int, bytes]]] = {}
    origin: str = ""

    def answer(self, method: str, status: int, body: object) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[method] = (status, content)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        method = self.path.removeprefix("/xrpc/").partition("?")[0]
        status, content = Says.answers.get(method, (501, b'{"error":"MethodNotImplemented"}'))
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Says]:
    monkeypatch.setattr(turns, "take_turn", lambda _server, now: now - now)
    monkeypatch.setattr(turns, "let_rest", lambda _server, until: until)
    Says.answers.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        settings.TRUSTED_SERVERS = frozenset({f"127.0.0.1:{running.server_port}"})
        yield Says(f"http://127.0.0.1:{running.server_port}")
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"a": 1}, {"a": 1}),
        (b"", {}),
        (b"[1]", {}),
        (b"{", {}),
        (b"[" * 100_000, {}),
        (b"\xff", {}),
    ],
    ids=lambda each: str(each)[:20],
)
def test_an_answer_is_an_object_whatever_came(
    server: Says, body: object, expected: dict[str, int]
) -> None:
    server.answer(METHOD, 200, body)
    assert query(server.origin, METHOD, {"x": ["a", "b"]}) == expected
    assert carry_out(server.origin, METHOD, {"x": 1}) == expected


@pytest.mark.parametrize(
    ("status", "name", "error", "is_unknown"),
    [
        (400, "RecordNotFound", NotDoneError, False),
        (403, "", NotDoneError, False),
        (501, "MethodNotImplemented", NotDoneError, False),
        (302, "", NotDoneError, False),
        (401, "AuthMissing", SignedOutError, False),
        (400, "ExpiredToken", SignedOutError, False),
        (429, "RateLimitExceeded", TryLaterError, False),
        (500, "InternalServerError", TryLaterError, True),
        (502, "", TryLaterError, True),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    server: Says, status: int, name: str, error: type[NetworkError], is_unknown: bool
) -> None:
    server.answer(METHOD, status, {"error": name, "message": "x" * 1000})
    with pytest.raises(error) as caught:
        carry_out(server.origin, METHOD, {})
    assert caught.value.is_unknown is is_unknown
    assert len(str(caught.value)) <= 200


def test_a_server_that_is_not_there_is_tried_again(settings: Settings, server: Says) -> None:  # noqa: ARG001
    settings.TRUSTED_SERVERS = frozenset({"127.0.0.1:9"})
    with pytest.raises(TryLaterError):
        query("http://127.0.0.1:9", METHOD, {})


def test_a_server_behind_our_own_wall_is_never_asked(settings: Settings, server: Says) -> None:
    settings.TRUSTED_SERVERS = frozenset()
    with pytest.raises(NotTakenError):
        query(server.origin, METHOD, {})


def test_without_a_view_a_post_is_known_to_be_there_and_no_more(server: Says) -> None:
    server.answer("com.atproto.repo.getRecord", 200, {"uri": PLACE, "value": {}})
    connection = Connection(
        server.origin, "did", {"access": "a", "refresh": "b"}, lambda _given: None
    )
    assert Bluesky().read(connection, PLACE) == Reading()


@pytest.mark.parametrize("thread", [{}, {"thread": []}, {"thread": {"post": 1, "replies": [{}]}}])
def test_a_thread_of_another_shape_has_no_answers(server: Says, thread: object) -> None:
    server.answer("com.atproto.repo.getRecord", 200, {"uri": PLACE, "value": {}})
    server.answer("app.bsky.feed.getPostThread", 200, thread)
    connection = Connection(
        server.origin, "did", {"access": "a", "refresh": "b"}, lambda _given: None
    )
    assert Bluesky().read(connection, PLACE) == Reading()
