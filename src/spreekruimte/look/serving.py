"""How style and scripts reach the browser: once, small, and from where they are installed.

Nothing is collected or compressed before the first start. The address of a file ends on what its
content is, so a browser may keep it for as long as it likes and still gets every change.
"""

from __future__ import annotations

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class VersionedStorage(StaticFilesStorage):
    """Adds to the address of a file what its content is."""

    def url(self, name: str | None) -> str:
        """Return the address; raises ValueError for a file that is not there."""
        return f"{super().url(name)}?v={_digest(name or '')}"


@cache
def _digest(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise ValueError(f"there is no file {name} to serve")
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


class TextMiddleware(GZipMiddleware):
    """Compresses what is text. What is compressed already, such as an image, stays as it is."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponse | HttpResponseBase:
        """Compress the answer for a browser that can read it so."""
        is_text = response.headers.get("Content-Type", "").startswith(COMPRESSED)
        # A part of a file that was asked for by its place in it has to be that part.
        if not is_text or response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        return super().process_response(request, response)
