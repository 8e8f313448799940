"""Draw which vignettes a respondent sees, and in which order: by a lot that nobody can choose.

Both follow from the key of the study and the pseudonym. So they are the same at every visit and on
every device for whoever is the same respondent; nobody without the key can tell them beforehand;
and nothing about them stands in a page, an address or a cookie.
"""

from __future__ import annotations

from spreekruimte.ballots.assignment import BITS, draw_number

_BLOCK = b"spreekruimte study block 1"
_ORDER = b"spreekruimte study order 1"


def draw_block(key: bytes, pseudonym: str, blocks: int) -> int:
    """Give the block of a respondent, from 0; each is as likely, to one part in 2**240."""
    return draw_number(key, _BLOCK, pseudonym) * blocks >> BITS


def draw_order(key: bytes, pseudonym: str, count: int) -> list[int]:
    """Give the places of a block in the order in which a respondent sees them."""
    return sorted(range(count), key=lambda place: draw_number(key, _ORDER, pseudonym, str(place)))
