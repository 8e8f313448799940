"""The provider of OpenID Connect with whom people can sign in, where there is one.

``SPREEKRUIMTE_OIDC_ISSUER``
    The address of the provider, as it calls itself. Without it, nobody signs in elsewhere.
``SPREEKRUIMTE_OIDC_CLIENT_ID``, ``SPREEKRUIMTE_OIDC_CLIENT_SECRET``
    What the provider gave this installation.
``SPREEKRUIMTE_OIDC_NAME``
    What the provider is called on the pages. Without it: its host.
``SPREEKRUIMTE_OIDC_SECOND_FACTOR``
    ``yes`` if the provider lets nobody through without a second factor. Members who sign in there
    are then not asked for another one here.
``SPREEKRUIMTE_OIDC_CHECKED_ADDRESSES``
    ``yes`` if every e-mail address that the provider gives belongs to who signs in, also where it
    does not say that it checked. Otherwise only addresses count of which it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ISSUER = "SPREEKRUIMTE_OIDC_ISSUER"
CLIENT_ID = "SPREEKRUIMTE_OIDC_CLIENT_ID"
CLIENT_SECRET = "SPREEKRUIMTE_OIDC_CLIENT_SECRET"  # noqa: S105 - a name, not a secret
NAME = "SPREEKRUIMTE_OIDC_NAME"
SECOND_FACTOR = "SPREEKRUIMTE_OIDC_SECOND_FACTOR"
CHECKED_ADDRESSES = "SPREEKRUIMTE_OIDC_CHECKED_ADDRESSES"

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
KEY = "sso"
"""What the provider is called in addresses: they would change with its name otherwise."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of OpenID Connect.

    Attributes
    ----------
    issuer
        Its address, under which it tells what it can do.
    client_id, client_secret
        With what this installation makes itself known there.
    name
        What it is called on the pages.
    asks_second_factor
        Whether it lets nobody through without a second factor.
    checks_addresses
        Whether every e-mail address that it gives belongs to who signs in.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    asks_second_factor: bool
    checks_addresses: bool


def choose_provider(environment: Mapping[str, str]) -> Provider | None:
    """Read which provider there is, if any.

    Raises
    ------
    ImproperlyConfigured
        If its address is not one that keeps secrets (https, or this machine), or if there is an
        address without what belongs to it, or if trust is neither yes nor no.
    """
    issuer = environment.get(ISSUER, "").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    host = parts.hostname or ""
    is_private = parts.scheme == "https" or (parts.scheme == "http" and host in THIS_MACHINE)
    if not host or not is_private:
        raise ImproperlyConfigured(f"{ISSUER} must be an address with https://")
    missing = [name for name in (CLIENT_ID, CLIENT_SECRET) if not environment.get(name)]
    if missing:
        raise ImproperlyConfigured(f"{ISSUER} needs {' and '.join(missing)} beside it")
    return Provider(
        issuer=issuer,
        client_id=environment[CLIENT_ID],
        client_secret=environment[CLIENT_SECRET],
        name=environment.get(NAME) or host,
        asks_second_factor=_is_yes(environment, SECOND_FACTOR),
        checks_addresses=_is_yes(environment, CHECKED_ADDRESSES),
    )


def list_apps(provider: Provider | None) -> list[dict[str, object]]:
    """Return the provider as allauth wants to have it in its settings."""
    if provider is None:
        return []
    return [
        {
            "provider_id": KEY,
            "name": provider.name,
            "client_id": provider.client_id,
            "secret": provider.client_secret,
            "settings": {
                "server_url": provider.issuer,
                "oauth_pkce_enabled": True,
                "verified_email": provider.checks_addresses,
            },
        }
    ]


def _is_yes(environment: Mapping[str, str], name: str) -> bool:
    answer = environment.get(name, "no")
    if answer not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} must be yes or no")
    return answer == "yes"
