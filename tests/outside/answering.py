"""A server that the tests ask, which behaves in the way that the path names."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = b"x" * 100_000
PIECE = bytes(65536)
TEN_GIGABYTES = 10 * 1024**3
DRIPS = 50


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

    def _endless(self) -> None:
        """Begin on 10 GB."""
        self._stream({}, (PIECE for _ in range(TEN_GIGABYTES // len(PIECE))))

    def _bomb(self) -> None:
        """Begin on 10 GB that are packed into 10 MB."""
        packer = zlib.compressobj(wbits=31)
        packed = (packer.compress(PIECE) for _ in range(TEN_GIGABYTES // len(PIECE)))
        self._stream({"Content-Encoding": "gzip"}, packed)

    def _stream(self, headers: dict[str, str], pieces: Iterable[bytes]) -> None:
        self.send_response(200)
        for name, value in {**headers, "Content-Length": str(TEN_GIGABYTES)}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for piece in pieces:
                self.server.sent += self.wfile.write(piece)  # type: ignore[attr-defined]
        except OSError:
            # Whoever asked has left.
            self.close_connection = True

    def _hesitant(self) -> None:
        """Never come to the end of the headers."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        try:
            for number in range(DRIPS):
                self._drip(b"X-%d: x\r\n" % number)
        except OSError:
            self.close_connection = True

    def _slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(DRIPS):
            self._drip(b"x")

    def _drip(self, piece: bytes) -> None:
        self.wfile.write(piece)
        self.wfile.flush()
        self.server.drips += 1  # type: ignore[attr-defined]
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
        self.sent = 0
        self.drips = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves is no error."""
