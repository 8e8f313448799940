"""Read of a page whether it mentions a case, and what it says about it.

The page is cleaned to a few harmless elements before anything else reads it. Of microformats
(h-entry) the text and the day are taken; who wrote it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import mf2py  # type: ignore[import-untyped]
import nh3

from spreekruimte.dialogue.models import LONGEST_MESSAGE

# Cleaning takes time with the square of how deep elements lie in each other.
MOST_TAGS = 10_000
DEEPEST = 150

_TAG = re.compile(r"<[a-zA-Z]")
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
    }
    | {"figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"}
    | {"ol", "p", "section", "table", "td", "th", "tr", "ul"}
)
_INLINE = frozenset(
    {"a", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u"}
)
_EMPTY = frozenset({"br", "hr"})
_DROPPED = frozenset({"noscript", "script", "style", "template", "textarea", "title"})


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a page says about a case.

    Attributes
    ----------
    text
        Plain, of at most as many characters as a message has.
    written_at
        None where it does not say so.
    """

    text: str
    language: str = ""
    written_at: datetime | None = None


def read_mention(page: str, leads: Callable[[str], bool]) -> Mentioned | None:
    """Read what a page says about a case; None if it holds no link that leads there.

    Parameters
    ----------
    leads
        Tells of the address of a link whether it leads there.
    """
    if len(_TAG.findall(page)) > MOST_TAGS:
        return None
    clean = nh3.clean(
        page,
        tags=set(_BLOCKS | _INLINE),
        clean_content_tags=set(_DROPPED),
        attributes={"*": {"class", "lang"}, "a": {"href"}, "time": {"datetime"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    around = _read_around(clean, leads)
    if around.deepest is None:
        return None
    entry = _find_entry(clean, leads) if around.depth_is_bearable else None
    if entry is None:
        return Mentioned(_shorten(around.text))
    return _read_entry(entry, around.text)


@dataclass(slots=True)
class _Around:
    """The text of the block that the first link stands in.

    Attributes
    ----------
    deepest
        How deep elements lie in each other; None where there is no such link.
    """

    text: str = ""
    deepest: int | None = None

    @property
    def depth_is_bearable(self) -> bool:
        return self.deepest is not None and self.deepest <= DEEPEST


class _Reader(HTMLParser):
    """Goes through a page that was cleaned, so that each element that begins also ends."""

    def __init__(self, leads: Callable[[str], bool]) -> None:
        super().__init__()
        self.leads = leads
        self.depth = self.deepest = 0
        self.block: list[str] = []
        self.is_here = False
        self.found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
        if tag in _BLOCKS:
            self.end_block()
        self.is_here |= tag == "a" and self.leads(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        if tag in _BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self.block.append(data)

    def end_block(self) -> None:
        if self.is_here and self.found is None:
            self.found = _plain("".join(self.block))
        self.block, self.is_here = [], False


def _read_around(clean: str, leads: Callable[[str], bool]) -> _Around:
    reader = _Reader(leads)
    reader.feed(clean)
    reader.close()
    reader.end_block()
    if reader.found is None:
        return _Around()
    return _Around(reader.found, reader.deepest)


def _find_entry(clean: str, leads: Callable[[str], bool]) -> dict[str, Any] | None:
    """Find the entry of microformats that the link stands in."""
    # Without an address it can fetch nothing.
    items = mf2py.Parser(doc=clean, html_parser="html.parser").to_dict()["items"]
    for item in items:
        for entry in (item, *item.get("children", ())):
            if "h-entry" in entry.get("type", ()) and _holds(entry, leads):
                return dict(entry["properties"])
    return None


def _holds(entry: dict[str, Any], leads: Callable[[str], bool]) -> bool:
    properties = entry["properties"]
    named = [each for name in ("in-reply-to", "mention-of") for each in properties.get(name, ())]
    addresses = [each if isinstance(each, str) else each.get("value", "") for each in named]
    html = "".join(each.get("html", "") for each in _contents(properties))
    return any(map(leads, addresses)) or _read_around(html, leads).deepest is not None


def _contents(properties: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in properties.get("content", ()) if isinstance(each, dict)]


def _read_entry(properties: dict[str, Any], around: str) -> Mentioned:
    contents = _contents(properties)
    whole = _plain(str(contents[0].get("value", ""))) if contents else ""
    summary = _plain(next((e for e in properties.get("summary", ()) if isinstance(e, str)), ""))
    # A long post is too long for a message: what its author made shorter, or says near the link.
    text = whole if 0 < len(whole) <= LONGEST_MESSAGE else summary or around or whole
    language = str(contents[0].get("lang") or "") if contents else ""
    return Mentioned(
        text=_shorten(text),
        language=language[:2].lower(),
        written_at=_read_moment(properties.get("published", ())),
    )


def _read_moment(given: Sequence[object]) -> datetime | None:
    written = given[0] if given and isinstance(given[0], str) else ""
    try:
        moment = datetime.fromisoformat(written)
        # Beyond the years that there are in another time zone, there is no moment either.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_MESSAGE:
        return text
    return f"{text[: LONGEST_MESSAGE - 1].rpartition(' ')[0] or text[: LONGEST_MESSAGE - 1]}…"
