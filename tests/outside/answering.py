"""A server that the tests ask, which behaves in the way that the path names."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = b"x" * 100_000


class Answers(BaseHTTPRequestHandler):
    """A server that behaves in many ways, by path."""

    asked: list[tuple[str, str]]

    def do_POST(self) -> None:
        """Answer as to a GET, once what was sent is read."""
        self.server.received.append(self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[attr-defined]
        self.do_GET()

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        getattr(self, f"_{self.path.strip('/').partition('/')[0] or 'plain'}", self._plain)()

    def _plain(self) -> None:
        self._send(200, b"found", {"Content-Type": "Text/Plain; charset=utf-8"})

    def _large(self) -> None:
        self._send(200, LARGE)

    def _packed(self) -> None:
        self._send(200, gzip.compress(LARGE), {"Content-Encoding": "gzip"})

    def _zstd(self) -> None:
        self._send(200, b"\x28\xb5\x2f\xfd", {"Content-Encoding": "zstd"})

    def _broken(self) -> None:
        self._send(200, b"no gzip", {"Content-Encoding": "gzip"})

    def _tagged(self) -> None:
        tags = {"ETag": '"a"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
        is_known = self.headers["If-None-Match"] == '"a"' and self.headers["If-Modified-Since"]
        self._send(304 if is_known else 200, b"" if is_known else b"found", tags)

    def _unchanged(self) -> None:
        self._send(304, b"")

    def _odd(self) -> None:
        self._send(200, b"found", {"ETag": "\xe9", "Last-Modified": "x" * 301})

    def _busy(self) -> None:
        self._send(503, b"", {"Retry-After": "120"})

    def _missing(self) -> None:
        self._send(404, b"")

    def _once(self) -> None:
        self._send(302, b"", {"Location": "/plain"})

    def _always(self) -> None:
        self._send(302, b"", {"Location": "/always"})

    def _inside(self) -> None:
        self._send(302, b"", {"Location": "http://169.254.169.254/latest/meta-data/"})

    def _file(self) -> None:
        self._send(302, b"", {"Location": "file:///etc/passwd"})

    def _slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _cookie(self) -> None:
        self._send(200, (self.headers["Cookie"] or "none").encode(), {"Set-Cookie": "a=b"})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[tuple[str, str]] = []
        self.received: list[bytes] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves is no error."""
