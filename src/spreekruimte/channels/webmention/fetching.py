"""Fetch the page that is said to mention a case."""

from __future__ import annotations

from http import HTTPStatus
from time import monotonic
from urllib.parse import urljoin, urlsplit

from spreekruimte.channels.asking import ask
from spreekruimte.outside import Answer, FetchError, Message

MOST_BYTES = 1024 * 1024
MOST_SECONDS = 5.0
MOST_REDIRECTS = 3
PAGES = ("text/html", "application/xhtml+xml")

_REDIRECTS = (301, 302, 303, 307, 308)
# It is there no more, or not for everybody.
_GONE = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def fetch_page(address: str) -> str:
    """Fetch a page as text.

    Returns
    -------
    str
        Empty where there is no page (any more) that everybody may read.

    Raises
    ------
    FetchError
        If it may not be fetched, or could not be now.
    """
    until = monotonic() + MOST_SECONDS
    for _redirect in range(MOST_REDIRECTS + 1):
        answer = ask(
            address,
            Message(headers={"Accept": ", ".join(PAGES)}),
            most_bytes=MOST_BYTES,
            seconds=max(0.1, until - monotonic()),
        )
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return _read(answer, address)
        address = urljoin(address, answer.headers["location"])
    raise FetchError("{address} leads on and on.", code="redirects", address=address)


def _read(answer: Answer, address: str) -> str:
    if answer.status in _GONE:
        return ""
    if not answer.is_good:
        raise FetchError(
            "{host} answers with status {status}.",
            code="status",
            status=answer.status,
            host=urlsplit(address).netloc,
        )
    media_type, _semicolon, parameters = answer.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() not in PAGES:
        return ""
    charset = parameters.partition("charset=")[2].strip(" \"'")
    try:
        return answer.content.decode(charset or "utf-8", "replace")
    except LookupError:
        return answer.content.decode("utf-8", "replace")
