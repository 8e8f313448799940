"""One request to one address, and its answer read piece by piece within limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from ssl import SSLContext
from time import monotonic
from urllib.parse import SplitResult

import httpx

from spreekruimte.outside.deadlines import Deadline
from spreekruimte.outside.problems import FetchError
from spreekruimte.outside.targets import Leave, choose_target, host_header, port_of

CONNECT_SECONDS = 10.0

PIECE = 65536
_PLAIN = ("", "identity")
_HEADERS = {
    "User-Agent": "Spreekruimte (free software, EUPL-1.2)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
}
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a method, headers beside our own, and a body."""

    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@contextmanager
def exchange(
    parts: SplitResult, message: Message, *, until: float, leave: Leave
) -> Iterator[httpx.Response]:
    """Send a message to the very address that was checked, and give the answer to read.

    Raises
    ------
    FetchError
        If the host may not be asked, or does not answer as it should, also while it is read.
    """
    host = parts.hostname or ""
    target = choose_target(parts, min(CONNECT_SECONDS, seconds_left(until, host)), leave)
    shown = f"[{target}]" if target.version == 6 else str(target)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    left = seconds_left(until, host)
    limit = httpx.Timeout(left, connect=min(CONNECT_SECONDS, left))
    try:
        with (
            Deadline(left) as deadline,
            httpx.Client(
                verify=_trust(), trust_env=False, timeout=limit, follow_redirects=False
            ) as client,
            client.stream(
                message.method,
                f"{parts.scheme}://{shown}:{port_of(parts)}{path}",
                headers={"Host": host_header(parts), **_HEADERS, **message.headers},
                content=message.body or None,
                extensions={"sni_hostname": host, "trace": deadline.watch},
            ) as response,
        ):
            yield response
    except FetchError:
        raise
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, ValueError) as error:
        is_slow = isinstance(error, httpx.TimeoutException) or monotonic() >= until
        raise FetchError(
            "{host} does not answer as it should: {reason}.",
            code="slow" if is_slow else "answer",
            host=host,
            reason=type(error).__name__,
        ) from error


def read_body(response: httpx.Response, host: str, *, most_bytes: int, until: float) -> bytes:
    """Read the body piece by piece, so that nothing larger than allowed is ever held."""
    content = bytearray()
    for piece in _pieces(response, host):
        content += piece
        if len(content) > most_bytes:
            raise FetchError("What {host} sends is too large.", code="large", host=host)
        seconds_left(until, host)
    # Of a body of which nobody said how long it is, the end may be ours.
    seconds_left(until, host)
    return bytes(content)


def _pieces(response: httpx.Response, host: str) -> Iterator[bytes]:
    """Give the body as it comes, unpacked into pieces of a size that is known beforehand."""
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed in _PLAIN:
        yield from response.iter_raw()
        return
    if packed != "gzip":
        raise FetchError(
            "{host} packs what it sends in a way that was not asked for.", code="answer", host=host
        )
    unpacker = zlib.decompressobj(wbits=_GZIP)
    for piece in response.iter_raw():
        rest = piece
        while rest:
            yield unpacker.decompress(rest, PIECE)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()


def seconds_left(until: float, host: str) -> float:
    """Return how many seconds are left; at least a little, or give up."""
    left = until - monotonic()
    if left <= 0:
        raise FetchError("{host} takes too long.", code="slow", host=host)
    return left


@cache
def _trust() -> SSLContext:
    """Give whose certificates are believed. Read once: it takes longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)
