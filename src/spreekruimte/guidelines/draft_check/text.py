"""What a look at the text itself can tell its writer; the text goes no further than here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spreekruimte.cases.gates.detectors import find_identifying
from spreekruimte.cases.gates.identification import KINDS
from spreekruimte.cases.sentences import Phrase

LONGEST = 3000
"""In characters: what anybody posts at once."""
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
FEWEST_SHOUTED = 3
"""From so many words in capitals on: fewer can be abbreviations."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something in the text that can lead to a person."""

    found: str
    kind: Phrase


@dataclass(frozen=True, slots=True)
class TextFindings:
    """What was seen in a text.

    Attributes
    ----------
    named
        Each once, in the order of kinds.
    asks
        Whether it asks something.
    shouts
        Whether several words are in capitals.
    """

    named: tuple[Named, ...]
    asks: bool
    shouts: bool


def look_through(text: str) -> TextFindings | None:
    """Look through a text; None where there is none."""
    if not text.strip():
        return None
    found = (Named(each.found, KINDS[each.kind]) for each in find_identifying(text))
    return TextFindings(
        named=tuple(dict.fromkeys(found)),
        asks="?" in text,
        shouts=len(_SHOUTED.findall(text)) >= FEWEST_SHOUTED,
    )
