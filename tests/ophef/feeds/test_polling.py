"""Polling of feeds from a real server: nothing doubled, nothing lost, nothing broken, all told."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ophef.feeds.newsroom import Answer, Newsroom, item, make_feed, poll, rss, serve
from tests.ophef.feeds.test_items import BOMB, DUTCH
from tests.organisations.people import NOW

from spreekruimte.ophef.actions import polling
from spreekruimte.ophef.actions.polling import LEASE, claim_next
from spreekruimte.ophef.feeds.items import MOST_BYTES
from spreekruimte.ophef.feeds.polling import poll_next
from spreekruimte.ophef.feeds.problems import SENTENCES
from spreekruimte.ophef.models import Feed, FeedItem, Incident

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


def test_items_are_taken_in_once_and_matched(
    room: Newsroom, feed: Feed, incident: Incident, log: Callable[[], str]
) -> None:
    serve(room, rss([item(1, title="The plan"), item(2, title="Weather"), item(1)]))
    assert poll() == feed
    asked, bare = FeedItem.objects.order_by("-confidence")
    assert (asked.incident, asked.title, asked.address) == (
        *(incident, "The plan", "https://news.example/1"),
    )
    assert 0.25 <= asked.confidence <= 0.5
    assert (bare.incident, bare.title, bare.address, bare.confidence) == (None, "", "", 0.0)
    assert f"feed {feed.pk}: 2 items, 2 of them new; an editor is asked about 1" in log()
    polled = poll(LATER)
    assert polled is not None
    assert FeedItem.objects.count() == 2
    assert (polled.items_found, polled.items_new, polled.problem) == (2, 0, "")


def test_nothing_is_asked_before_its_time_or_while_it_is_paused(room: Newsroom, feed: Feed) -> None:
    serve(room, rss([]))
    assert poll() is not None
    feed.refresh_from_db()
    assert (feed.polled_at, feed.next_poll_at) == (NOW, NOW + timedelta(minutes=15))
    assert poll(NOW + timedelta(minutes=14)) is None
    Feed.objects.update(is_active=False)
    assert poll(LATER) is None
    assert len(room.asked) == 1


@pytest.mark.usefixtures("feed")
def test_what_is_unchanged_is_not_sent_again(room: Newsroom, log: Callable[[], str]) -> None:
    serve(room, rss([item(1)]), ETag='"a"', **{"Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"})
    poll()
    polled = poll(LATER)
    assert polled is not None
    told = room.asked[-1][1]
    assert told["If-None-Match"] == '"a"'
    assert told["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert (polled.polled_at, polled.items_found, polled.items_new) == (LATER, 1, 0)
    assert "nothing has changed" in log()
    assert "If-None-Match" not in room.asked[0][1]


def test_two_workers_never_take_one_feed_and_a_dead_one_leaves_it_to_the_next(feed: Feed) -> None:
    assert claim_next(now=NOW) == feed
    assert claim_next(now=NOW) is None
    assert claim_next(now=NOW + LEASE - timedelta(seconds=1)) is None
    assert claim_next(now=NOW + LEASE) == feed


def test_the_feed_that_waits_longest_is_first(feed: Feed, room: Newsroom) -> None:
    longer = make_feed(
        feed.organisation, f"{room.home}/other", next_poll_at=NOW - timedelta(minutes=1)
    )
    assert [claim_next(now=NOW), claim_next(now=NOW), claim_next(now=NOW)] == [longer, feed, None]


# Failures


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(status=404), "gone"),
        (Answer(status=410), "gone"),
        (Answer(status=403), "no_access"),
        (Answer(status=500), "server"),
        (Answer(status=418), "status"),
        (Answer(status=302, headers={"Location": "http://10.0.0.1/feed"}), "private"),
        (Answer(status=301, headers={"Location": "http://169.254.169.254/latest/"}), "private"),
        (Answer(status=302, headers={"Location": "http://[::ffff:10.0.0.1]/"}), "private"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "address"),
        (Answer(status=302, headers={"Location": "http://[::1"}), "answer"),
        (Answer(status=302, headers={"Location": "/feed"}), "redirects"),
        (Answer(b"x", headers={"Content-Encoding": "br"}), "answer"),
        (Answer(b"<html></html>"), "not_a_feed"),
        (Answer(b"<sitemapindex/>"), "index"),
        (Answer(BOMB), "entities"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_fails_is_told_and_tried_again_later_and_later(
    room: Newsroom, feed: Feed, log: Callable[[], str], answer: Answer, problem: str
) -> None:
    room.answers["/feed"] = answer
    polled = poll()
    assert polled is not None
    assert (polled.problem, polled.failures) == (problem, 1)
    assert polled.next_poll_at == NOW + timedelta(minutes=30)
    again = poll(LATER)
    assert again is not None
    assert (again.failures, again.next_poll_at) == (2, LATER + timedelta(minutes=60))
    assert f"feed {feed.pk}: not read ({problem}, 2 in a row): " in log()
    assert problem in SENTENCES
    assert not FeedItem.objects.exists()
    serve(room, rss([item(1)]))
    well = poll(LATER + timedelta(days=1))
    assert well is not None
    assert (well.problem, well.failures, well.items_new) == ("", 0, 1)


@pytest.mark.usefixtures("feed")
def test_who_is_private_is_not_asked_even_where_a_name_leads_there() -> None:
    polled = poll_next(now=NOW, draw=lambda: 0.5)
    assert polled is not None
    polled.refresh_from_db()
    # Without leave this machine itself is private; its port is refused first.
    assert polled.problem in {"private", "address"}


@pytest.mark.parametrize(
    ("told", "pause"),
    [("7200", timedelta(hours=2)), ("5", timedelta(minutes=30)), ("never", timedelta(minutes=30))],
)
@pytest.mark.usefixtures("feed")
def test_a_server_that_is_busy_is_left_alone_for_as_long_as_it_says(
    room: Newsroom, told: str, pause: timedelta
) -> None:
    room.answers["/feed"] = Answer(status=429, headers={"Retry-After": told})
    polled = poll()
    assert polled is not None
    assert (polled.problem, polled.next_poll_at) == ("busy", NOW + pause)


@pytest.mark.usefixtures("feed")
def test_a_feed_of_50_mb_is_refused_without_being_held(
    room: Newsroom, log: Callable[[], str]
) -> None:
    size = 50 * 1024 * 1024

    def send() -> Iterator[bytes]:
        start, end = rss([item(1)]).split(b"</item>")
        yield start + b"</item>"
        for _ in range(size // 65536):
            yield b" " * 65536
        yield end

    room.answers["/feed"] = Answer(send)
    tracemalloc.start()
    polled = poll()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert polled is not None
    assert (polled.problem, polled.failures) == ("large", 1)
    assert "too large" in log()
    assert room.sent < size
    assert most < 4 * MOST_BYTES
    assert not FeedItem.objects.exists()


@pytest.mark.usefixtures("feed")
def test_what_stands_before_a_fault_is_taken_in_and_the_rest_when_it_is_mended(
    room: Newsroom, log: Callable[[], str]
) -> None:
    whole = rss([item(number) for number in range(10)])
    serve(room, whole[: whole.index(b"guid-7")], ETag='"a"')
    polled = poll()
    assert polled is not None
    assert (polled.problem, polled.failures, polled.etag) == ("cut_short", 0, "")
    assert FeedItem.objects.count() == 7
    assert "its XML has a fault" in log()
    serve(room, whole, ETag='"a"')
    polled = poll(LATER)
    assert polled is not None
    assert (polled.problem, polled.items_new, FeedItem.objects.count()) == ("", 3, 10)


@pytest.mark.usefixtures("feed")
def test_more_new_items_than_fit_in_one_poll_come_with_the_next(
    room: Newsroom, log: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_NEW", 4)
    serve(room, rss([item(number) for number in range(10)]), ETag='"a"')
    for day, count in enumerate((4, 8, 10, 10)):
        poll(NOW + timedelta(days=day))
        assert FeedItem.objects.count() == count
    assert "6 new items are too many for one poll" in log()


# Dates and encodings


@pytest.mark.usefixtures("feed")
def test_an_item_with_a_wrong_date_is_kept_marked_and_told_of_once(
    room: Newsroom, log: Callable[[], str]
) -> None:
    serve(room, rss([item(1, at="32 Foo\n2026"), item(2, at=NOW + timedelta(days=1))]))
    poll()
    poll(NOW + timedelta(minutes=16))
    stored = FeedItem.objects.all()
    assert {(each.published_at, each.is_dated) for each in stored} == {(NOW, False)}
    lines = [line for line in log().splitlines() if "has no right date" in line]
    assert len(lines) == 2
    assert "('32 Foo\\n2026'); it gets the time of this poll" in lines[0]


@pytest.mark.usefixtures("feed")
def test_mixed_encodings_are_stored_as_they_were_meant(room: Newsroom) -> None:
    title = f"{DUTCH} plan"
    first, second = rss([item(1, title=title), item(2, title=title)]).split(b"</item>", 1)
    serve(room, first + b"</item>" + second.decode().encode("cp1252"))
    poll()
    assert set(FeedItem.objects.values_list("title", flat=True)) == {title}


@pytest.mark.usefixtures("feed")
def test_entries_that_say_nothing_are_told_of(room: Newsroom, log: Callable[[], str]) -> None:
    serve(room, rss(["<item></item>", item(1)]))
    poll()
    assert FeedItem.objects.count() == 1
    assert "1 entries have no guid, no address and no title" in log()


def test_what_fails_while_it_is_stored_leaves_nothing_and_is_asked_for_again(
    room: Newsroom, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(room, rss([item(number) for number in range(3)]), ETag='"a"')
    with monkeypatch.context() as patch:
        patch.setattr(polling, "_plan_next", lambda *_given, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            poll()
    feed.refresh_from_db()
    assert not FeedItem.objects.exists()
    assert (feed.etag, feed.next_poll_at) == ("", NOW + LEASE)
    poll(NOW + LEASE)
    assert FeedItem.objects.count() == 3


@pytest.mark.usefixtures("feed")
def test_items_are_not_asked_for_or_stored_one_by_one(room: Newsroom) -> None:
    counts = []
    for many in (10, 410):
        serve(room, rss([item(number) for number in range(many)]))
        with CaptureQueriesContext(connection) as counted:
            poll(NOW + timedelta(days=many))
        counts.append(len(counted))
    assert counts[1] < counts[0] + 20
