from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ophef.importing.cells import (
    Cell,
    read_direction,
    read_hours,
    read_kind,
    read_moment,
    read_outlet_kind,
    read_text,
    read_whole,
    read_yes_or_no,
)
from spreekruimte.ophef.reasons import SignalError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(day: Cell, clock: Cell = None) -> datetime:
    return read_moment(day, clock, zone=AMSTERDAM)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("1-7-2026 14:05", ""),
        ("01-07-2026 14:05:00", ""),
        ("1/7/2026 14.05 uur", ""),
        ("1.7.2026", "14:05"),
        ("2026-07-01T14:05", None),
        ("2026-07-01 12:05:00Z", None),
        ("2026-07-01T14:05:00+02:00", None),
        (datetime(2026, 7, 1, 14, 5), None),  # noqa: DTZ001 - as a workbook has it
        (date(2026, 7, 1), time(14, 5)),
        (date(2026, 7, 1), datetime(1899, 12, 30, 14, 5)),  # noqa: DTZ001 - so too
    ],
    ids=str,
)
def test_a_moment_is_read_however_it_is_written(day: Cell, clock: Cell) -> None:
    assert moment(day, clock) == datetime(2026, 7, 1, 12, 5, tzinfo=UTC)


def test_a_day_without_a_time_is_at_noon() -> None:
    assert moment("1-7-2026") == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_the_clock_that_is_put_back_shows_an_hour_twice_and_the_first_is_meant() -> None:
    assert moment("25-10-2026 02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "reason"),
    [
        ("", "", "no_time"),
        (None, "14:05", "no_time"),
        ("yesterday", "", "not_a_time"),
        ("31-2-2026", "", "not_a_time"),
        ("1-2-26", "", "not_a_time"),
        ("1-7-2026 25:00", "", "not_a_time"),
        ("1-7-2026", "25:00", "not_a_time"),
        ("1-7-2026", "noon", "not_a_time"),
        ("2026-07-01T14:05:00+99:00", "", "not_a_time"),
        ("29-3-2026 02:30", "", "no_such_time"),
        (46204, "", "not_a_time"),
        ("1-1-0001", "", "not_a_time"),
        ("9999-12-31T23:59:59-14:00", "", "not_a_time"),
    ],
)
def test_what_is_no_moment_says_why(day: Cell, clock: Cell, reason: str) -> None:
    with pytest.raises(SignalError) as caught:
        moment(day, clock)
    assert caught.value.reason == reason


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_each_moment_with_its_zone_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert moment(at.isoformat()) == at


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.200", 1200), ("1,200,300", 1200300), ("12 000", 12000), ("7,0", 7), (7.0, 7), ("", None)],
)
def test_a_whole_number_is_read_however_it_is_grouped(cell: Cell, number: int | None) -> None:
    assert read_whole(cell) == number


@pytest.mark.parametrize("cell", ["-1", "1,5", "many", "1.2000", "9" * 13])
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    with pytest.raises(SignalError, match="whole number"):
        read_whole(cell)


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("1,5", "1.5"), ("1.5", "1.5"), ("0,25", "0.25"), ("1.250,75", "1250.75"), (2.5, "2.5")],
)
def test_hours_are_read_with_a_comma_or_a_point(cell: Cell, hours: str) -> None:
    assert read_hours(cell) == Decimal(hours)


@pytest.mark.parametrize("cell", ["-1,5", "some", "1,2,3", "1" * 13])
def test_what_is_no_number_of_hours_is_refused(cell: str) -> None:
    with pytest.raises(SignalError, match="hours"):
        read_hours(cell)


def test_words_are_read_in_dutch_and_english() -> None:
    assert (read_kind("Telefoon"), read_kind("phone call")) == ("call", "call")
    assert (read_direction("Tegen"), read_direction("defence"), read_direction("?")) == (
        -1,
        1,
        None,
    )
    assert (read_yes_or_no("Ja", "outside"), read_yes_or_no("no", "outside")) == (True, False)
    assert read_yes_or_no("onbekend", "outside") is None
    assert (read_outlet_kind("Krant"), read_outlet_kind("leaflet")) == ("newspaper", "other")
    assert (read_outlet_kind(None), read_hours(None), read_text(20.0)) == ("", None, "20")


@pytest.mark.parametrize(
    ("read", "cell", "reason"),
    [
        (read_kind, "", "no_kind"),
        (read_kind, "rumour", "not_a_kind"),
        (read_direction, "upwards", "not_a_direction"),
        (lambda cell: read_yes_or_no(cell, "outside"), "perhaps", "not_yes_or_no"),
    ],
)
def test_an_unknown_word_is_refused(read: object, cell: str, reason: str) -> None:
    assert callable(read)
    with pytest.raises(SignalError) as caught:
        read(cell)
    assert caught.value.reason == reason
