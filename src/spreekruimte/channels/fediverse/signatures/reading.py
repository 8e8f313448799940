"""Read the signature of a request, of whichever kind it is."""

from __future__ import annotations

from datetime import datetime

from spreekruimte.channels.fediverse.signatures.cavage import read_cavage
from spreekruimte.channels.fediverse.signatures.requests import Request, SignatureError, Signed
from spreekruimte.channels.fediverse.signatures.rfc9421 import read_rfc9421


def read_signature(request: Request, now: datetime) -> Signed:
    """Check all of the signature of a request that can be checked without its key.

    Raises
    ------
    SignatureError
        If there is none, or it does not cover what it has to as it arrived.
    """
    if "signature" not in request.headers:
        raise SignatureError("The request is not signed.")
    if "signature-input" in request.headers:
        return read_rfc9421(request, now)
    return read_cavage(request, now)
