"""Polling over feeds and over time: an article is asked about once, and news waits its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.ophef.feeds.newsroom import Answer, Newsroom, item, make_feed, poll, rss, serve
from tests.ophef.register import make_incident
from tests.organisations.people import NOW, make_organisation

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.deciding import accept_item, refuse_item
from spreekruimte.ophef.actions.incidents import (
    About,
    change_incident,
    close_incident,
    open_incident,
    reopen_incident,
)
from spreekruimte.ophef.actions.polling import KEPT, drop_undecided
from spreekruimte.ophef.feeds.items import article_of
from spreekruimte.ophef.models import Feed, FeedItem, Incident, Signal
from spreekruimte.organisations.models import OPERATOR

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


def test_one_article_in_two_feeds_is_asked_about_once(
    room: Newsroom, feed: Feed, incident: Incident
) -> None:
    serve(room, rss([item(1, guid="a")]))
    room.answers["/other"] = Answer(
        rss([item(1, guid="b", link="http://www.news.example/1?utm_source=rss")])
    )
    make_feed(feed.organisation, f"{room.home}/other")
    poll()
    poll()
    assert FeedItem.objects.count() == 2
    assert FeedItem.objects.filter(incident=incident).count() == 1
    poll(LATER)
    poll(LATER)
    assert FeedItem.objects.filter(incident=incident).count() == 1


@pytest.mark.usefixtures("feed")
def test_one_article_of_two_organisations_is_asked_of_both(
    room: Newsroom, incident: Incident
) -> None:
    serve(room, rss([item(1)]))
    other = make_incident(make_organisation("elsewhere"), words=["plan"])
    make_feed(other.organisation, f"{room.home}/feed")
    poll()
    poll()
    assert set(FeedItem.objects.values_list("incident", flat=True)) == {incident.pk, other.pk}


@pytest.mark.usefixtures("feed")
def test_an_article_under_a_new_guid_is_not_asked_about_again(room: Newsroom) -> None:
    serve(room, rss([item(1, guid="a")]))
    poll()
    serve(room, rss([item(1, guid="b")]))
    poll(LATER)
    assert FeedItem.objects.filter(incident__isnull=False).count() == 1


@pytest.mark.usefixtures("feed")
@pytest.mark.usefixtures("feed")
def test_an_incident_that_is_told_later_finds_the_news_before_it(
    room: Newsroom, incident: Incident
) -> None:
    serve(room, rss([item(1, title="The bridge"), item(2, title="The bridge", at="?")]))
    poll()
    assert not FeedItem.objects.filter(incident__isnull=False).exists()
    later = make_incident(incident.organisation, words=["bridge"])
    polled = poll(LATER)
    assert polled is not None
    assert polled.items_new == 0
    for found in FeedItem.objects.all():
        assert (found.incident, found.title, found.published_at) == (later, "The bridge", NOW)


@pytest.mark.usefixtures("feed")
def test_news_that_has_not_changed_is_found_by_an_incident_that_is_opened_changed_or_reopened(
    room: Newsroom, incident: Incident
) -> None:
    def about(*words: str) -> About:
        title = Bilingual("Een bericht over een brug", "A post about a bridge")
        return About(title=title, starts_at=incident.starts_at, words=words)

    news = [item(1, title="The bridge"), item(2, title="The road"), item(3, title="The dike")]
    serve(room, rss(news), ETag='"a"')
    by: dict[str, Any] = {"actor": OPERATOR, "now": NOW}
    asked = FeedItem.objects.filter(incident__isnull=False)
    poll(NOW)
    assert asked.count() == 0
    opened = open_incident(organisation=incident.organisation, about=about("bridge"), **by)
    poll(NOW + timedelta(days=1))
    assert asked.count() == 1
    change_incident(incident=opened, about=about("road", "dike"), **by)
    close_incident(incident=opened, **by)
    poll(NOW + timedelta(days=2))
    assert asked.count() == 1
    reopen_incident(incident=opened, **by)
    poll(NOW + timedelta(days=3))
    assert asked.count() == 3


@pytest.mark.usefixtures("incident", "feed")
def test_a_closed_incident_finds_nothing(room: Newsroom) -> None:
    Incident.objects.update(closed_at=NOW)
    serve(room, rss([item(1)]))
    poll()
    assert not FeedItem.objects.filter(incident__isnull=False).exists()


@pytest.mark.usefixtures("incident")
@pytest.mark.usefixtures("feed")
def test_what_was_decided_on_is_never_asked_again(room: Newsroom) -> None:
    serve(room, rss([item(1), item(2)]))
    poll()
    first, second = FeedItem.objects.order_by("published_at", "pk")
    refuse_item(item=first, actor=OPERATOR, now=NOW)
    accept_item(item=second, actor=OPERATOR, now=NOW)
    poll(LATER)
    assert not FeedItem.objects.filter(decision="undecided").exists()
    assert FeedItem.objects.filter(title="", address="").count() == 2
    assert Signal.objects.count() == 1


@pytest.mark.usefixtures("feed")
def test_what_nobody_decides_on_is_dropped_in_the_end(room: Newsroom) -> None:
    serve(room, rss([item(1), item(2), item(3, title="Weather")]))
    poll()
    refuse_item(
        item=FeedItem.objects.get(article=article_of("https://news.example/1")),
        actor=OPERATOR,
        now=NOW,
    )
    assert drop_undecided(now=NOW + KEPT) == 0
    assert drop_undecided(now=NOW + KEPT + timedelta(seconds=1)) == 2
    assert FeedItem.objects.get().decision == "no"
