"""The texts of a case that anybody may come to read, and how they are signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from spreekruimte.cases.sentences import Language


@dataclass(frozen=True, slots=True, order=True)
class CaseText:
    """One text of a case.

    Attributes
    ----------
    place
        Which text it is: ``description``, ``measure``, ``post.bare``, ``mirror.bare`` and so on.
    """

    place: str
    language: Language
    content: str


def is_mirror(text: CaseText) -> bool:
    """Say whether a text tells the mirror and has words in it."""
    return text.place.split(".")[0] == "mirror" and bool(text.content.strip())


def digest_texts(texts: Sequence[CaseText]) -> str:
    """Give the SHA-256 of all texts in the order of their places: what a signature stands for."""
    rows = [[text.place, text.language, text.content] for text in sorted(texts)]
    return sha256(json.dumps(rows).encode()).hexdigest()
