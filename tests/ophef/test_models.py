from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from tests.cases.stored import make_draft
from tests.cases.test_no_person import is_forbidden
from tests.ophef.register import START, make_incident, make_signal
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.models import (
    AccessToken,
    Act,
    Feed,
    FeedItem,
    Import,
    Incident,
    Kind,
    Link,
    Outlet,
    RefusedLine,
    RegisterKey,
    Signal,
    Source,
    Tally,
    Withdrawal,
)
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.organisations.models import User

MODELS = list(apps.get_app_config("ophef").get_models())
# Each holds no person: a pseudonym, the name of a medium or a file, where a feed or item stands.
LET_THROUGH = {
    "Signal.author",
    "Outlet.name",
    "Import.file_name",
    "Link.address",
    "Feed.address",
    "FeedItem.address",
    "Incident.address_patterns",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_has_a_field_for_a_person(model: type[models.Model]) -> None:
    names = {f"{model.__name__}.{field.name}" for field in model._meta.get_fields()}
    found = {name for name in names if is_forbidden(name.split(".")[1])}
    assert found <= LET_THROUGH


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_leads_to_a_user(model: type[models.Model]) -> None:
    assert User not in {field.related_model for field in model._meta.fields}


def refused(act: Callable[..., object], *arguments: object, **options: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act(*arguments, **options)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"title_nl": ""}, {"title_en": ""}, {"ends_at": START}],
    ids=str,
)
def test_the_database_refuses_an_incident(changes: dict[str, Any]) -> None:
    refused(make_incident, **changes)


@pytest.mark.django_db
def test_a_case_has_one_incident_of_an_organisation_and_others_have_as_many() -> None:
    case = make_draft()
    make_incident(case.organisation, case=case)
    refused(make_incident, case.organisation, case=case)
    make_incident(case.organisation)
    make_incident(make_organisation("elsewhere"), case=case)
    assert Incident.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rumour"},
        {"key": ""},
        {"source": "hearsay"},
        {"direction": 2},
        {"reach": -1},
        {"reach": 10_000_000_001},
        {"kind": "hours"},
        {"kind": "hours", "amount": 0},
        {"kind": "hours", "amount": 100_001},
        {"amount": 1},
        {"platform": "mastodon"},
    ],
    ids=str,
)
def test_the_database_refuses_a_signal(changes: dict[str, Any]) -> None:
    incident = make_incident()
    refused(make_signal, incident, **{"key": "a", **changes})
    assert not Signal.objects.exists()


@pytest.mark.django_db
def test_only_a_media_item_has_an_outlet() -> None:
    incident = make_incident()
    outlet = Outlet.objects.create(organisation=incident.organisation, name="De Waterdammer")
    make_signal(incident, "a", kind=Kind.MEDIA, outlet=outlet)
    refused(make_signal, incident, "b", outlet=outlet)


@pytest.mark.django_db
def test_nothing_enters_twice_from_one_source_of_an_organisation() -> None:
    incident = make_incident()
    make_signal(incident, "a")
    refused(make_signal, incident, "a")
    refused(make_signal, make_incident(incident.organisation), "a")
    make_signal(incident, "a", source=Source.FEED)
    make_signal(make_incident(make_organisation("elsewhere")), "a")
    assert Signal.objects.count() == 3


@pytest.mark.django_db
def test_a_signal_stays_as_it_is_and_can_be_withdrawn_once() -> None:
    signal = make_signal(make_incident(), "a")
    Withdrawal.objects.create(signal=signal, at=NOW)
    refused(Withdrawal.objects.create, signal=signal, at=NOW)
    for change in (signal.save, signal.delete, Withdrawal.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "measure"},
        {"kind": "measure", "measure": 9},
        {"kind": "measure", "measure": 3, "guideline": "On social media"},
        {"kind": "order"},
        {"kind": "order", "order": "prison"},
        {"kind": "order", "order": "access", "measure": 3},
        {"kind": "rule", "strictness": 1},
        {"kind": "rule", "guideline": "On social media"},
        {"kind": "rule", "guideline": "On social media", "strictness": 2},
        {"kind": "praise"},
    ],
    ids=str,
)
def test_the_database_refuses_an_act(changes: dict[str, Any]) -> None:
    act = {"incident": make_incident(), "on": NOW.date(), "recorded_at": NOW, **changes}
    refused(Act.objects.create, **act)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"kind": "measure", "measure": 0}, {"kind": "order", "order": "access"}]
    + [{"kind": "rule", "guideline": "On social media", "strictness": step} for step in (-1, 0, 1)],
    ids=str,
)
def test_an_act_has_what_its_kind_has(changes: dict[str, Any]) -> None:
    act = {"incident": make_incident(), "on": NOW.date(), "recorded_at": NOW, **changes}
    assert str(Act.objects.create(**act).incident_id) in str(Act.objects.get())


def make_feed(incident: Incident) -> Feed:
    return Feed.objects.create(
        organisation=incident.organisation,
        address="https://news.example/feed",
        kind=Feed.Kind.RSS,
        next_poll_at=NOW,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "a"},
        {"decision": "maybe"},
        {"decision": "yes"},
        {"decision": "no"},
        {"incident": None},
        {"confidence": 1.1},
    ],
    ids=str,
)
def test_the_database_refuses_an_item_of_a_feed(changes: dict[str, Any]) -> None:
    incident = make_incident()
    times = {"published_at": NOW, "found_at": NOW}
    item = {"feed": make_feed(incident), "incident": incident, "title": "A plan", **times}
    FeedItem.objects.create(digest="a", **item)
    refused(FeedItem.objects.create, **{"digest": "b", **item, **changes})


@pytest.mark.django_db
def test_an_item_that_was_decided_on_keeps_no_title() -> None:
    incident = make_incident()
    times = {"published_at": NOW, "found_at": NOW}
    item = {"feed": make_feed(incident), "incident": incident, **times}
    FeedItem.objects.create(digest="a", decision=FeedItem.Decision.NO, **item)
    signal = make_signal(incident, "a", kind=Kind.MEDIA, source=Source.FEED)
    accepted = {"decision": FeedItem.Decision.YES, "signal": signal}
    FeedItem.objects.create(digest="b", **item, **accepted)
    refused(FeedItem.objects.create, digest="c", title="A plan", **item, **accepted)


@pytest.mark.django_db
def test_the_database_refuses_what_is_not_complete() -> None:
    incident = make_incident()
    organisation = incident.organisation
    make_feed(incident)
    refused(make_feed, incident)
    made = Import.objects.create(
        incident=incident, file_name="a", mapping={}, size=1, created_at=NOW, seen_at=NOW
    )
    refused(Import.objects.filter(pk=made.pk).update, state="lost")
    refused(Import.objects.filter(pk=made.pk).update, problem="no_lines")
    refused(RefusedLine.objects.create, imported=made, number=2, reason="")
    refused(Outlet.objects.create, organisation=organisation, name="")
    refused(Outlet.objects.create, organisation=organisation, name="a", kind="rumour")
    token = {"organisation": organisation, "use": "phone", "purpose": "Reception", "issued_at": NOW}
    refused(AccessToken.objects.create, **token, digest="")
    refused(AccessToken.objects.create, **{**token, "use": "fax"}, digest="a")
    refused(Link.objects.create, signal=make_signal(incident, "a"), address="")
    refused(Tally.objects.create, incident=incident, kind="rumour")


@pytest.mark.django_db
def test_a_row_is_printed_without_what_leads_to_somebody() -> None:
    incident = make_incident()
    signal = make_signal(incident, "a", author=123456, at=NOW - timedelta(days=1))
    rows = [
        incident,
        signal,
        Withdrawal(signal=signal, at=NOW),
        Link(signal=signal, address="https://news.example/who"),
        RegisterKey(organisation=incident.organisation, key=b"secret"),
        Import(incident=incident, file_name="who.csv"),
        RefusedLine(number=3),
        AccessToken(digest="secret"),
        Feed(address="https://news.example/who"),
        FeedItem(title="who"),
        Tally(incident=incident, kind=Kind.CALL, count=3),
        Outlet(name="De Waterdammer"),
    ]
    printed = " ".join(map(str, rows))
    assert not [each for each in ("who", "secret", "123456", "plan") if each in printed]
