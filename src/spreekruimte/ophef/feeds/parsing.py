"""The entries of a feed or news sitemap, as they stand in its XML.

RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and sitemaps. The document is gone through once and no tree
is made of it; entities are refused before one is unfolded, and nothing outside is ever read. What
stands before a fault in the XML is given, with the fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from spreekruimte.ophef.feeds.problems import FeedError
from spreekruimte.ophef.models import Feed

# So much of one text is kept; whole articles can stand in a feed.
LONGEST_TEXT = 20_000
_AT_ONCE = 65_536
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

# By its root: what a document is, and what its entries are called.
_ROOTS: Mapping[str, tuple[Feed.Kind, str]] = MappingProxyType(
    {
        "rss": (Feed.Kind.RSS, "item"),
        "RDF": (Feed.Kind.RSS, "item"),
        "feed": (Feed.Kind.ATOM, "entry"),
        "urlset": (Feed.Kind.SITEMAP, "url"),
    }
)
_CORE = frozenset(
    {
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
        "http://www.sitemaps.org/schemas/sitemap/0.9",
    }
)
_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "http://purl.org/dc/elements/1.1/": "dc:",
        "http://purl.org/dc/terms/": "dcterms:",
        "http://www.google.com/schemas/sitemap-news/0.9": "news:",
        "http://search.yahoo.com/mrss/": "media:",
        "http://search.yahoo.com/mrss": "media:",
    }
)
# What an element says, and how good a source of that it is: the lowest number is taken.
_FIELDS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "title": ("title", 0),
        "news:title": ("title", 1),
        "dc:title": ("title", 1),
        "media:title": ("title", 2),
        "link": ("address", 0),
        "loc": ("address", 0),
        "guid": ("guid", 0),
        "id": ("guid", 0),
        "dc:identifier": ("guid", 1),
        "pubDate": ("date", 0),
        "published": ("date", 0),
        "news:publication_date": ("date", 0),
        "dc:date": ("date", 1),
        "issued": ("date", 1),
        "dcterms:issued": ("date", 1),
        "updated": ("date", 2),
        "lastmod": ("date", 2),
        "modified": ("date", 3),
        "dcterms:modified": ("date", 3),
        "description": ("summary", 0),
        "summary": ("summary", 0),
        "news:keywords": ("summary", 1),
        "dc:description": ("summary", 1),
        "media:description": ("summary", 2),
    }
)


@dataclass(slots=True)
class Entry:
    """One entry, as it is written; a text that is absent is empty.

    Attributes
    ----------
    dates
        All that may say when it was published, the best first.
    """

    guid: str = ""
    address: str = ""
    title: str = ""
    summary: str = ""
    dates: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """What stands in a feed.

    Attributes
    ----------
    base
        What its addresses are relative to, as it says itself; may be empty.
    fault
        Where and why reading stopped; empty if it was read to its end.
    """

    kind: Feed.Kind
    base: str
    entries: list[Entry]
    fault: str = ""


def parse(text: str) -> Document:
    """Read the entries of a feed.

    Raises
    ------
    FeedError
        If it is no feed, or holds entities.
    """
    reader = _Reader()
    parser = DefusedXMLParser(target=reader)
    fault = ""
    try:
        for start in range(0, len(text), _AT_ONCE):
            parser.feed(text[start : start + _AT_ONCE])
        parser.close()
    except DefusedXmlException as error:
        raise FeedError("entities", f"{type(error).__name__} in its XML") from error
    except ParseError as error:
        fault = str(error)
    if reader.kind is None:
        raise FeedError("not_a_feed", fault or "it is empty")
    return Document(reader.kind, reader.base, reader.entries, fault)


class _Reader:
    """Gathers entries while a parser goes through the document."""

    def __init__(self) -> None:
        self.kind: Feed.Kind | None = None
        self.base = ""
        self.entries: list[Entry] = []
        self._space = ""
        self._entry_name = ""
        self._depth = 0
        self._entry_depth = 0
        self._found: list[tuple[str, int, str]] = []
        self._taking: tuple[str, int] | None = None
        self._taking_depth = 0
        self._texts: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Meet the beginning of an element."""
        self._depth += 1
        if self._taking is not None:
            return
        space, _end, local = tag.removeprefix("{").rpartition("}")
        if self._depth == 1:
            self._begin(space, local, attributes)
        elif not self._entry_depth:
            if local == self._entry_name:
                self._entry_depth, self._found = self._depth, []
        else:
            self._look_at(self._name(space, local), attributes)

    def data(self, text: str) -> None:
        """Meet text."""
        if self._taking is not None and self._length < LONGEST_TEXT:
            self._texts.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser tells it
        """Meet the end of an element."""
        if self._taking is not None and self._depth == self._taking_depth:
            self._found.append((*self._taking, "".join(self._texts)[:LONGEST_TEXT].strip()))
            self._taking = None
        elif self._entry_depth and self._depth == self._entry_depth:
            self.entries.append(_to_entry(self._found))
            self._entry_depth = 0
        self._depth -= 1

    def close(self) -> None:
        """Meet the end of the document."""

    def _begin(self, space: str, local: str, attributes: Mapping[str, str]) -> None:
        if local == "sitemapindex":
            raise FeedError("index", "it is a list of sitemaps")
        if local not in _ROOTS:
            raise FeedError("not_a_feed", f"it begins with <{local[:40]}>")
        self.kind, self._entry_name = _ROOTS[local]
        self._space = space
        self.base = attributes.get(_BASE, "")

    def _name(self, space: str, local: str) -> str:
        """Give the name of an element inside an entry; empty where it says nothing for us."""
        if space in _CORE or space == self._space:
            # What stands deeper is about something else: the source, the author, an image.
            return local if self._depth == self._entry_depth + 1 else ""
        return f"{_PREFIXES[space]}{local}" if space in _PREFIXES else ""

    def _look_at(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in _FIELDS:
            return
        if name == "link" and "href" in attributes:
            if attributes.get("rel", "alternate") == "alternate":
                self._found.append(("address", 0, attributes["href"].strip()))
            return
        self._taking, self._taking_depth = _FIELDS[name], self._depth
        self._texts, self._length = [], 0
        if name == "guid" and attributes.get("isPermaLink", "true").strip() == "true":
            self._taking = ("permalink", 0)


def _to_entry(found: list[tuple[str, int, str]]) -> Entry:
    """Choose the best of what was found; of two that are as good, the first."""
    texts: dict[str, list[str]] = {}
    for name, _rank, text in sorted(found, key=lambda each: each[1]):
        if text:
            texts.setdefault(name, []).append(text)
    first = {name: given[0] for name, given in texts.items()}
    permalink = first.get("permalink", "")
    is_address = permalink.startswith(("http://", "https://"))
    return Entry(
        guid=first.get("guid", permalink),
        address=first.get("address", permalink if is_address else ""),
        title=first.get("title", ""),
        summary=first.get("summary", ""),
        dates=texts.get("date", []),
    )
