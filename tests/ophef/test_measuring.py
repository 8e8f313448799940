"""From the register to figures: what is read, measured and kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.utils import timezone
from tests.ophef.register import START, make_incident, make_signal
from tests.organisations.people import NOW

from spreekruimte.analysis import ophef
from spreekruimte.analysis.ophef import Direction
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.incidents import About, change_incident
from spreekruimte.ophef.actions.measuring import (
    PATIENCE,
    give_up_silent,
    measure_incident,
    measuring,
    start_measuring,
)
from spreekruimte.ophef.actions.recording import record_signal, withdraw_signal
from spreekruimte.ophef.measuring.reading import follow_wall, read_signals, read_wall, wall_of
from spreekruimte.ophef.models import (
    Incident,
    Kind,
    Measurement,
    Measuring,
    Outlet,
    Signal,
    Source,
    Withdrawal,
)
from spreekruimte.ophef.reported import Reported
from spreekruimte.ophef.tasks import measure
from spreekruimte.ophef.watching import BETWEEN_MEASUREMENTS, refresh_measurements
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.organisations.models import OPERATOR

pytestmark = pytest.mark.django_db
BY: Any = {"actor": OPERATOR, "now": NOW}


def record(incident: Incident, key: str, kind: Kind = Kind.CALL, **changes: Any) -> Signal:  # noqa: ANN401
    given = {"at": NOW - timedelta(hours=1), **changes}
    return record_signal(
        incident=incident, reported=Reported(kind=kind, **given), source=Source.HAND, key=key, **BY
    ).signal


def revision_of(incident: Incident) -> int:
    return Incident.objects.get(pk=incident.pk).revision


def test_every_column_of_a_signal_is_read() -> None:
    incident = make_incident()
    outlet = Outlet.objects.create(organisation=incident.organisation, name="De Krant")
    make_signal(
        incident,
        "a",
        START,
        kind=Kind.MEDIA,
        outlet=outlet,
        reach=100,
        direction=-1,
        is_outside=True,
    )
    make_signal(incident, "b", START + timedelta(hours=1), kind=Kind.HOURS, amount=Decimal("2.5"))
    make_signal(
        incident, "c", START + timedelta(hours=2), author=7, is_outside=False, is_employers=True
    )
    make_signal(incident, "d", START + timedelta(hours=3), author=2**62)
    signals = read_signals(incident)
    assert signals.kinds.tolist() == [
        ophef.Kind.MEDIA_ITEM,
        ophef.Kind.STAFF_HOURS,
        ophef.Kind.CALL,
        ophef.Kind.CALL,
    ]
    assert (signals.times - wall_of(START)).tolist() == [0.0, 3600.0, 7200.0, 10800.0]
    assert signals.authors.tolist() == [-1, -1, 0, 1]
    assert signals.outlets.tolist() == [0, -1, -1, -1]
    np.testing.assert_array_equal(signals.reach, [100.0, np.nan, np.nan, np.nan])
    assert signals.direction.tolist() == [-1, *[int(Direction.UNKNOWN)] * 3]
    assert signals.outside.tolist() == [1, -1, 0, -1]
    assert signals.employers.tolist() == [False, False, True, False]
    assert signals.amounts.tolist() == [1.0, 2.5, 1.0, 1.0]


def test_what_was_withdrawn_and_what_is_of_another_incident_is_not_read() -> None:
    incident = make_incident()
    make_signal(incident, "a")
    Withdrawal.objects.create(signal=make_signal(incident, "b"), at=NOW)
    make_signal(make_incident(incident.organisation), "c")
    assert len(read_signals(incident)) == 1


def test_times_follow_the_clock_on_the_wall_when_it_is_put_over() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    moments = [
        datetime(2026, 3, 29, 1, 59, 59, tzinfo=zone),
        datetime(2026, 3, 29, 3, 0, 0, tzinfo=zone),
        datetime(2026, 10, 25, 2, 30, 0, tzinfo=zone, fold=0),
        datetime(2026, 10, 25, 2, 30, 0, tzinfo=zone, fold=1),
    ]
    walls = follow_wall(np.array([int(each.timestamp()) for each in moments]))
    assert [read_wall(each) for each in walls.tolist()] == [
        each.replace(tzinfo=None, fold=0) for each in moments
    ]


def test_a_measurement_holds_the_index_as_in_the_formula() -> None:
    incident = make_incident()
    for number in range(4):
        record(incident, f"m{number}", Kind.MEDIA, is_employers=number == 0)
    for number in range(7):
        record(incident, f"c{number}", author="010-1234567")
    record(incident, "t", Kind.THREAT)
    measurement = measure_incident(incident=incident, now=NOW)
    figures = measurement.figures
    assert (figures["index"]["media_items"], figures["index"]["calls"]) == (4, 7)
    assert figures["index"]["index"][0] == 11.0
    assert figures["kinds"]["threat"] == 1
    assert figures["voices"]["unique_authors"] == 1
    assert sum(figures["series"]["counts"]) == 11
    assert figures["excitation"] == {"refused": "too_few_signals", "found": 11.0, "needed": 50.0}
    assert (measurement.number, measurement.method) == (1, "ophef 1")


def test_an_incident_without_signals_is_measured_too() -> None:
    incident = make_incident()
    withdraw_signal(signal=record(incident, "a"), **BY)
    figures = measure_incident(incident=incident, now=NOW).figures
    assert (figures["signals"], figures["peak"], figures["bursts"]) == (0, None, [])


def test_a_burst_is_found_in_what_the_register_holds() -> None:
    incident = make_incident()
    for day in range(28):
        make_signal(incident, f"q{day}", START + timedelta(days=day, hours=day % 7))
    for number in range(60):
        make_signal(incident, f"b{number}", START + timedelta(days=20, minutes=number * 5))
    Incident.objects.update(revision=1)
    [burst] = measure_incident(incident=incident, now=NOW).figures["bursts"]
    assert burst["start"] <= wall_of(START + timedelta(days=20, hours=1)) < burst["end"]


def test_the_same_signals_give_the_same_digest_in_any_order() -> None:
    one = make_incident()
    other = make_incident(one.organisation)
    moments = [START + timedelta(hours=number) for number in range(5)]
    for place, (first, second) in enumerate(zip(moments, reversed(moments), strict=True)):
        make_signal(one, f"1{place}", first, author=place)
        make_signal(other, f"2{place}", second, author=4 - place)
    Incident.objects.update(revision=1)
    [a, b] = [measure_incident(incident=each, now=NOW) for each in (one, other)]
    assert (a.input_digest, a.figures) == (b.input_digest, b.figures)


def test_a_revision_is_measured_once_and_a_measurement_stays() -> None:
    incident = make_incident()
    record(incident, "a")
    first = measure_incident(incident=incident, now=NOW)
    assert measure_incident(incident=incident, now=NOW) == first
    record(incident, "b")
    second = measure_incident(incident=incident, now=NOW)
    assert (second.number, second.figures["signals"]) == (2, 2)
    with pytest.raises(AppendOnlyError):
        second.delete()


def test_what_changes_the_figures_changes_the_revision_and_nothing_else_does() -> None:
    incident = make_incident()
    signal = record(incident, "a")
    assert revision_of(incident) == 1
    record(incident, "a")
    assert revision_of(incident) == 1
    withdraw_signal(signal=signal, **BY)
    assert revision_of(incident) == 2
    about = About(Bilingual("Een bericht", "A post"), starts_at=START - timedelta(days=1))
    change_incident(incident=incident, about=about, **BY)
    assert revision_of(incident) == 3


def test_a_changed_incident_is_measured_in_the_background_once_it_stands_still() -> None:
    incident = make_incident()
    assert refresh_measurements(NOW) == 0
    record(incident, "a")
    assert refresh_measurements(NOW) == 0
    assert refresh_measurements(NOW) == 1
    assert refresh_measurements(NOW) == 0
    measure.call(incident.pk)
    assert Measurement.objects.count() == 1
    assert not Measuring.objects.exists()
    measure.call(incident.pk)
    assert refresh_measurements(NOW) == 0


def test_an_incident_that_goes_on_is_measured_now_and_then() -> None:
    incident = make_incident()
    record(incident, "a")
    at = measure_incident(incident=incident, now=NOW).computed_at
    record(incident, "b")
    assert [refresh_measurements(at) for _ in range(3)] == [0, 0, 0]
    assert refresh_measurements(at + BETWEEN_MEASUREMENTS) == 1


def break_off(incident: Incident) -> None:
    with measuring(incident.pk) as is_mine:
        assert is_mine
        assert Measuring.objects.get().state == Measuring.State.READING
        raise ZeroDivisionError


def test_measuring_that_failed_or_died_is_tried_again_later() -> None:
    incident = make_incident()
    assert start_measuring(incident=incident, now=timezone.now())
    assert not start_measuring(incident=incident, now=timezone.now())
    with pytest.raises(ZeroDivisionError):
        break_off(incident)
    assert Measuring.objects.get().state == Measuring.State.FAILED
    assert give_up_silent(now=timezone.now()) == 0
    assert give_up_silent(now=timezone.now() + 2 * PATIENCE) == 1
