"""Keep secrets in the database so that a copy of it alone does not give them away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SECOND_FACTORS = "second factors"


def encrypt_secret(text: str, *, purpose: str = SECOND_FACTORS) -> str:
    """Encrypt with a key that follows from the key of the installation and what it is used for."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def decrypt_secret(encrypted: str, *, purpose: str = SECOND_FACTORS) -> str:
    """Return what was encrypted, with the key of now or one of those before it.

    Raises
    ------
    cryptography.fernet.InvalidToken
        If it was encrypted with another key or for another purpose, or is damaged.
    """
    return _cipher(purpose).decrypt(encrypted.encode()).decode()


def digests_of(text: str, *, purpose: str) -> list[str]:
    """Give keyed digests by which a text can be known again, of 64 hexadecimal digits.

    The first is the one to keep; the others were kept under earlier keys of the installation.
    """
    return [
        salted_hmac(f"{purpose} digest", text, secret=key, algorithm="sha256").hexdigest()
        for key in _keys()
    ]


def _cipher(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_derive(key, purpose)) for key in _keys()])


def _keys() -> list[str | bytes]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _derive(key: str | bytes, purpose: str) -> bytes:
    digest = salted_hmac(purpose, "", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
