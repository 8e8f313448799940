"""The texts of a case that anybody may come to read, and how they are signed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from spreekruimte.cases.sentences import Language, Listing, Phrase
from spreekruimte.cases.sentences import mark as _

PLACE_NAMES: Mapping[str, Phrase] = MappingProxyType(
    {
        "description": Phrase(_("the description")),
        "facts": Phrase(_("the facts beside it")),
        "measure": Phrase(_("the measure")),
        "post": Phrase(_("the post")),
        "mirror": Phrase(_("the mirror")),
        "bare": Phrase(_("without context")),
        "function": Phrase(_("with the function")),
        "distance": Phrase(_("with the function and its distance")),
        "context": Phrase(_("with all context")),
        "fuss": Phrase(_("after the fuss")),
    }
)
LANGUAGE_NAMES: Mapping[Language, Phrase] = MappingProxyType(
    {"nl": Phrase(_("Dutch")), "en": Phrase(_("English"))}
)


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


def name_place(place: str) -> Listing:
    """Give the words for a place, such as the mirror without context."""
    return Listing(tuple(PLACE_NAMES[part] for part in place.split(".")))


def is_mirror(text: CaseText) -> bool:
    """Say whether a text tells the mirror and has words in it."""
    return text.place.split(".")[0] == "mirror" and bool(text.content.strip())


def digest_texts(texts: Sequence[CaseText]) -> str:
    """Give the SHA-256 of all texts in the order of their places: what a signature stands for."""
    rows = [[text.place, text.language, text.content] for text in sorted(texts)]
    return sha256(json.dumps(rows).encode()).hexdigest()
