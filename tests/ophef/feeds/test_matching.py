"""Items find their incident by address, words and time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ophef.register import START
from tests.organisations.people import NOW

from spreekruimte.ophef.feeds.items import Item
from spreekruimte.ophef.feeds.matching import (
    ENOUGH,
    Match,
    Sought,
    combine,
    find_match,
    sought,
    weigh_time,
    weigh_words,
)

PARTS = st.floats(0.0, 1.0)


def make_item(
    title: str = "",
    *,
    summary: str = "",
    address: str = "https://news.example/1",
    at: datetime = START,
    wrong_date: str | None = None,
) -> Item:
    return Item("d", "a", address, title, summary, at, wrong_date)


def seek(
    identifier: int = 1,
    *,
    words: list[str] | None = None,
    patterns: list[str] | None = None,
    ends_at: datetime | None = None,
) -> Sought:
    return sought(
        identifier,
        words=words or [],
        address_patterns=patterns or [],
        starts_at=START,
        ends_at=ends_at,
    )


def confidence(item: Item, incident: Sought) -> float:
    match = find_match(item, [incident])
    return match.confidence if match else 0.0


@given(PARTS, PARTS, PARTS, PARTS)
def test_the_confidence_grows_with_each_part_and_stays_from_0_to_1(
    address: float, words: float, time: float, more: float
) -> None:
    found = combine(address, words, time)
    assert 0.0 <= found <= 1.0
    slack = 1e-12
    assert combine(max(address, more), words, time) >= found - slack
    assert combine(address, max(words, more), time) >= found - slack
    assert combine(address, words, max(time, more)) >= found - slack


@given(st.integers(0, 30), st.integers(0, 30), st.timedeltas(timedelta(0), timedelta(days=9999)))
def test_more_words_weigh_more_and_more_time_weighs_less(
    in_title: int, in_summary: int, since: timedelta
) -> None:
    weight = weigh_words(in_title, in_summary)
    assert 0.0 <= weight <= weigh_words(in_title, in_summary + 1) <= 1.0
    assert weigh_words(in_title, in_summary + 1) <= weigh_words(in_title + 1, in_summary)
    time = weigh_time(since, is_dated=True)
    assert 0.0 <= weigh_time(since + timedelta(days=1), is_dated=True) <= time <= 1.0
    assert weigh_time(since, is_dated=False) <= time


def test_time_alone_and_nothing_are_nothing() -> None:
    assert combine(0.0, 0.0, 1.0) == 0.0
    assert find_match(make_item("Some news"), [seek(), seek(2, words=["plan"])]) is None


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (make_item("The plan"), 0.5),
        (make_item("THE PLÁN: more"), 0.5),
        (make_item("The council on the plan"), 0.75),
        (make_item("A town hall plan in council"), 0.875),
        (make_item(summary="the plan and the council"), 0.5),
        (make_item("The plan", summary="the plan"), 0.5),
        (make_item(address="https://news.example/local/PLAN/1"), 0.6),
        (make_item("The plan", address="https://news.example/local/plan/1"), 0.8),
        (make_item("The plan", at=START + timedelta(days=30)), 0.375),
        (make_item("The plan", wrong_date=""), 0.375),
        (make_item("Plans are planned"), 0.0),
        (make_item("A town, a hall"), 0.0),
        (make_item("The plan", at=START - timedelta(seconds=1)), 0.0),
        (make_item("The plan", at=NOW + timedelta(seconds=1)), 0.0),
    ],
)
def test_the_formula_is_as_documented(item: Item, expected: float) -> None:
    incident = seek(
        words=["plan", "Council", "town hall"], patterns=["news.example/*/plan"], ends_at=NOW
    )
    assert confidence(item, incident) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [("/plan/", True), ("news.example/*plan*", True), ("*", False), ("/1*news", False)],
)
def test_a_star_is_anything_and_alone_it_is_nothing(pattern: str, fits: bool) -> None:
    item = make_item(address="https://www.news.example/local/plan/1")
    assert (confidence(item, seek(patterns=[pattern])) > 0.0) is fits
    assert confidence(make_item(address=""), seek(patterns=[pattern])) == 0.0


def test_one_word_in_the_title_is_enough_however_late() -> None:
    late = make_item("The plan", at=START + timedelta(days=9000))
    assert confidence(late, seek(words=["plan"])) >= ENOUGH


def test_the_best_incident_is_found_whatever_their_order() -> None:
    incidents = [
        seek(3, words=["plan"]),
        seek(2, words=["plan", "council"]),
        seek(1, words=["plan", "council"]),
        seek(4, words=["... !"]),
    ]
    item = make_item("The plan of the council")
    for order in (incidents, incidents[::-1]):
        assert find_match(item, order) == Match(1, 0.75)
