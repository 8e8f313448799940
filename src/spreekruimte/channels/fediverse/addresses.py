"""Addresses: how ours are made and read, and which of others are taken."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from spreekruimte.organisations.accounts.encryption import digests_of

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
PUBLICLY = (PUBLIC, "as:Public", "Public")
LONGEST = 2000


def own_address(name: str, **parts: str) -> str:
    """Give the whole address of a page of this room."""
    return f"{settings.ADDRESS.origin}{reverse(f'fediverse:{name}', kwargs=parts)}"


def own_host() -> str:
    """Give the host of our actors, with its port where it has one."""
    return str(settings.ADDRESS.origin).partition("://")[2]


def handle_of(slug: str) -> str:
    """Give what people look for to find an actor of ours."""
    return f"@{slug}@{own_host()}"


def parts_of(address: str, name: str) -> dict[str, str] | None:
    """Read an address of ours: the parts of its path; None if it is not one of that name."""
    origin = settings.ADDRESS.origin
    if not address.startswith(f"{origin}/"):
        return None
    found = _resolve(address.removeprefix(origin).partition("#")[0])
    return dict(found.kwargs) if found and found.view_name == f"fediverse:{name}" else None


def host_of(address: str) -> str:
    """Give host and port of an address of somebody else's, in lower case; empty if none is taken.

    It is https, or a server that the operator trusts.
    """
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    if not host or parts.username is not None:
        return ""
    is_trusted = f"{host}:{port or 443}" in settings.TRUSTED_SERVERS
    if parts.scheme != "https" and not (parts.scheme == "http" and is_trusted):
        return ""
    return host if port is None else f"{host}:{port}"


def digests_of_account(account: str) -> list[str]:
    """Give what an account is known by here: the first is to be kept, others may have been."""
    return digests_of(account, purpose="fediverse account")


def digest_of_server(host: str) -> str:
    """Give what a server is known by here."""
    return digests_of(host, purpose="fediverse server")[0]


# Thousands of votes name the same poll.
@lru_cache(maxsize=256)
def _resolve(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
