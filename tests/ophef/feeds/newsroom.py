"""A server of news feeds that behaves as well or as badly as a test wants, and feeds for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

from tests.organisations.people import NOW

from spreekruimte.ophef.feeds.polling import poll_next
from spreekruimte.ophef.models import Feed, Outlet
from spreekruimte.organisations.models import Organisation


@dataclass(slots=True)
class Answer:
    """What is answered at a path.

    Attributes
    ----------
    body
        In one piece, or piece by piece as it is sent.
    """

    body: bytes | Callable[[], Iterator[bytes]] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    server: Newsroom

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path, Answer(status=404))
        etag = answer.headers.get("ETag")
        if etag and self.headers["If-None-Match"] == etag:
            self._send(304, answer.headers, b"")
        elif isinstance(answer.body, bytes):
            self._send(answer.status, answer.headers, answer.body)
        else:
            self.send_response(answer.status)
            self.end_headers()
            for piece in answer.body():
                self.wfile.write(piece)
                self.server.sent += len(piece)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


class Newsroom(ThreadingHTTPServer):
    """The server, with what it was asked and how much it sent piece by piece."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves is no error."""


@contextmanager
def open_newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()


def make_feed(organisation: Organisation, address: str, **changes: object) -> Feed:
    outlet, _is_new = Outlet.objects.get_or_create(organisation=organisation, name="De Waterdammer")
    given = {"kind": Feed.Kind.RSS, "next_poll_at": NOW, "outlet": outlet, **changes}
    feed: Feed = Feed.objects.create(organisation=organisation, address=address, **given)
    return feed


def item(
    number: int,
    *,
    title: str = "A plan",
    at: datetime | str = NOW,
    guid: str | None = None,
    link: str | None = None,
) -> str:
    """Write an item of RSS; its guid and link follow from its number where they are not given."""
    guid = f"guid-{number}" if guid is None else guid
    link = f"https://news.example/{number}" if link is None else link
    date = at if isinstance(at, str) else format_datetime(at)
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{escape(guid)}</guid><pubDate>{date}</pubDate></item>'
    )


def rss(items: Sequence[str], *, encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0"><channel>'
        + "<title>News</title>\n"
        + "\n".join(items)
        + "\n</channel></rss>"
    )
    return text.encode(encoding)


def poll(now: datetime = NOW) -> Feed | None:
    polled = poll_next(now=now, draw=lambda: 0.5, allow_loopback=True)
    if polled is not None:
        polled.refresh_from_db()
    return polled


def serve(room: Newsroom, body: bytes, **headers: str) -> None:
    room.answers["/feed"] = Answer(body, headers=headers)
