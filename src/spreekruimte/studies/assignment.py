"""Draw which vignettes a respondent sees, and in which order: by a lot that nobody can choose.

Both follow from the key of the study and the pseudonym. So they are the same at every visit and on
every device for whoever is the same respondent; nobody without the key can tell them beforehand;
and nothing about them stands in a page, an address or a cookie.
"""

from __future__ import annotations

import hashlib
import hmac

from spreekruimte.ballots.encoding import encode

_BLOCK = b"spreekruimte study block 1"
_ORDER = b"spreekruimte study order 1"
_BITS = 256


def draw_block(key: bytes, pseudonym: str, blocks: int) -> int:
    """Give the block of a respondent, from 0; each is as likely, to one part in 2**240."""
    return _draw(key, _BLOCK, pseudonym) * blocks >> _BITS


def draw_order(key: bytes, pseudonym: str, count: int) -> list[int]:
    """Give the places of a block in the order in which a respondent sees them."""
    return sorted(range(count), key=lambda place: _draw(key, _ORDER, pseudonym, str(place)))


def _draw(key: bytes, purpose: bytes, *parts: str) -> int:
    message = encode(purpose, *(part.encode() for part in parts))
    return int.from_bytes(hmac.digest(key, message, hashlib.sha256), "big")
