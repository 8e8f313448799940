"""Look after news feeds at the desk, and say which items are about an incident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.browser.site import Visitor
from tests.ophef.actions.test_deciding import make_item
from tests.ophef.feeds.newsroom import make_feed
from tests.ophef.register import make_incident
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.ophef.models import Feed, FeedItem, Incident, Signal
from spreekruimte.organisations.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FEEDS = "/desk/waterdam/ophef/feeds/"
LONG = "https://nieuws.example/" + "een-heel-lang-pad-" * 8


@pytest.fixture
def incident(site: str) -> Incident:  # noqa: ARG001 - with the database of the site
    return make_incident(starts_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def editor(visitor: Visitor, incident: Incident) -> Visitor:
    user = make_member(incident.organisation, Role.EDITOR)
    sign_in_browser(visitor.context, visitor.site, user)
    return visitor


def test_an_editor_adds_a_feed_pauses_it_and_reads_how_it_goes(
    editor: Visitor, incident: Incident
) -> None:
    page = editor.go(FEEDS)
    editor.check()
    page.fill("[name=address]", "http://169.254.169.254/")
    editor.tab_to("main form:has([name=address]) button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errors")
    editor.check()
    now = timezone.now()
    feed = make_feed(incident.organisation, LONG, polled_at=now, items_found=12, items_new=2)
    make_feed(incident.organisation, f"{LONG}stuk", polled_at=now, problem="entities", failures=3)
    make_item(feed, incident, title="Plan voor het water")
    page = editor.go(FEEDS)
    editor.check()
    editor.tab_to(f"form[action$='/{feed.pk}/pause/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"form[action$='/{feed.pk}/resume/']")
    editor.check()
    assert not Feed.objects.get(pk=feed.pk).is_active


def test_an_editor_says_of_items_whether_they_count_and_takes_that_back(
    editor: Visitor, incident: Incident
) -> None:
    feed = make_feed(incident.organisation, LONG)
    given = {"published_at": timezone.now() - timedelta(days=1), "confidence": 0.625}
    yes = make_item(feed, incident, title="Ambtenaar schrijft over een plan", **given)
    no = make_item(
        feed, incident, digest="e", article="b", title="Eenlangewoordzonderspaties" * 6, **given
    )
    page = editor.go(f"/desk/waterdam/ophef/{incident.pk}/items/")
    editor.check()
    for item, answer in ((yes, "accept"), (no, "refuse")):
        editor.tab_to(f"button[formaction$='/{item.pk}/{answer}/']")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"button[formaction$='/{item.pk}/{answer}/']", state="detached")
    editor.check()
    assert Signal.objects.count() == 1
    page = editor.go(f"/desk/waterdam/ophef/{incident.pk}/items/?decided=1")
    editor.check()
    editor.tab_to(f"form[action$='/{no.pk}/undo/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"form[action$='/{no.pk}/undo/']", state="detached")
    editor.check()
    assert FeedItem.objects.get(pk=no.pk).decision == "undecided"
