"""What lets us in at a network, as it is kept: encrypted, so that a copy alone opens nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret

PURPOSE = "channels"


def lock(credentials: Mapping[str, str]) -> str:
    """Encrypt credentials to be kept."""
    return encrypt_secret(json.dumps(dict(credentials), sort_keys=True), purpose=PURPOSE)


def unlock(kept: str) -> dict[str, str]:
    """Read credentials that `lock` encrypted.

    Raises
    ------
    cryptography.fernet.InvalidToken
        If the key of the installation is another one now.
    """
    credentials: dict[str, str] = json.loads(decrypt_secret(kept, purpose=PURPOSE))
    return credentials
