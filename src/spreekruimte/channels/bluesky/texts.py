"""What a text may hold on Bluesky, and what in it leads somewhere.

Length is counted in what people see as one symbol (grapheme, UAX 29), and in bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import regex  # type: ignore[import-untyped]  # it has none
from django.utils.translation import gettext as _

MOST_GRAPHEMES = 300
MOST_BYTES = 3000
LONGEST_TAG = 64
LONGEST_SHOWN_ADDRESS = 30

_GRAPHEME = regex.compile(r"\X")
_LINK = regex.compile(r"(?<![\w@])https?://[^\s<>\"]+(?<![.,;:!?')\]])")
_TAG = regex.compile(r"(?<!\S)#((?![\d_]+\b)[\p{L}\p{M}\p{N}_]+)")


@dataclass(frozen=True, slots=True)
class Facet:
    """A part of a text that leads somewhere.

    Attributes
    ----------
    start, end
        In bytes of UTF-8, from 0; the end is not part of it.
    """

    start: int
    end: int
    feature: str
    value: str

    def as_object(self) -> dict[str, Any]:
        """Write it as the network reads it."""
        key = {"link": "uri", "tag": "tag"}[self.feature]
        kind = f"app.bsky.richtext.facet#{self.feature}"
        return {
            "index": {"byteStart": self.start, "byteEnd": self.end},
            "features": [{"$type": kind, key: self.value}],
        }


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it will stand there."""

    content: str
    facets: tuple[Facet, ...]


def compose(text: str, address: str) -> Text:
    """Put a text and an address of ours together; the address is shown short and leads on."""
    if not address:
        return Text(text, tuple(_find_facets(text)))
    shown = shorten(address)
    content = f"{text}\n\n{shown}"
    start = len(f"{text}\n\n".encode())
    link = Facet(start, len(content.encode()), "link", address)
    return Text(content, (*_find_facets(text), link))


def shorten(address: str) -> str:
    """Write an address as people read it: without its scheme, and not longer than needed."""
    parts = urlsplit(address)
    shown = f"{parts.netloc}{parts.path}".rstrip("/")
    if len(shown) <= LONGEST_SHOWN_ADDRESS:
        return shown
    return f"{shown[: LONGEST_SHOWN_ADDRESS - 1]}…"


def count_graphemes(text: str) -> int:
    """Count what people see as one symbol."""
    return sum(1 for _each in _GRAPHEME.finditer(text))


def find_problems(text: str) -> tuple[str, ...]:
    """Say for what a text cannot be posted, with how much it has."""
    return tuple(_find_problems(text))


def _find_problems(text: str) -> Iterator[str]:
    if not text.strip():
        yield _("There is no text.")
    if (graphemes := count_graphemes(text)) > MOST_GRAPHEMES:
        yield _("The text has %(count)d symbols; Bluesky takes %(most)d.") % {
            "count": graphemes,
            "most": MOST_GRAPHEMES,
        }
    if (size := len(text.encode())) > MOST_BYTES:
        yield _("The text has %(count)d bytes; Bluesky takes %(most)d.") % {
            "count": size,
            "most": MOST_BYTES,
        }


def _find_facets(text: str) -> Iterator[Facet]:
    for feature, pattern, group in (("link", _LINK, 0), ("tag", _TAG, 1)):
        for found in pattern.finditer(text):
            value = found[group]
            if feature == "link" or count_graphemes(value) <= LONGEST_TAG:
                start = len(text[: found.start()].encode())
                yield Facet(start, start + len(found[0].encode()), feature, value)
