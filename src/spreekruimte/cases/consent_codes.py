"""Codes by which a public servant agrees to an own case: ``7K3D-9QXM-0A1B-C2D3``, 80 bits.

The editor sees a code once, when it is made, and hands it over. Only its digest is stored, so that
neither a name nor an account has to be; whoever reads the database cannot agree with it.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32encode
from hashlib import sha256

BYTES = 10
# To the base 32 of Crockford, which has no I, L, O and U: these are read as others.
_TO_CROCKFORD = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)
_LOOK_ALIKES = str.maketrans("OILU", "011V")


def make_code(chance: bytes) -> str:
    """Give the code that 10 random bytes stand for; raises ValueError for another number."""
    if len(chance) != BYTES:
        raise ValueError(f"{BYTES} bytes make a code, not {len(chance)}")
    symbols = b32encode(chance).decode().translate(_TO_CROCKFORD)
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def digest_code(typed: str) -> str:
    """Give the digest of a code however it was typed: small, without hyphens, O for 0."""
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", typed)).upper()
    symbols = plain.translate(_LOOK_ALIKES)
    return sha256(f"spreekruimte consent 1: {symbols}".encode("utf-8", "replace")).hexdigest()
