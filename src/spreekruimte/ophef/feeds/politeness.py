"""How long to leave a server alone before a feed is asked for again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = timedelta(days=1)
# Times are spread by so much either way, so that feeds of one server do not come all at once.
SPREAD = 0.1
# After so many failures in a row the pause has grown to a day from any interval.
_MOST_DOUBLINGS = 10


def pause_after(
    *,
    every: timedelta,
    failures: int,
    retry_after: timedelta = timedelta(0),
    draw: Callable[[], float],
) -> timedelta:
    """Give how long to wait until the next poll.

    The interval doubles with each failure in a row, up to a day. What the server asks for is the
    least, also up to a day; nothing of that is taken off again by chance.

    Parameters
    ----------
    failures
        How often in a row it failed; 0 after a success.
    retry_after
        How long the server wants to be left alone.
    draw
        Gives a random number from 0 up to 1.
    """
    grown = min(every * float(2 ** min(failures, _MOST_DOUBLINGS)), LONGEST_PAUSE)
    spread = grown * (1.0 + SPREAD * (2.0 * draw() - 1.0))
    return min(max(spread, retry_after), LONGEST_PAUSE)


def read_retry_after(text: str, *, now: datetime) -> timedelta:
    """Read how long a server wants to be left alone, from seconds or a date; else no time."""
    told = text.strip()
    if told.isascii() and told.isdecimal():
        return min(timedelta(seconds=int(told[:9])), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return timedelta(0)
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_PAUSE)
