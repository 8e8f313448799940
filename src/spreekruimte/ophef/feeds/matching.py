"""How well an item of a feed fits an incident: by address, words and time.

With *a* for the address, *w* for the words and *t* for the time, each 0 to 1, the confidence is

    (1 - (1 - a) (1 - w)) (1 + t) / 2

so it grows with each of the three, either of the first two is enough, and time alone is nothing.

- *a* is 0.6 where a part of an address of the incident stands in that of the item, else 0.
- *w* is 1 - 2^-h, where each word of the incident adds 1 to h if it stands in the title, and 1/2 if
  it stands in the summary only. Words are compared whole, without capitals and accents.
- *t* halves every 30 days from the start of the incident; it is half of that where the item has no
  right date. An item from outside the times of the incident cannot become a signal of it: it does
  not match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from spreekruimte.ophef.feeds.items import Item

ADDRESS = 0.6
HALF_LIFE = timedelta(days=30)
# From here on an editor is asked.
ENOUGH = 0.25

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What an incident is searched by.

    Attributes
    ----------
    incident_id
        Which incident.
    words, address_patterns
        As the incident has them, made ready by `sought`.
    """

    incident_id: int
    words: Sequence[str]
    address_patterns: Sequence[Sequence[str]]
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Match:
    """To which incident an item fits best, and how well, 0 to 1."""

    incident_id: int
    confidence: float


def sought(
    incident_id: int,
    *,
    words: Sequence[str],
    address_patterns: Sequence[str],
    starts_at: datetime,
    ends_at: datetime | None,
) -> Sought:
    """Make ready what an incident is searched by."""
    spelled = (_spell(word) for word in words)
    return Sought(
        incident_id,
        list(dict.fromkeys(word for word in spelled if word.strip())),
        [[part for part in _plain(each).split("*") if part] for each in address_patterns],
        starts_at,
        ends_at,
    )


def find_match(item: Item, incidents: Sequence[Sought]) -> Match | None:
    """Find the incident that an item fits best; None if it fits none well enough.

    Of two that it fits as well, it is the one with the lower number.
    """
    title, summary, address = _spell(item.title), _spell(item.summary), _plain(item.address)
    best: Match | None = None
    for each in sorted(incidents, key=lambda incident: incident.incident_id):
        time = _time_part(item, each)
        if time is None:
            continue
        found = combine(_address_part(address, each), _word_part(title, summary, each), time)
        if found >= ENOUGH and (best is None or found > best.confidence):
            best = Match(each.incident_id, found)
    return best


def combine(address: float, words: float, time: float) -> float:
    """Combine the three parts into a confidence; all of them from 0 to 1."""
    return (1.0 - (1.0 - address) * (1.0 - words)) * (1.0 + time) / 2.0


def weigh_words(in_title: int, in_summary: int) -> float:
    """Weigh how many words stand in the title, and how many in the summary only: 0 to 1."""
    return 1.0 - float(2.0 ** -(in_title + in_summary / 2.0))


def weigh_time(since_start: timedelta, *, is_dated: bool) -> float:
    """Weigh how long after the start of an incident an item is from: 0 to 1."""
    weight = float(2.0 ** -(since_start / HALF_LIFE))
    return weight if is_dated else weight / 2.0


def _time_part(item: Item, incident: Sought) -> float | None:
    if item.published_at < incident.starts_at:
        return None
    if incident.ends_at is not None and item.published_at > incident.ends_at:
        return None
    since = item.published_at - incident.starts_at
    return weigh_time(since, is_dated=item.wrong_date is None)


def _word_part(title: str, summary: str, incident: Sought) -> float:
    in_title = [word in title for word in incident.words]
    in_summary = [word in summary for word in incident.words]
    only = sum(there and not above for there, above in zip(in_summary, in_title, strict=True))
    return weigh_words(sum(in_title), only)


def _address_part(address: str, incident: Sought) -> float:
    if not address:
        return 0.0
    return ADDRESS if any(_holds(address, parts) for parts in incident.address_patterns) else 0.0


def _holds(address: str, parts: Sequence[str]) -> bool:
    """Tell whether all parts stand in an address, one after the other."""
    place = 0
    for part in parts:
        place = address.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return bool(parts)


def _spell(text: str) -> str:
    """Give the words of a text in one spelling, each between spaces."""
    return f" {' '.join(_WORD.findall(_plain(text)))} "


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).casefold()
