"""Fetch what stands at an address on the internet, as a stranger might have written it.

Everything that is fetched from elsewhere goes through `fetch`. It asks public addresses only, each
host at the very address that was checked, follows at most three redirects and checks each, and
gives up on what is too large or takes too long. It sends no cookies and no credentials, and uses no
proxy of the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from spreekruimte.outside.exchanging import Message, exchange, read_body
from spreekruimte.outside.problems import FetchError
from spreekruimte.outside.targets import Leave, check_plain

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_REDIRECTS = 3
LONGEST_VALIDATOR = 300

_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server recognises what it sent: told back to it, it sends only what is new."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """As they are told back."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found.

    Attributes
    ----------
    address
        Where, after redirects.
    content
        The body, unpacked.
    media_type
        As the server says, in lower case and without parameters; may be empty.
    validators
        By which the server recognises it.
    """

    address: str
    content: bytes
    media_type: str
    validators: Validators = Validators()


def fetch(
    address: str,
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    allow_loopback: bool = False,
) -> Fetched:
    """Fetch what stands at an address.

    Parameters
    ----------
    address
        With ``http`` or ``https``.
    most_bytes
        Most that the body may hold, unpacked.
    seconds
        Most that everything together may take.
    allow_loopback
        Whether whoever asks may name this machine, as ``localhost`` or by its loopback address.
        Only for an address that the person at the command line typed; a redirect to this machine
        is followed only from this machine.

    Raises
    ------
    FetchError
        In all other cases; the message is a sentence for a reader.
    """
    found = fetch_if_changed(
        address,
        known=Validators(),
        most_bytes=most_bytes,
        seconds=seconds,
        allow_loopback=allow_loopback,
    )
    if found is None:
        # Nothing was told that could be unchanged.
        raise _bad_status(urlsplit(address).hostname or "", httpx.codes.NOT_MODIFIED)
    return found


def fetch_if_changed(
    address: str,
    *,
    known: Validators,
    most_bytes: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    allow_loopback: bool = False,
) -> Fetched | None:
    """Fetch what stands at an address, unless it is what is known; None if it is.

    Parameters
    ----------
    known
        Of what was fetched last. The others are as with `fetch`.

    Raises
    ------
    FetchError
        As `fetch` does.
    """
    until = monotonic() + seconds
    leave = Leave(loopback=allow_loopback)
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = check_plain(address, leave)
        message = Message(headers=known.headers)
        with exchange(parts, message, until=until, leave=leave) as response:
            if not _leads_on(response):
                return _read(response, parts, most_bytes, until)
        # Only this machine sends on to this machine.
        leave = leave if leave.covers(parts) else Leave()
        address = urljoin(parts.geturl(), response.headers["location"])
    raise FetchError("{address} leads on and on.", code="redirects", address=address)


def _leads_on(response: httpx.Response) -> bool:
    return response.status_code in _REDIRECTS and "location" in response.headers


def _read(
    response: httpx.Response, parts: SplitResult, most_bytes: int, until: float
) -> Fetched | None:
    """Give what is new at an address, or None where all is known."""
    host = parts.hostname or ""
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return None
    if response.status_code != httpx.codes.OK:
        again = response.headers.get("retry-after", "")
        raise _bad_status(host, response.status_code, again)
    content = read_body(response, host, most_bytes=most_bytes, until=until)
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    validators = Validators(_validator(response, "etag"), _validator(response, "last-modified"))
    return Fetched(parts.geturl(), content, media_type, validators)


def _bad_status(host: str, status: int, retry_after: str = "") -> FetchError:
    return FetchError(
        "{host} answers with status {status}.",
        code="status",
        status=status,
        retry_after=retry_after,
        host=host,
    )


def _validator(response: httpx.Response, name: str) -> str:
    """Give a validator that can be told back, whatever a server made of it."""
    told: str = response.headers.get(name, "").strip()
    return told if told.isascii() and told.isprintable() and len(told) <= LONGEST_VALIDATOR else ""
