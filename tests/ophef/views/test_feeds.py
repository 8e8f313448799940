"""The pages of feeds and their items at the editor's desk."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ophef.actions.test_deciding import make_item
from tests.ophef.feeds.newsroom import make_feed
from tests.ophef.register import make_incident
from tests.organisations.people import NOW, make_member
from tests.organisations.signing_in import sign_in

from spreekruimte.ophef.feeds.problems import SENTENCES
from spreekruimte.ophef.models import Feed, FeedItem, Incident, Signal
from spreekruimte.ophef.views import items
from spreekruimte.organisations.models import Organisation, Role

pytestmark = pytest.mark.django_db
FEEDS = "/desk/waterdam/ophef/feeds/"
GIVEN = {"address": "https://news.example/feed", "outlet": "De Waterdammer", "every": "15"}


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def incident() -> Incident:
    return make_incident()


@pytest.fixture
def feed(incident: Incident) -> Feed:
    return make_feed(incident.organisation, "https://news.example/feed")


@pytest.fixture
def client(incident: Incident) -> Client:
    return desk(incident.organisation, Role.EDITOR)


def desk(organisation: Organisation, role: Role) -> Client:
    member = make_member(organisation, role, email=f"{role}@{organisation.slug}.example")
    return sign_in(Client(headers={"Accept-Language": "en"}), member)


def at(incident: Incident, rest: str = "") -> str:
    return f"/desk/waterdam/ophef/{incident.pk}/items/{rest}"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# Feeds


def test_a_feed_is_added_paused_and_goes_on(client: Client) -> None:
    assert client.post(FEEDS, GIVEN).headers["Location"] == FEEDS
    page = shown(client, FEEDS)
    feed = Feed.objects.get()
    for told in ("De Waterdammer", feed.address, "in use", "It was not asked for yet."):
        assert told in page
    assert client.post(f"{FEEDS}{feed.pk}/pause/").status_code == 302
    assert "paused" in shown(client, FEEDS)
    assert client.post(f"{FEEDS}{feed.pk}/pause/").status_code == 409
    assert client.post(f"{FEEDS}{feed.pk}/resume/").status_code == 302
    assert client.post(f"{FEEDS}999/pause/").status_code == 404
    assert client.get(f"{FEEDS}{feed.pk}/pause/").status_code == 405


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"address": ""}, 400, "Fill this in."),
        ({"address": "javascript:alert(1)"}, 400, "This is not an address"),
        ({"address": "http://169.254.169.254/"}, 400, "not one of the public internet"),
        ({"address": f"https://news.example/{'x' * 3000}"}, 400, "at most 2000"),
        ({"every": "1"}, 400, "Fill in a whole number from 5 to 1440."),
        ({"every": ""}, 400, "Fill in a whole number from 5 to 1440."),
        ({"outlet_kind": "rumour"}, 400, "Choose one of the answers."),
        ({"outlet": "a@b.example"}, 400, "not the name of a medium"),
        ({}, 409, "This feed is there already."),
    ],
    ids=str,
)
def test_what_cannot_be_added_is_told_beside_the_form(
    client: Client, feed: Feed, changes: dict[str, str], status: int, sentence: str
) -> None:
    answer = client.post(FEEDS, {**GIVEN, **changes})
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert Feed.objects.get() == feed


@pytest.mark.parametrize("problem", SENTENCES)
@pytest.mark.usefixtures("feed")
def test_what_went_wrong_is_told_in_words(client: Client, problem: str) -> None:
    Feed.objects.update(problem=problem, failures=3, polled_at=NOW)
    page = client.get(FEEDS).content.decode()
    assert str(SENTENCES[problem]) in page
    assert "This happened 3 times in a row." in page


@pytest.mark.usefixtures("feed")
def test_what_went_well_is_told_with_when(client: Client) -> None:
    Feed.objects.update(polled_at=NOW, items_found=12, items_new=1, kind=Feed.Kind.SITEMAP)
    page = shown(client, FEEDS)
    for told in ("It went well: 12 items.", "1 of them is new.", "News sitemap", "asked for at"):
        assert told in page


def test_the_incidents_for_which_items_wait_are_named(
    client: Client, feed: Feed, incident: Incident
) -> None:
    make_item(feed, incident)
    assert f'href="{at(incident)}"' in shown(client, FEEDS)
    assert "1 news item waits for your answer" in shown(
        client, f"/desk/waterdam/ophef/{incident.pk}/"
    )
    Incident.objects.update(closed_at=NOW)
    assert f'href="{at(incident)}"' not in shown(client, FEEDS)
    assert "waits for your answer" not in shown(client, f"/desk/waterdam/ophef/{incident.pk}/")


# Items


def test_items_are_shown_with_how_well_they_fit(
    client: Client, feed: Feed, incident: Incident
) -> None:
    make_item(feed, incident, title="A <plan>", confidence=0.625, is_dated=False)
    page = shown(client, at(incident))
    for told in ("A &lt;plan&gt;", "fits for 62%", "it has no right date", "De Waterdammer"):
        assert told in page
    assert 'href="https://news.example/1" rel="noreferrer nofollow"' in page


def test_yes_no_and_taking_back_work_without_scripts(
    client: Client, feed: Feed, incident: Incident
) -> None:
    yes, no = make_item(feed, incident), make_item(feed, incident, digest="e", article="b")
    page = shown(client, at(incident))
    for each, answer in ((yes, "accept"), (no, "refuse")):
        address = at(incident, f"{each.pk}/{answer}/")
        assert f'formaction="{address}"' in page
        assert client.post(address).headers["Location"] == at(incident)
    assert Signal.objects.get().link.address == "https://news.example/1"
    assert "Nothing is here." in shown(client, at(incident))
    done = shown(client, at(incident, "?decided=1"))
    assert "is about this incident" in done
    assert "is not about this incident" in done
    assert 'href="https://news.example/1"' in done
    for each in (yes, no):
        assert client.post(at(incident, f"{each.pk}/undo/")).status_code == 302
    assert FeedItem.objects.filter(decision="undecided").count() == 2
    assert f"Item {no.pk}" in shown(client, at(incident))


def test_what_cannot_be_decided_is_told(client: Client, feed: Feed, incident: Incident) -> None:
    item = make_item(feed, incident)
    assert client.post(at(incident, f"{item.pk}/undo/")).status_code == 409
    assert client.post(at(incident, "999/accept/")).status_code == 404
    assert client.get(at(incident, f"{item.pk}/accept/")).status_code == 405
    Incident.objects.update(starts_at=NOW)
    refused = client.post(at(incident, f"{item.pk}/accept/"))
    assert refused.status_code == 409
    assert "before the incident starts" in refused.content.decode()


def test_an_item_of_another_incident_is_not_found(
    client: Client, feed: Feed, incident: Incident
) -> None:
    item = make_item(feed, incident)
    other = make_incident(incident.organisation)
    assert client.post(at(other, f"{item.pk}/accept/")).status_code == 404


def test_items_stand_on_pages(
    client: Client, feed: Feed, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "SIZE", 2)
    made = [
        make_item(feed, incident, digest=str(number), article=str(number), title=f"Plan {number}")
        for number in range(3)
    ]
    page = shown(client, at(incident))
    assert "Plan 2" in page
    assert f'href="?before={made[1].pk}"' in page
    assert "Plan 0" in shown(client, at(incident, f"?before={made[1].pk}"))
    for nonsense in ("x", "-1", "9" * 30, "\u0661"):
        assert client.get(at(incident, f"?before={nonsense}")).status_code == 400
    for each in made:
        client.post(at(incident, f"{each.pk}/refuse/"))
    done = shown(client, at(incident, "?decided=1"))
    assert f'href="?decided=1&amp;before={made[1].pk}"' in done


def test_an_auditor_looks_and_changes_nothing(feed: Feed, incident: Incident) -> None:
    auditor = desk(incident.organisation, Role.AUDITOR)
    item = make_item(feed, incident)
    assert "Add the feed" not in shown(auditor, FEEDS)
    assert "Yes, count it" not in shown(auditor, at(incident))
    assert auditor.post(FEEDS, GIVEN).status_code == 403
    for address in (f"{FEEDS}{feed.pk}/pause/", at(incident, f"{item.pk}/accept/")):
        assert auditor.post(address).status_code == 403


@pytest.mark.usefixtures("feed")
def test_others_see_nothing_of_it(incident: Incident) -> None:
    moderator = desk(incident.organisation, Role.MODERATOR)
    for address in (FEEDS, at(incident)):
        assert moderator.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_pages_ask_no_more_of_the_database_for_more_rows(
    client: Client, feed: Feed, incident: Incident, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        make_item(feed, incident, digest=str(number), article=str(number))
        make_feed(feed.organisation, f"https://news.example/{number}", polled_at=NOW)
    limit = django_assert_max_num_queries
    assert callable(limit)
    for address in (FEEDS, at(incident), at(incident, "?decided=1")):
        with limit(12):
            client.get(address)
