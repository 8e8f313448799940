"""Feeds are added, paused and taken up again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.actions import feeds
from spreekruimte.ophef.actions.feeds import FeedOf, add_feed, pause_feed, resume_feed
from spreekruimte.ophef.models import Feed, Outlet
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
BY: Any = {"actor": OPERATOR, "now": NOW}
ADDRESS = "https://news.example/feed"


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


def add(organisation: Organisation, **changes: object) -> Feed:
    given: dict[str, Any] = {
        "address": ADDRESS,
        "outlet": "De Waterdammer",
        "outlet_kind": "newspaper",
        "every": 30,
    }
    return add_feed(organisation=organisation, feed=FeedOf(**{**given, **changes}), **BY)


def test_a_feed_is_added_and_due_at_once(organisation: Organisation) -> None:
    feed = add(organisation)
    assert feed.outlet == Outlet.objects.get(name="De Waterdammer", kind="newspaper")
    assert (feed.every, feed.next_poll_at, feed.is_active) == (30, NOW, True)
    assert AuditEntry.objects.filter(action="add_feed", identifier=str(feed.pk)).exists()


def test_a_feed_of_many_media_has_no_outlet_and_a_known_one_keeps_its_kind(
    organisation: Organisation,
) -> None:
    assert add(organisation, outlet="", outlet_kind="").outlet is None
    for place, kind in enumerate(("", "site")):
        add(organisation, address=f"{ADDRESS}{place}", outlet_kind=kind)
    assert Outlet.objects.get().kind == ""


def test_a_feed_is_added_once_in_an_organisation(organisation: Organisation) -> None:
    add(organisation)
    with pytest.raises(RefusedError, match="there already"):
        add(organisation)
    add(make_organisation("elsewhere"))
    assert Feed.objects.count() == 2


def test_there_are_not_too_many_feeds(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_FEEDS", 1)
    add(organisation)
    with pytest.raises(RefusedError, match="too many"):
        add(organisation, address=f"{ADDRESS}2")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"address": "nonsense"}, "address", "not an address"),
        ({"address": "ftp://news.example/"}, "address", "not an address"),
        ({"address": "https://a:b@news.example/"}, "address", "not an address"),
        ({"address": "https://news.example/a b"}, "address", "not an address"),
        ({"address": "http://localhost/feed"}, "address", "public internet"),
        ({"address": "http://192.168.1.1/feed"}, "address", "public internet"),
        ({"outlet": "@somebody"}, "outlet", "name of a medium"),
        ({"every": 4}, "every", "5 to 1440"),
        ({"every": 1441}, "every", "5 to 1440"),
    ],
    ids=str,
)
def test_what_cannot_be_a_feed_is_refused_with_its_field(
    organisation: Organisation, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add(organisation, **changes)
    (told,) = refused.value.message_dict[field]
    assert sentence in told
    assert not Feed.objects.exists()


def test_a_feed_is_paused_and_goes_on(organisation: Organisation) -> None:
    feed = add(organisation)
    with pytest.raises(RefusedError, match="not paused"):
        resume_feed(feed=feed, **BY)
    assert not pause_feed(feed=feed, **BY).is_active
    with pytest.raises(RefusedError, match="paused already"):
        pause_feed(feed=feed, **BY)
    Feed.objects.update(failures=7)
    going = resume_feed(feed=feed, **BY)
    assert (going.is_active, going.failures, going.next_poll_at) == (True, 0, NOW)
