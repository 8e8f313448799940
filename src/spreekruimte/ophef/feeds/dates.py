"""Dates as feeds write them: RFC 822 in RSS, ISO 8601 in Atom and sitemaps, and what is close."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

# Without a zone, a time is one in the Netherlands, as in imports.
_HERE = ZoneInfo("Europe/Amsterdam")
_LONGEST = 80
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_MONTH = re.compile(r"\d{4}-\d{2}")
# By its first three letters, a month in English or Dutch.
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DUTCH = {"maa": "Mar", "mrt": "Mar", "mei": "May", "okt": "Oct"}
_MONTHS = {month.lower(): month for month in _ENGLISH} | _DUTCH
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?,?\s+(?=\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")


def read_date(text: str) -> datetime | None:
    """Read a date with its time; None if it is none, or is from before there were feeds.

    A date alone is its first moment in the Netherlands.
    """
    tidied = " ".join(text.split())
    if not tidied or len(tidied) > _LONGEST:
        return None
    for read in (_read_iso, _read_mail):
        try:
            moment = read(tidied)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=_HERE)
            moment = moment.astimezone(UTC)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
        return moment if moment >= _EARLIEST else None
    return None


def _read_iso(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)


def _read_mail(text: str) -> datetime:
    # The name of the day adds nothing, and is wrong or in Dutch at times.
    moment = parsedate_to_datetime(_WORD.sub(_in_english, _WEEKDAY.sub("", text)))
    # So it is written that this is world time, and not where.
    return moment.replace(tzinfo=UTC) if text.endswith("-0000") else moment


def _in_english(word: re.Match[str]) -> str:
    return _MONTHS.get(word[0][:3].lower(), word[0])
