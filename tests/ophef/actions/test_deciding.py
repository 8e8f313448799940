"""An editor's yes or no to an item, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.ophef.feeds.newsroom import make_feed
from tests.ophef.register import make_incident
from tests.organisations.people import NOW

from spreekruimte.ophef.actions.deciding import accept_item, refuse_item, undo_decision
from spreekruimte.ophef.actions.recording import withdraw_signal
from spreekruimte.ophef.models import Feed, FeedItem, Incident, Signal, Tally, Withdrawal
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
BY: Any = {"actor": OPERATOR, "now": NOW}
ADDRESS = "https://news.example/1"


@pytest.fixture
def incident() -> Incident:
    return make_incident()


@pytest.fixture
def feed(incident: Incident) -> Feed:
    return make_feed(incident.organisation, "https://news.example/feed", etag='"a"')


@pytest.fixture
def item(feed: Feed, incident: Incident) -> FeedItem:
    return make_item(feed, incident)


def make_item(feed: Feed, incident: Incident | None, **changes: object) -> FeedItem:
    given: dict[str, Any] = {
        "digest": "d",
        "article": "a",
        "confidence": 0.5,
        "title": "A plan",
        "address": ADDRESS,
        "published_at": NOW - timedelta(days=1),
        "found_at": NOW,
        **changes,
    }
    return FeedItem.objects.create(feed=feed, incident=incident, **given)


def counted(incident: Incident) -> int:
    tally = Tally.objects.filter(incident=incident, kind="media").first()
    return tally.count if tally else 0


def test_an_accepted_item_is_a_media_item_of_its_incident_once(
    item: FeedItem, incident: Incident
) -> None:
    signal = accept_item(item=item, **BY)
    assert accept_item(item=item, **BY) == signal == Signal.objects.get()
    assert (signal.incident, signal.kind, signal.source) == (incident, "media", "feed")
    assert (signal.at, signal.outlet) == (item.published_at, item.feed.outlet)
    assert signal.link.address == ADDRESS
    item.refresh_from_db()
    assert (item.decision, item.signal, item.title, item.address) == ("yes", signal, "", "")
    assert counted(incident) == 1
    assert AuditEntry.objects.filter(action="accept_item").count() == 1


def test_a_refused_item_counts_nowhere_and_keeps_nothing(
    item: FeedItem, incident: Incident
) -> None:
    for _time in range(2):
        refused = refuse_item(item=item, **BY)
        assert (refused.decision, refused.title, refused.address) == ("no", "", "")
    assert counted(incident) == 0
    assert AuditEntry.objects.filter(action="refuse_item").count() == 1


def test_a_decision_is_changed_by_taking_it_back_first(item: FeedItem, incident: Incident) -> None:
    accept_item(item=item, **BY)
    with pytest.raises(RefusedError, match="decided already"):
        refuse_item(item=item, **BY)
    undo_decision(item=item, **BY)
    assert counted(incident) == 0
    refuse_item(item=item, **BY)
    with pytest.raises(RefusedError, match="decided already"):
        accept_item(item=item, **BY)
    undo_decision(item=item, **BY)
    accept_item(item=item, **BY)
    assert counted(incident) == 1
    assert (Signal.objects.count(), Withdrawal.objects.count()) == (2, 1)


def test_an_undone_yes_withdraws_its_signal_and_keeps_where_the_item_stands(
    item: FeedItem, feed: Feed
) -> None:
    signal = accept_item(item=item, **BY)
    undone = undo_decision(item=item, **BY)
    assert (undone.decision, undone.signal, undone.address) == ("undecided", None, ADDRESS)
    assert Withdrawal.objects.get().signal_id == signal.pk
    feed.refresh_from_db()
    assert (feed.etag, feed.next_poll_at) == ("", NOW)
    with pytest.raises(RefusedError, match="Nobody has decided"):
        undo_decision(item=item, **BY)


def test_a_signal_that_was_withdrawn_in_the_register_is_no_hindrance(
    item: FeedItem, incident: Incident
) -> None:
    withdraw_signal(signal=accept_item(item=item, **BY), **BY)
    undo_decision(item=item, **BY)
    accept_item(item=item, **BY)
    assert counted(incident) == 1


def test_an_article_that_counts_is_not_counted_again_from_another_feed(
    item: FeedItem, feed: Feed, incident: Incident
) -> None:
    accept_item(item=item, **BY)
    other = make_feed(feed.organisation, "https://news.example/other")
    with pytest.raises(RefusedError, match="counted already"):
        accept_item(item=make_item(other, incident), **BY)
    accept_item(item=make_item(feed, incident, digest="e", article=""), **BY)
    accept_item(item=make_item(other, incident, digest="e", article=""), **BY)
    assert counted(incident) == 3


@pytest.mark.parametrize("decide", [accept_item, refuse_item, undo_decision])
@pytest.mark.usefixtures("incident")
def test_nothing_is_decided_for_a_closed_incident_or_for_none(
    decide: Callable[..., object], item: FeedItem, feed: Feed
) -> None:
    bare = make_item(feed, None, digest="e", title="", address="")
    with pytest.raises(RefusedError, match="fits no incident"):
        decide(item=bare, **BY)
    Incident.objects.update(closed_at=NOW)
    with pytest.raises(RefusedError, match="closed"):
        decide(item=item, **BY)


@pytest.mark.usefixtures("incident")
def test_an_item_from_outside_the_times_of_its_incident_is_refused(item: FeedItem) -> None:
    Incident.objects.update(starts_at=NOW)
    with pytest.raises(SignalError, match="before the incident starts"):
        accept_item(item=item, **BY)
    item.refresh_from_db()
    assert item.decision == "undecided"


def test_the_trail_holds_no_title_and_no_address(item: FeedItem) -> None:
    accept_item(item=item, **BY)
    undo_decision(item=item, **BY)
    refuse_item(item=item, **BY)
    for entry in AuditEntry.objects.all():
        assert "news.example" not in str(entry.details)
        assert "A plan" not in str(entry.details)
