"""A blog that tests fill with pages, on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Page:
    """What the blog answers at a path."""

    content: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Blog:
    """A blog that is running.

    Attributes
    ----------
    asked
        The paths that were asked, in order.
    """

    host: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def write(self, content: str, path: str = "/post", status: int = 200) -> str:
        """Put a page on the blog; give its address."""
        self.pages[path] = Page(content, status)
        return f"http://{self.host}{path}"

    def lead(self, path: str, to: str) -> str:
        """Let a path lead on to another address; give its own."""
        self.pages[path] = Page(status=302, headers={"Location": to})
        return f"http://{self.host}{path}"


@contextmanager
def running_blog() -> Iterator[Blog]:
    """A blog at a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            blog.asked.append(self.path)
            page = blog.pages.get(self.path, Page(status=404))
            content = page.content.encode()
            self.send_response(page.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **page.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        blog = Blog(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield blog
        server.shutdown()
        thread.join()
