"""Keep secrets in the database so that a copy of it alone does not give them away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def encrypt_secret(text: str) -> str:
    """Encrypt with a key that follows from the key of the installation."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt_secret(encrypted: str) -> str:
    """Return what was encrypted, with the key of now or one of those before it."""
    return _cipher().decrypt(encrypted.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str | bytes) -> bytes:
    digest = salted_hmac("second factors", "", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
