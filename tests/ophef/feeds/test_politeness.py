"""A server is left alone for as long as it should be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.organisations.people import NOW

from spreekruimte.ophef.feeds.politeness import LONGEST_PAUSE, pause_after, read_retry_after

INTERVALS = st.timedeltas(timedelta(minutes=5), timedelta(days=1))
DRAWS = st.floats(0.0, 1.0, exclude_max=True)


@given(INTERVALS, st.integers(0, 10**6), DRAWS, DRAWS)
def test_the_pause_grows_with_failures_up_to_a_day(
    every: timedelta, failures: int, one: float, other: float
) -> None:
    pause = pause_after(every=every, failures=failures, draw=lambda: one)
    assert 0.9 * min(every, LONGEST_PAUSE) <= pause + timedelta(milliseconds=1)
    assert pause <= LONGEST_PAUSE
    more = pause_after(every=every, failures=failures + 1, draw=lambda: one)
    assert more >= pause
    assert pause_after(every=every, failures=failures, draw=lambda: max(one, other)) >= pause


def test_the_interval_doubles_with_each_failure() -> None:
    every = timedelta(minutes=15)
    pauses = [pause_after(every=every, failures=each, draw=lambda: 0.5) for each in range(8)]
    assert pauses[:7] == [every * 2**each for each in range(7)]
    assert pauses[7] == LONGEST_PAUSE


@given(INTERVALS, st.timedeltas(timedelta(0), timedelta(days=400)), DRAWS)
def test_what_the_server_asks_for_is_the_least_up_to_a_day(
    every: timedelta, asked: timedelta, draw: float
) -> None:
    pause = pause_after(every=every, failures=1, retry_after=asked, draw=lambda: draw)
    assert min(asked, LONGEST_PAUSE) <= pause <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("told", "pause"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("9" * 5000, LONGEST_PAUSE),
        ("Mon, 23 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Mon, 23 Nov 2026 13:00:00 -0000", timedelta(hours=1)),
        ("Mon, 23 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("Mon, 23 Nov 2099 11:00:00 GMT", LONGEST_PAUSE),
        ("", timedelta(0)),
        ("-5", timedelta(0)),
        ("soon", timedelta(0)),
        ("\u0661\u0662", timedelta(0)),
    ],
)
def test_retry_after_is_read_in_both_ways_and_nonsense_is_no_time(
    told: str, pause: timedelta
) -> None:
    assert read_retry_after(told, now=NOW) == pause
