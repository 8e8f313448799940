"""Ask for feeds that are due, one at a time, and say in the log what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from spreekruimte.ophef.actions.polling import (
    claim_next,
    note_failure,
    note_unchanged,
    take_in,
)
from spreekruimte.ophef.feeds.items import MOST_BYTES, Reading, read_items
from spreekruimte.ophef.feeds.politeness import read_retry_after
from spreekruimte.ophef.feeds.problems import FeedError, code_of
from spreekruimte.ophef.models import Feed
from spreekruimte.outside import FetchError, Validators, fetch_if_changed

logger = logging.getLogger(__name__)

# A server that is slower than this is asked again later.
MOST_SECONDS = 20.0
_SHOWN = 80


def poll_next(
    *, now: datetime, draw: Callable[[], float], allow_loopback: bool = False
) -> Feed | None:
    """Ask for the feed that is due for the longest time; None if none is.

    Parameters
    ----------
    draw
        Gives a random number from 0 up to 1.
    allow_loopback
        As with `spreekruimte.outside.fetch`; for a feed of this machine itself.
    """
    feed = claim_next(now=now)
    if feed is not None:
        _poll(feed, now, draw, allow_loopback=allow_loopback)
    return feed


def _poll(feed: Feed, now: datetime, draw: Callable[[], float], *, allow_loopback: bool) -> None:
    try:
        found = fetch_if_changed(
            feed.address,
            known=Validators(feed.etag, feed.last_modified),
            most_bytes=MOST_BYTES,
            seconds=MOST_SECONDS,
            allow_loopback=allow_loopback,
        )
        reading = read_items(found.content, address=found.address, now=now) if found else None
    except FetchError as error:
        _fail(feed, code_of(error), error, error.retry_after, now, draw)
        return
    except FeedError as error:
        _fail(feed, error.code, error, "", now, draw)
        return
    if found is None or reading is None:
        note_unchanged(feed=feed, now=now, draw=draw)
        logger.info("feed %d: nothing has changed", feed.pk)
        return
    _take_in(feed, reading, found.validators, now, draw)


def _take_in(
    feed: Feed,
    reading: Reading,
    validators: Validators,
    now: datetime,
    draw: Callable[[], float],
) -> None:
    taken = take_in(feed=feed, reading=reading, validators=validators, now=now, draw=draw)
    logger.info(
        "feed %d: %d items, %d of them new; an editor is asked about %d",
        *(feed.pk, len(reading.items), len(taken.new), taken.asked),
    )
    for item in taken.new:
        if item.wrong_date is not None:
            logger.warning(
                "feed %d: item %s has no right date (%.*r); it gets the time of this poll",
                *(feed.pk, item.digest[:12], _SHOWN, item.wrong_date),
            )
    if reading.fault:
        logger.warning(
            "feed %d: its XML has a fault (%s); the %d items before it were read",
            *(feed.pk, reading.fault, len(reading.items)),
        )
    if reading.empty:
        logger.warning(
            "feed %d: %d entries have no guid, no address and no title; they are left out",
            *(feed.pk, reading.empty),
        )
    if taken.left:
        logger.warning(
            "feed %d: %d new items are too many for one poll and wait for the next",
            *(feed.pk, taken.left),
        )


def _fail(
    feed: Feed,
    problem: str,
    error: Exception,
    retry_after: str,
    now: datetime,
    draw: Callable[[], float],
) -> None:
    failures = note_failure(
        feed=feed,
        problem=problem,
        retry_after=read_retry_after(retry_after, now=now),
        now=now,
        draw=draw,
    )
    logger.warning(
        "feed %d: not read (%s, %d in a row): %.300s", *(feed.pk, problem, failures, error)
    )
