"""How mail is sent, where it is.

``SPREEKRUIMTE_MAIL``
    The server that takes mail, such as ``smtp://user:password@host:587?from=name@host``: with
    ``smtp://`` the connection becomes encrypted before anything is said (not to this machine
    itself), with ``smtps://`` it begins so. Without it nothing is sent: what would have been,
    becomes a file in the folder ``mail`` of the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAIL = "SPREEKRUIMTE_MAIL"
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

# Seconds: a page waits for it.
PATIENCE = 10


def choose_mail(environment: Mapping[str, str], folder: Path) -> dict[str, object]:
    """Return the settings of Django that say how mail is sent.

    Raises
    ------
    ImproperlyConfigured
        If the address is not one of a mail server with a sender. The message does not repeat it,
        since it may hold a password.
    """
    address = environment.get(MAIL)
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder / "mail",
        }
    parts, port = _split(address)
    senders = parse_qs(parts.query).get("from", [])
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or len(senders) != 1:
        raise ImproperlyConfigured(
            f"{MAIL} must look like smtp://user:password@host?from=name@host"
        )
    is_encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if is_encrypted else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_encrypted,
        "EMAIL_USE_TLS": not is_encrypted and parts.hostname not in THIS_MACHINE,
        "EMAIL_TIMEOUT": PATIENCE,
        "DEFAULT_FROM_EMAIL": senders[0],
        "SERVER_EMAIL": senders[0],
    }


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError:
        # The reason repeats a part of the address.
        raise ImproperlyConfigured(f"{MAIL} is not an address") from None
