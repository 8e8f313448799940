"""Count how often something is tried, without keeping who tried."""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from spreekruimte.ballots.entering import keyed_digest

HOUR = 3600
# Of a digest so many symbols are kept: one of a million drawers, which leads to nobody.
DRAWER = 5


def is_within(purpose: str, who: str, *, most: int, now: datetime) -> bool:
    """Count one more attempt of somebody in this hour, and tell whether it is still allowed.

    Two attempts at the same moment may count as one.

    Parameters
    ----------
    purpose
        What is tried.
    who
        What tells one from another: it is kept as one of a million drawers.
    most
        How often it is allowed in an hour of the clock.
    """
    drawer = keyed_digest(f"limit.{purpose}", who)[:DRAWER]
    key = f"{purpose}.{int(now.timestamp()) // HOUR}.{drawer}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, HOUR)
    return bool(count <= most)


def client_of(request: HttpRequest) -> str:
    """Return from which network address a request comes."""
    return str(get_adapter(request).get_client_ip(request))
