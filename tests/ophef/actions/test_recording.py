from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count
from tests.ophef.register import START, make_incident
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.actions.incidents import close_incident
from spreekruimte.ophef.actions.recording import key_of, record_signal, withdraw_signal
from spreekruimte.ophef.models import Incident, Kind, Link, Outlet, Signal, Source, Tally
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

BY: Any = {"actor": OPERATOR, "now": NOW}
CALL = Reported(kind=Kind.CALL, at=NOW, author="020-1234567")


def record(incident: Incident, reported: Reported = CALL, key: str = "a") -> Signal:
    given = {"incident": incident, "reported": reported, "source": Source.HAND, "key": key, **BY}
    return record_signal(**given).signal


def test_a_signal_is_recorded_once_with_its_entry_in_the_trail() -> None:
    incident = make_incident()
    signal = record(incident)
    assert record(incident) == signal
    assert Signal.objects.count() == Tally.objects.get().count == 1
    entry = AuditEntry.objects.get(action="record_signal")
    assert (entry.identifier, entry.details["kind"]) == (str(signal.pk), "call")


def test_an_author_is_one_number_over_all_incidents_of_an_organisation() -> None:
    first = make_incident()
    second = make_incident(first.organisation)
    elsewhere = make_incident(make_organisation("elsewhere"))
    authors = [record(each, key=str(each.pk)).author for each in (first, second, elsewhere)]
    assert authors[0] == authors[1] != authors[2]
    assert record(first, replace(CALL, author=""), key="b").author is None


def test_a_medium_is_kept_once_and_its_kind_when_somebody_says_it() -> None:
    incident = make_incident()
    item = Reported(kind=Kind.MEDIA, at=NOW, outlet="De Waterdammer", address="https://a.example/b")
    record(incident, item)
    record(incident, replace(item, outlet_kind="newspaper"), key="b")
    record(incident, replace(item, outlet_kind="blog"), key="c")
    assert Outlet.objects.get().kind == "newspaper"
    assert Link.objects.count() == 3


def test_a_signal_that_is_withdrawn_does_not_count_and_is_still_there() -> None:
    incident = make_incident()
    signal = record(incident)
    assert withdraw_signal(signal=signal, **BY)
    assert not withdraw_signal(signal=signal, **BY)
    assert Tally.objects.get().count == 0
    assert record(incident) == signal
    assert AuditEntry.objects.filter(action="withdraw_signal").count() == 1


def test_tallies_say_what_a_count_of_the_rows_says() -> None:
    incident = make_incident()
    kinds = [Kind.CALL, Kind.LETTER, Kind.CALL, Kind.THREAT, Kind.CALL]
    signals = [
        record(incident, Reported(kind=kind, at=NOW), key=str(place))
        for place, kind in enumerate(kinds)
    ]
    withdraw_signal(signal=signals[0], **BY)
    counted = Signal.objects.filter(withdrawal__isnull=True).values_list("kind")
    rows = dict(counted.annotate(count=Count("pk")))
    assert dict(Tally.objects.values_list("kind", "count")) == rows


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"at": NOW + timedelta(hours=1)}, "future"),
        ({"at": START - timedelta(seconds=1)}, "before_start"),
        ({"reach": -1}, "not_a_number"),
        ({"kind": Kind.HOURS}, "no_hours"),
        ({"kind": Kind.HOURS, "amount": Decimal(0)}, "not_hours"),
        ({"amount": Decimal(1)}, "hours_of_another_kind"),
        ({"platform": "mastodon"}, "platform_of_another_kind"),
        ({"kind": Kind.MENTION, "platform": "@me"}, "not_a_platform"),
        ({"outlet": "A"}, "outlet_of_another_kind"),
        ({"kind": Kind.MEDIA, "outlet": "editor@news.example"}, "not_an_outlet"),
        ({"kind": Kind.MEDIA, "outlet": "06-12345678"}, "not_an_outlet"),
        ({"kind": Kind.MEDIA, "outlet": "a" * 121}, "not_an_outlet"),
        ({"address": "https://a.example"}, "address_of_another_kind"),
        ({"kind": Kind.MEDIA, "address": "https://me:secret@a.example"}, "not_an_address"),
        ({"kind": Kind.MEDIA, "address": "https://[a"}, "not_an_address"),
        ({"kind": Kind.MEDIA, "address": "https://a.example/ b"}, "not_an_address"),
        ({"author": "a" * 301}, "not_an_author"),
    ],
    ids=str,
)
def test_what_cannot_be_a_signal_is_refused_and_nothing_is_stored(
    changes: dict[str, Any], reason: str
) -> None:
    incident = make_incident()
    with pytest.raises(SignalError) as caught:
        record(incident, replace(CALL, **changes))
    assert caught.value.reason == reason
    assert not Signal.objects.exists()
    assert not AuditEntry.objects.filter(action="record_signal").exists()


def test_a_closed_incident_and_a_key_of_another_signal_are_refused() -> None:
    incident = make_incident()
    record(incident)
    with pytest.raises(RefusedError, match="another signal"):
        record(incident, replace(CALL, kind=Kind.LETTER))
    close_incident(incident=incident, **BY)
    with pytest.raises(RefusedError, match="closed"):
        record(incident, key="b")
    assert Signal.objects.count() == 1


def test_the_key_of_a_signal_tells_nobody_what_it_was_made_of() -> None:
    incident = make_incident()
    elsewhere = make_incident(make_organisation("elsewhere"))
    kept = {record(each, key=key_of("020-1234567")).key for each in (incident, elsewhere)}
    assert len(kept) == 2
    assert key_of("020-1234567") not in kept


def test_keys_of_other_parts_are_other_keys() -> None:
    keys = [key_of(1, "ab"), key_of(1, "a", "b"), key_of(1, "a\nb"), key_of("1a", "b")]
    assert len(set(keys)) == 4
