"""A server that answers as Mastodon does, which itself cannot be installed by the tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Server(ThreadingHTTPServer):
    """Posts by number, and the answers to each; both can be changed by a test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.posts: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.refusal = 0
        """The status by which it refuses whoever is not signed in; 0 where it lets them read."""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def post(self, number: str, **changes: Any) -> str:  # noqa: ANN401 - JSON
        """Have a post stand here; give its address."""
        account = {
            "username": "zoeff",
            "display_name": "Zoeff de Haas",
            "note": "<p>Hallo</p>",
            "discoverable": True,
            "locked": False,
            **changes.pop("account", {}),
        }
        self.posts[number] = {
            "id": number,
            "uri": f"http://{self.host}/users/zoeff/statuses/{number}",
            "visibility": "public",
            "created_at": "2026-03-02T10:00:00.000Z",
            "language": "nl",
            "content": "<p>Dit kabinet luistert niet naar de mensen in de wijken.</p>",
            "replies_count": 2,
            "reblogs_count": 3,
            "favourites_count": 5,
            "mentions": [],
            "in_reply_to_id": None,
            "reblog": None,
            "account": account,
            **changes,
        }
        return f"http://{self.host}/@zoeff/{number}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        _empty, _api, _v1, _statuses, number, *rest = self.path.split("/")
        found = self.server.posts.get(number)
        body: Any = {"descendants": self.server.answers.get(number, [])} if rest else found
        content = json.dumps(body if found else {"error": "Record not found"}).encode()
        self.send_response(self.server.refusal or (200 if found else 404))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def running_server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
