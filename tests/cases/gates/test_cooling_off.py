from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.gates.facts import FACTS, TODAY, codes

from spreekruimte.cases.gates.cooling_off import (
    PROCEDURES,
    CoolingOffFacts,
    Procedure,
    check_cooling_off,
    first_day,
)

CLOSED = FACTS.cooling_off


def check(facts: CoolingOffFacts, today: date = TODAY) -> list[str]:
    return codes(check_cooling_off(facts, is_synthetic=False, today=today))


@pytest.mark.parametrize(
    ("latest_day", "opens"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_half_a_year_is_counted_on_the_calendar(latest_day: date, opens: date) -> None:
    facts = replace(CLOSED, latest_day=latest_day)
    assert first_day(latest_day) == opens
    assert check(facts, opens) == []
    assert check(facts, opens - timedelta(days=1)) == ["too_young"]


@given(st.dates(max_value=date(9999, 1, 1)))
def test_half_a_year_is_181_to_184_days(day: date) -> None:
    assert 181 <= (first_day(day) - day).days <= 184


def test_a_post_has_a_day_that_has_been() -> None:
    assert check(replace(CLOSED, latest_day=None)) == ["day_unknown"]
    assert check(replace(CLOSED, latest_day=TODAY + timedelta(days=1))) == ["day_in_future"]


@pytest.mark.parametrize("procedure", list(PROCEDURES))
def test_an_open_or_unknown_procedure_stops(procedure: Procedure) -> None:
    opened = replace(CLOSED, open_procedures={**CLOSED.open_procedures, procedure: "yes"})
    assert check(opened) == [f"open_{procedure}"]
    left = {key: reply for key, reply in CLOSED.open_procedures.items() if key != procedure}
    assert check(replace(CLOSED, open_procedures=left)) == [f"unknown_{procedure}"]


def test_a_synthetic_case_needs_no_time() -> None:
    assert check_cooling_off(CoolingOffFacts(), is_synthetic=True, today=TODAY).passed
