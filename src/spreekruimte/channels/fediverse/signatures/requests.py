"""A request as its signature sees it, and what is left to check of it: the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

WINDOW = timedelta(hours=12)
"""How far the clock of another server, and the way to here, may be off."""


class SignatureError(Exception):
    """The request is not signed as it has to be; says why, for who runs the server that sent it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived.

    Attributes
    ----------
    origin
        Ours, as other servers write it: scheme, host and port.
    target
        Path and query, as they were sent.
    headers
        By name in lower case.
    """

    method: str
    origin: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def host(self) -> str:
        """What has to stand in the Host header."""
        return self.origin.partition("://")[2]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a key has to have signed; everything else about the request was found in order.

    Attributes
    ----------
    key_id
        Where the key stands.
    text
        Of what the signature is.
    """

    key_id: str
    text: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def is_by(self, key: RSAPublicKey) -> bool:
        """Tell whether this key made the signature."""
        try:
            key.verify(self.signature, self.text, PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True


def check_time(moment: datetime, now: datetime) -> None:
    """Refuse a signature of long ago, which somebody may have kept, or of a time to come."""
    if abs(now - moment) > WINDOW:
        raise SignatureError("The signature is too old, or a clock is wrong.")
