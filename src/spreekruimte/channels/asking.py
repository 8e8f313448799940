"""Ask another server, as guarded as everything that is fetched, and say who asks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import version

from django.conf import settings

from spreekruimte.outside import Answer, Leave, Message, send

MOST_BYTES = 1024 * 1024


def ask(
    address: str,
    message: Message = Message(),  # noqa: B008 - it cannot change
    *,
    most_bytes: int = MOST_BYTES,
    seconds: float = 10.0,
) -> Answer:
    """Send a message to a server of a channel and give its answer, whatever it says.

    Raises
    ------
    spreekruimte.outside.FetchError
        If the server may not be asked, or no whole answer came within the limits.
    """
    told = {"User-Agent": user_agent(), **message.headers}
    leave = Leave(hosts=settings.TRUSTED_SERVERS)
    return send(
        address, replace(message, headers=told), leave=leave, most_bytes=most_bytes, seconds=seconds
    )


def user_agent() -> str:
    """Give the name by which other servers know us, with the page that says what we do there."""
    return f"Spreekruimte/{_version()} (+{settings.ADDRESS.origin}/bot/)"


@cache
def _version() -> str:
    # Read once: it takes as long as an answer from nearby.
    return version("spreekruimte")
