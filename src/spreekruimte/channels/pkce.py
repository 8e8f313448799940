"""A secret that ties both ends of a sign-in together (PKCE, RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable


def make_verifier(draw: Callable[[int], bytes]) -> str:
    """Make the secret of one sign-in from 32 random bytes; it is shown in the end."""
    return _encode(draw(32))


def challenge(verifier: str) -> str:
    """Give what is shown of a secret in the beginning: its digest."""
    return _encode(hashlib.sha256(verifier.encode("ascii")).digest())


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
