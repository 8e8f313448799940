"""HTTP message signatures (RFC 9421), as Mastodon takes them since 4.5.

The library reads them and puts together what was signed. The key comes later, from elsewhere: so
what the library takes for a key only notes what there is to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from http_message_signatures import (
    HTTPMessageVerifier,
    HTTPSignatureAlgorithm,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from spreekruimte.channels.fediverse.signatures.requests import (
    WINDOW,
    Request,
    SignatureError,
    Signed,
    check_time,
)

_COVERED = ("@method", "@target-uri")


def read_rfc9421(request: Request, now: datetime) -> Signed:
    """Check all of a signature that can be checked without its key.

    It says when it was made, covers method, address and, with a body, the digest of it
    (Content-Digest), and is of the kind RSA with SHA-256 (``rsa-v1_5-sha256``).

    Raises
    ------
    SignatureError
        If it does not cover what it has to, or covers something else than what arrived.
    """
    notes = _Notes()
    verifier = _Verifier(signature_algorithm=_Noting, key_resolver=notes)
    verifier.now = now
    message = _Message(request.method, request.origin + request.target, dict(request.headers))
    try:
        results = verifier.verify(
            message, max_age=WINDOW, require_components=_COVERED, body=request.body
        )
    except (InvalidSignature, HTTPMessageSignaturesException, ValueError, TypeError) as error:
        raise SignatureError("The signature is not one of RFC 9421 that covers all.") from error
    if len(results) != 1:
        raise SignatureError("There has to be one signature.")
    return Signed(notes.key_id, notes.text, notes.signature)


@dataclass(slots=True)
class _Message:
    """What the library takes for a request."""

    method: str
    url: str
    headers: dict[str, str]


class _Notes(HTTPSignatureKeyResolver):
    """Stands for the key, and notes what it would be asked."""

    key_id = ""
    text = b""
    signature = b""

    def resolve_public_key(self, key_id: str) -> Any:  # noqa: ANN401 - the library takes anything
        """Note whose key is asked for."""
        self.key_id = key_id
        return self


class _Noting(HTTPSignatureAlgorithm):
    """Notes what a key has to check."""

    algorithm_id = "rsa-v1_5-sha256"

    def __init__(self, public_key: Any = None, private_key: object = None) -> None:  # noqa: ANN401, ARG002
        self.notes: _Notes = public_key

    def verify(self, signature: bytes, message: bytes) -> None:
        """Note both."""
        self.notes.signature, self.notes.text = signature, message


class _Verifier(HTTPMessageVerifier):
    """The verifier of the library, at a time that it is told."""

    now: datetime

    def validate_created_and_expires(self, sig_input: Any, max_age: object = None) -> None:  # noqa: ANN401, ARG002
        """Refuse a signature that does not tell its time, is too old, or of a time to come."""
        created, expires = (sig_input.params.get(name) for name in ("created", "expires"))
        if type(created) is not int:
            raise InvalidSignature("no time")
        try:
            check_time(datetime.fromtimestamp(created, UTC), self.now)
        except (SignatureError, ValueError, OverflowError, OSError) as error:
            raise InvalidSignature("another time") from error
        if expires is not None and expires < self.now.timestamp():
            raise InvalidSignature("expired")
