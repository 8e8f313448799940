"""Items of a feed, as they are matched and stored: plain text, one address, one moment."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from spreekruimte.ophef.feeds.dates import read_date
from spreekruimte.ophef.feeds.parsing import Entry, parse
from spreekruimte.ophef.feeds.texts import decode, unpack
from spreekruimte.ophef.models import Feed
from spreekruimte.ophef.models.feeds import LONGEST_ITEM_TITLE
from spreekruimte.ophef.reported import CLOCKS_DIFFER, is_address

MOST_BYTES = 8 * 1024 * 1024

_TAG = re.compile(r"<[^<>]*>")
# What tells from where a reader came, and not what is read.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id)=.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed.

    Attributes
    ----------
    digest
        What tells it from others of its feed: SHA-256 of its guid, or where it has none that is its
        own, of its address; without either, of its title.
    article
        What it has in common with the same article in other feeds: SHA-256 of its address without
        what differs from one way to it to another. Empty without an address.
    published_at
        When it was published; where that is not known, when it was found.
    wrong_date
        What stands where its date should; None where that is a date.
    """

    digest: str
    article: str
    address: str
    title: str
    summary: str
    published_at: datetime
    wrong_date: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a feed.

    Attributes
    ----------
    items
        Each once, in the order of the feed.
    fault
        Why reading stopped before the end; empty if it did not.
    empty
        How many entries say nothing: no guid, no address and no title.
    """

    kind: Feed.Kind
    items: Sequence[Item]
    fault: str = ""
    empty: int = 0


def read_items(content: bytes, *, address: str, now: datetime) -> Reading:
    """Read the items of a feed.

    Parameters
    ----------
    content
        As the server gave it.
    address
        Where it stood, for addresses that are relative to it.

    Raises
    ------
    FeedError
        If it is no feed that can be read.
    """
    document = parse(decode(unpack(content, most_bytes=MOST_BYTES)))
    base = _join(address, document.base) or address
    tidied = [_tidy(entry, base) for entry in document.entries]
    said = [entry for entry in tidied if entry.guid or entry.address or entry.title]
    items: dict[str, Item] = {}
    for item in _identify(said, now):
        items.setdefault(item.digest, item)
    return Reading(
        kind=document.kind,
        items=list(items.values()),
        fault=document.fault,
        empty=len(tidied) - len(said),
    )


def article_of(address: str) -> str:
    """Give what all addresses of one article have in common, as a digest; empty without any."""
    if not address:
        return ""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.fullmatch(each))
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return _digest(f"{host}{port}{parts.path.rstrip('/')}?{query}")


def _identify(entries: Sequence[Entry], now: datetime) -> Iterator[Item]:
    # Some programs give all items the same guid: then it identifies none.
    places = {(entry.guid, article_of(entry.address)) for entry in entries if entry.guid}
    shared = Counter(guid for guid, _article in places)
    for entry in entries:
        moment, wrong_date = _choose_moment(entry.dates, now)
        is_own = bool(entry.guid) and shared[entry.guid] == 1
        article = article_of(entry.address)
        yield Item(
            digest=_digest(entry.guid) if is_own else article or _digest(entry.title),
            article=article,
            address=entry.address,
            title=entry.title,
            summary=entry.summary,
            published_at=moment,
            wrong_date=wrong_date,
        )


def _tidy(entry: Entry, base: str) -> Entry:
    title = _plain(entry.title)
    if len(title) > LONGEST_ITEM_TITLE:
        title = f"{title[: LONGEST_ITEM_TITLE - 1]}…"
    address = _join(base, entry.address) if entry.address else ""
    return Entry(entry.guid, address, title, _plain(entry.summary), entry.dates)


def _plain(text: str) -> str:
    """Give text without markup, its words one space apart."""
    return " ".join(html.unescape(_TAG.sub(" ", html.unescape(text))).split())


def _join(base: str, address: str) -> str:
    """Give an address in full; empty if it is none of the web."""
    try:
        joined = urljoin(base, "%20".join(address.split()))
        is_right = is_address(joined) and urlsplit(joined).port != 0
    except ValueError:
        return ""
    return joined if is_right else ""


def _choose_moment(dates: Sequence[str], now: datetime) -> tuple[datetime, str | None]:
    for text in dates:
        moment = read_date(text)
        if moment is not None and moment <= now + CLOCKS_DIFFER:
            return moment, None
    return now, dates[0] if dates else ""


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
