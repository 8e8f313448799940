"""Receipts: short codes from which citizens find their ballot in the log, and nobody else can.

A receipt is ``7K3D-9QXM-0A1B-C2D3-E4F5``: 19 symbols that carry 95 bits, and one that checks them.
It follows from the salt of the ballot, so that it can be shown again until the ballot is erased.
The log holds its mark, a digest of the code: who has the code finds the entry, and who has the log
finds no code. All symbols are of the kind that a QR code packs most tightly.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Literal

from spreekruimte.ballots.encoding import salted_digest

# Crockford's base 32: without I, L, O and U, which are read as others.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 4
BITS = 5 * (LENGTH - 1)

_CODE = b"spreekruimte receipt code 1"
# Neither a length nor a brace stands first, unlike in all else that is digested here; and so that
# `sha256sum` can compute it.
_MARK = "spreekruimte receipt 1: "

Reason = Literal["symbol", "length", "check"]

_SENTENCES: dict[Reason, str] = {
    "symbol": "A receipt consists of digits and letters.",
    "length": f"A receipt has {LENGTH} digits and letters.",
    "check": "A digit or letter of this receipt is not right.",
}

_LOOK_ALIKES = {"O": "0", "I": "1", "L": "1", "U": "V"}
_VALUES = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_VALUES |= {look_alike: _VALUES[symbol] for look_alike, symbol in _LOOK_ALIKES.items()}
_VALUES |= {symbol.lower(): value for symbol, value in _VALUES.items()}

# Spaces, hyphens of all kinds, and characters without a shape.
_BETWEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}
_MINUS = "\u2212"


class MistypedError(ValueError):
    """A text that is no receipt, so that there is no need to look for it.

    Attributes
    ----------
    reason
        ``symbol``: there is a character in it that no receipt has; ``length``: it has too few or
        too many; ``check``: one was mistyped, or two were swapped.
    """

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(_SENTENCES[reason])


def receipt_of(salt: bytes) -> str:
    """Give the receipt of the ballot with this salt.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    number = int.from_bytes(salted_digest(_CODE, salt), "big") >> (256 - BITS)
    values = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    return _shown([*values, _TIMES_X[_remainder(values)]])


def parse(typed: str) -> str:
    """Read a receipt as somebody typed it, and give it as it was shown.

    Capitals, spaces and hyphens do not matter; the letters O, I, L and U are taken for the 0, 1, 1
    and V that they look like.

    Raises
    ------
    MistypedError
        If the text is no receipt. Every receipt with one wrong symbol, or with two symbols
        swapped, is refused; other errors pass once in 32 times.
    """
    values = [SYMBOLS.index(symbol) for symbol in read_symbols(typed)]
    if len(values) != LENGTH:
        raise MistypedError("length")
    if _remainder(values):
        raise MistypedError("check")
    return _shown(values)


def read_symbols(typed: str) -> str:
    """Read what somebody typed as the symbols that codes consist of, however many.

    Raises
    ------
    MistypedError
        If there is anything in it that no code has.
    """
    characters = [character for character in typed if not _stands_between(character)]
    if not all(character in _VALUES for character in characters):
        raise MistypedError("symbol")
    return "".join(SYMBOLS[_VALUES[character]] for character in characters)


def mark_of(receipt: str) -> str:
    """Give what the log holds of a receipt: 64 hexadecimal digits, from which it cannot be found.

    Raises
    ------
    MistypedError
        If the text is no receipt.
    """
    return _digest(parse(receipt))


def mark_of_salt(salt: bytes) -> str:
    """Give what the log holds of the receipt of the ballot with this salt, as `mark_of` does.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    return _digest(receipt_of(salt))


def _digest(receipt: str) -> str:
    return hashlib.sha256((_MARK + receipt).encode("ascii")).hexdigest()


def _stands_between(character: str) -> bool:
    return character == _MINUS or unicodedata.category(character) in _BETWEEN


def _shown(values: list[int]) -> str:
    symbols = "".join(SYMBOLS[value] for value in values)
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))


# Each value times x in the field of 32 elements made by x^5 + x^2 + 1, where x has order 31.
_TIMES_X = [value << 1 ^ (0b100101 if value & 16 else 0) for value in range(32)]


def _remainder(values: Iterable[int]) -> int:
    """Add up the values, each times another power of x; 0 for a whole receipt.

    The powers differ from 0 and from each other, so that no change of one value and no swap of
    two different ones leaves the sum as it was.
    """
    total = 0
    for value in values:
        total = _TIMES_X[total] ^ value
    return total
