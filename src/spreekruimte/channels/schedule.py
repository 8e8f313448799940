"""When a question that was posted is read again: often at first, then less and less."""

from __future__ import annotations

from datetime import datetime, timedelta

# After so long since it was posted.
FIRST = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
THEN_EVERY = timedelta(hours=1)
# Once the round has ended: shortly after, when its poll has ended too, and for a while each day.
AFTER_THE_END = timedelta(minutes=5)
THEN_DAILY = timedelta(days=1)
READ_ON = timedelta(days=30)


def next_reading(*, posted_at: datetime, ends_at: datetime, now: datetime) -> datetime | None:
    """Give when to read a question next; None when it is read no more.

    Parameters
    ----------
    ends_at
        When the round ends, or ended.
    """
    for age in FIRST:
        if now < posted_at + age < ends_at:
            return posted_at + age
    if now + THEN_EVERY < ends_at:
        return now + THEN_EVERY
    if now < ends_at + AFTER_THE_END:
        return ends_at + AFTER_THE_END
    daily = now + THEN_DAILY
    return daily if daily < ends_at + READ_ON else None
