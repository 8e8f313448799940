"""What is sent to a server of Mastodon, byte for byte: a poll is a form, since JSON gets lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from spreekruimte.channels import turns
from spreekruimte.channels.mastodon.network import Mastodon
from spreekruimte.channels.network import Connection, Post

pytestmark = pytest.mark.django_db

POST = Post(
    key="a" * 32,
    text="Mag dit?",
    address="https://ruimte.example/cases/1/",
    language="nl",
    made_at=timezone.now(),
    options=("Toelaatbaar", "Niet toelaatbaar"),
    closes_at=timezone.now() + timedelta(days=7),
)


class Server(ThreadingHTTPServer):
    """Takes a post, and keeps how it came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[tuple[str, Headers, bytes]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, self.headers, body))
        self._answer({"id": "1", "url": "https://social.example/1"})

    def _answer(self, told: object) -> None:
        content = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(turns, "SPACING", timedelta(0))
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        settings.TRUSTED_SERVERS = frozenset({f"127.0.0.1:{running.server_address[1]}"})
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def connection(server: Server) -> Connection:
    address = f"http://127.0.0.1:{server.server_address[1]}"
    return Connection(address, "1", {"access_token": "secret"}, lambda _given: None)


def test_a_poll_is_sent_as_a_form(server: Server, connection: Connection) -> None:
    Mastodon().publish(connection, POST)
    ((path, headers, body),) = server.came
    assert path == "/api/v1/statuses"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == POST.key
    fields = parse_qsl(body.decode())
    assert [value for name, value in fields if name == "poll[options][]"] == list(POST.options)
    given = dict(fields)
    assert 300 <= int(given["poll[expires_in]"]) <= 7 * 24 * 3600
    assert given["poll[hide_totals]"] == "true"
    assert (given["language"], given["visibility"]) == ("nl", "public")
    assert POST.address in given["status"]


def test_looking_how_it_would_fit_sends_nothing(server: Server, connection: Connection) -> None:
    assert Mastodon().preview(connection, POST).problems == ()
    [problem] = Mastodon().preview(connection, replace(POST, text="x" * 501)).problems
    assert "501" in problem or "500" in problem
    assert server.came == []
