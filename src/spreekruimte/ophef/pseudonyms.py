"""Pseudonyms of authors: how callers and writers are counted, without saying who they are.

The handle, address or number itself is stored nowhere. What is stored with a signal is a number
that follows from it and from the key of the organisation, so that one author is one number over
all incidents of an organisation, and an unrelated one with every other organisation.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from spreekruimte.ballots.encoding import encode
from spreekruimte.ballots.pseudonyms import KEY_BYTES

_AUTHOR = b"spreekruimte author 1"
_KEY = b"spreekruimte signal 1"
# What people put between the digits of a telephone number.
_NUMBER = re.compile(r"(?:\+|00)?[\d\s().\-/]{6,24}")
_NETHERLANDS = "31"


def author_number(*, register_key: bytes, platform: str, author: str) -> int:
    """Give the pseudonym of an author: a whole number from 0 up to 2^63.

    It is made of 63 bits of an HMAC-SHA-256. Among a million authors, two share one with a chance
    below one in ten million. Telephone numbers can be guessed, so whoever has the key can find
    authors: it is kept as carefully as the numbers themselves.

    Parameters
    ----------
    register_key
        32 random bytes that belong to this organisation alone.
    platform
        The service on which the author writes; empty for a telephone number or an e-mail address.
    author
        A handle, address or number, in any of the ways in which it is written.

    Raises
    ------
    ValueError
        If the key has not 32 bytes, or there is no author.
    """
    if len(register_key) != KEY_BYTES:
        raise ValueError(f"The key of a register has {KEY_BYTES} bytes, not {len(register_key)}.")
    name = _one_way_of_writing(author)
    if not name:
        raise ValueError("An author has a handle, an address or a number.")
    message = encode(_AUTHOR, platform.casefold().encode("utf-8"), name.encode("utf-8"))
    digest = hmac.new(register_key, message, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def kept_key(*, register_key: bytes, key: str) -> str:
    """Give what is stored of the key of a signal: 64 hexadecimal digits.

    A key can follow from a telephone number and a time, which can be guessed; so it is kept as
    carefully as an author is.
    """
    message = encode(_KEY, key.encode("utf-8"))
    return hmac.new(register_key, message, hashlib.sha256).hexdigest()


def _one_way_of_writing(author: str) -> str:
    name = unicodedata.normalize("NFKC", author).strip()
    if _NUMBER.fullmatch(name) is None:
        return name.removeprefix("@").casefold()
    digits = re.sub(r"\(0\)|\D", "", name)
    if digits.startswith("00"):
        return digits[2:]
    return _NETHERLANDS + digits[1:] if digits.startswith("0") else digits
