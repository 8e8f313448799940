"""Store what came of asking for a feed: each poll is one transaction, or did not happen.

Nobody decides anything here, so the audit trail has no entry of it. While a feed is asked for, its
next poll stands a little later; a worker that dies leaves it like that, and then another asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from spreekruimte.ophef.actions.feeds import hold_feeds
from spreekruimte.ophef.feeds.items import Item, Reading
from spreekruimte.ophef.feeds.matching import Match, Sought, find_match, sought
from spreekruimte.ophef.feeds.politeness import pause_after
from spreekruimte.ophef.models import Feed, FeedItem, Incident
from spreekruimte.organisations.models import Organisation
from spreekruimte.outside import Validators

# Longer than everything may take that a poll does.
LEASE = timedelta(minutes=5)
# So many new items are taken in at once; the others are there at the next poll.
MOST_NEW = 2000
# What nobody decided on for so long is no news any more.
KEPT = timedelta(days=90)
# A database takes no more values in one question.
_AT_ONCE = 500

Draw = Callable[[], float]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a poll brought.

    Attributes
    ----------
    new
        The items that were not known.
    asked
        How many items an editor is asked about since.
    left
        How many new ones wait for the next poll.
    """

    new: Sequence[Item]
    asked: int
    left: int


def claim_next(*, now: datetime) -> Feed | None:
    """Take the feed that is due for the longest time, before another worker does; None if none."""
    due = Feed.objects.filter(is_active=True, next_poll_at__lte=now)
    for feed in due.select_related("organisation").order_by("next_poll_at", "pk")[:10]:
        mine = Feed.objects.filter(pk=feed.pk, is_active=True, next_poll_at=feed.next_poll_at)
        if mine.update(next_poll_at=now + LEASE):
            return feed
    return None


@transaction.atomic
def take_in(
    *, feed: Feed, reading: Reading, validators: Validators, now: datetime, draw: Draw
) -> TakenIn:
    """Store the items of a feed that are new, and those that fit an incident by now.

    Parameters
    ----------
    validators
        To be told back to the server; not if there is more to be had than was taken in.
    """
    hold_feeds(feed.organisation)
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    known = {
        item.digest: item
        for some in _parts([item.digest for item in reading.items])
        for item in FeedItem.objects.filter(feed=held, digest__in=some)
    }
    new = [item for item in reading.items if item.digest not in known]
    matcher = _Matcher(feed.organisation, reading.items)
    asked = _ask_again(reading.items, known, matcher)
    made = [_make(held, item, matcher.match(item), now) for item in new[:MOST_NEW]]
    FeedItem.objects.bulk_create(made, batch_size=_AT_ONCE)
    is_whole = not reading.fault and len(new) <= MOST_NEW
    told = validators if is_whole else Validators()
    held.kind = reading.kind
    held.etag, held.last_modified = told.etag, told.last_modified
    held.items_found, held.items_new = len(reading.items), len(made)
    held.failures, held.problem = 0, "cut_short" if reading.fault else ""
    _plan_next(held, now=now, draw=draw, retry_after=timedelta(0))
    held.save()
    return TakenIn(
        new[:MOST_NEW],
        asked + sum(item.incident_id is not None for item in made),
        len(new) - len(made),
    )


@transaction.atomic
def note_unchanged(*, feed: Feed, now: datetime, draw: Draw) -> None:
    """Keep that a feed was asked for and has nothing new."""
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    held.items_new, held.failures, held.problem = 0, 0, ""
    _plan_next(held, now=now, draw=draw, retry_after=timedelta(0))
    held.save()


@transaction.atomic
def note_failure(
    *, feed: Feed, problem: str, retry_after: timedelta, now: datetime, draw: Draw
) -> int:
    """Keep that a feed could not be had or read, and why; give how often in a row.

    Parameters
    ----------
    problem
        A code of `spreekruimte.ophef.feeds.problems`.
    retry_after
        How long the server wants to be left alone.
    """
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    held.failures, held.problem = held.failures + 1, problem
    _plan_next(held, now=now, draw=draw, retry_after=retry_after)
    held.save()
    return held.failures


def drop_undecided(*, now: datetime) -> int:
    """Delete items that nobody decided on in a long time; give how many."""
    old = FeedItem.objects.filter(decision=FeedItem.Decision.UNDECIDED, found_at__lt=now - KEPT)
    deleted, _by_model = old.delete()
    return deleted


class _Matcher:
    """Finds the incident that an item is to be asked about, once for each article."""

    def __init__(self, organisation: Organisation, items: Sequence[Item]) -> None:
        incidents = Incident.objects.filter(organisation=organisation, closed_at__isnull=True)
        self._sought: list[Sought] = [
            sought(
                incident.pk,
                words=incident.words,
                address_patterns=incident.address_patterns,
                starts_at=incident.starts_at,
                ends_at=incident.ends_at,
            )
            for incident in incidents
        ]
        asked = FeedItem.objects.filter(
            feed__organisation=organisation, incident__isnull=False
        ).values_list("article", flat=True)
        self._asked = {
            article
            for some in _parts([item.article for item in items if item.article])
            for article in asked.filter(article__in=some)
        }

    def match(self, item: Item) -> Match | None:
        """Find it; None if there is none, or the article was asked about in another feed."""
        if item.article in self._asked:
            return None
        match = find_match(item, self._sought)
        if match is not None and item.article:
            self._asked.add(item.article)
        return match


def _ask_again(items: Sequence[Item], known: dict[str, FeedItem], matcher: _Matcher) -> int:
    """Look again at items that fitted no incident, or whose text is gone since an undone decision.

    An incident can be told after the news of it. The time of an item stays what it was at first.
    """
    changed = []
    for item in items:
        stored = known.get(item.digest)
        if stored is None or stored.decision != FeedItem.Decision.UNDECIDED:
            continue
        if stored.incident_id is None:
            match = matcher.match(_as_found(item, stored))
            if match is None:
                continue
            stored.incident_id, stored.confidence = match.incident_id, match.confidence
        elif stored.title or not item.title:
            continue
        stored.title, stored.address = item.title, item.address
        changed.append(stored)
    FeedItem.objects.bulk_update(
        changed, ["incident", "confidence", "title", "address"], batch_size=100
    )
    return len(changed)


def _as_found(item: Item, stored: FeedItem) -> Item:
    return replace(
        item, published_at=stored.published_at, wrong_date=None if stored.is_dated else ""
    )


def _make(feed: Feed, item: Item, match: Match | None, now: datetime) -> FeedItem:
    return FeedItem(
        feed=feed,
        digest=item.digest,
        article=item.article,
        incident_id=match.incident_id if match else None,
        confidence=match.confidence if match else 0.0,
        title=item.title if match else "",
        address=item.address if match else "",
        published_at=item.published_at,
        is_dated=item.wrong_date is None,
        found_at=now,
    )


def _plan_next(feed: Feed, *, now: datetime, draw: Draw, retry_after: timedelta) -> None:
    feed.polled_at = now
    feed.next_poll_at = now + pause_after(
        every=timedelta(minutes=feed.every),
        failures=feed.failures,
        retry_after=retry_after,
        draw=draw,
    )


def _parts(values: Iterable[str]) -> Iterable[list[str]]:
    all_of_them = list(dict.fromkeys(values))
    for start in range(0, len(all_of_them), _AT_ONCE):
        yield all_of_them[start : start + _AT_ONCE]
