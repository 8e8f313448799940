"""How the pages are reached: their address, and the key that signs what browsers keep.

``SPREEKRUIMTE_ADDRESS``
    Where browsers find the pages, such as ``https://host``. Without it: this machine only,
    without encryption.
``SPREEKRUIMTE_SECRET_KEY``
    Signs cookies and links. Without it: the file ``secret-key`` in the data folder, which
    `spreekruimte up` makes. Where there is neither, one that nobody else ever has, so that nothing
    signed outlives the process.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ADDRESS = "SPREEKRUIMTE_ADDRESS"
SECRET_KEY = "SPREEKRUIMTE_SECRET_KEY"  # noqa: S105 - a name, not a secret
KEY_FILE = "secret-key"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where browsers find the pages.

    Attributes
    ----------
    origin
        Scheme, host and port, as a browser writes them.
    hosts
        What may stand in the Host header of a request.
    is_encrypted
        Whether all traffic is https.
    """

    origin: str
    hosts: tuple[str, ...]
    is_encrypted: bool


def choose_address(environment: Mapping[str, str]) -> Address:
    """Read the address of the pages.

    Raises
    ------
    ImproperlyConfigured
        If it is no address with http or https and a host, or has a path.
    """
    chosen = environment.get(ADDRESS)
    if not chosen:
        return Address("http://localhost", LOOPBACK, is_encrypted=False)
    parts = urlsplit(chosen.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{ADDRESS} must be http:// or https:// with a host, no path")
    return Address(
        f"{parts.scheme}://{parts.netloc}",
        (parts.hostname, *LOOPBACK),
        is_encrypted=parts.scheme == "https",
    )


def read_secret_key(environment: Mapping[str, str], folder: Path) -> str:
    """Return the key that signs; see above for where it stands."""
    if chosen := environment.get(SECRET_KEY):
        return chosen
    try:
        return (folder / KEY_FILE).read_text("ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
