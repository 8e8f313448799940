"""Servers that are asked although they are not on the public internet.

``SPREEKRUIMTE_TRUSTED_SERVERS``
    Servers on a network of one's own that channels exchange messages with, such as a Mastodon for
    staff: ``host`` or ``host:port``, with commas between. Without a port, 443 is meant. All other
    servers are asked only if every address of theirs is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUSTED_SERVERS = "SPREEKRUIMTE_TRUSTED_SERVERS"
USUAL_PORT = 443


def choose_trusted_servers(environment: Mapping[str, str]) -> frozenset[str]:
    """Read which servers are trusted, each as ``host:port``.

    Raises
    ------
    ImproperlyConfigured
        If one of them is not written as above.
    """
    chosen = (each.strip() for each in environment.get(TRUSTED_SERVERS, "").split(","))
    return frozenset(_read_server(each) for each in chosen if each)


def _read_server(written: str) -> str:
    try:
        parts = urlsplit(f"//{written}")
        port = parts.port or USUAL_PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    if not parts.hostname or parts.netloc != written or "@" in written:
        raise ImproperlyConfigured(f"{TRUSTED_SERVERS} must hold host or host:port, not {written}")
    return f"{parts.hostname}:{port}"
