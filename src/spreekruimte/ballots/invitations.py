"""Codes that invite to the panel of a round: as they are printed, typed, and kept.

A code is ``7K3D-9QXM-0A1B``: 12 of the symbols that receipts have, which carry 60 bits.
"""

from __future__ import annotations

from collections.abc import Callable

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.receipts import GROUP, SYMBOLS, MistypedError, read_symbols
from spreekruimte.ballots.respondents import Respondent

LENGTH = 12


def draw_code(draw: Callable[[int], bytes]) -> str:
    """Make a code.

    Parameters
    ----------
    draw
        Gives so many random bytes.
    """
    number = int.from_bytes(draw(8), "big")
    symbols = "".join(SYMBOLS[number >> (5 * place) & 31] for place in range(LENGTH))
    return _shown(symbols)


def parse_code(typed: str) -> str:
    """Read a code as somebody typed it, and give it as it was printed.

    Raises
    ------
    MistypedError
        If the text is no code.
    """
    symbols = read_symbols(typed)
    if len(symbols) != LENGTH:
        raise MistypedError("length")
    return _shown(symbols)


def invited_with(code: str) -> Respondent:
    """Give the respondent that a code makes, invited or not."""
    return Respondent(Tier.INVITATION, keyed_digest("invitation", parse_code(code)))


def _shown(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))
