"""Figures in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from spreekruimte.analysis.ophef.estimates import Reason
from spreekruimte.ophef.showing.words import (
    count_kinds,
    explain_refusal,
    list_findings,
    say_index,
    write_period,
    write_small,
)


def figures(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    share = {"share": [0.5, 0.4, 0.6], "known": 100}
    return {
        "index": {"media_items": 1, "calls": 3},
        "robust": {"authors": 40, "outlets": 2},
        "voices": {
            "unique_authors": 40,
            "loudest": share,
            "outside": share,
            "employers": share,
            "first_amplifier": {"kind": "media_item", "time": 0.0},
        },
        "excitation": {"branching_ratio": [0.6, 0.5, 0.7]},
        "wave": {"half_life": [7200.0, 3600.0, 400_000.0]},
        **changes,
    }


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_why_something_cannot_be_told_has_a_sentence(reason: Reason) -> None:
    assert explain_refusal({"refused": str(reason), "found": 3.0, "needed": 30.0}).endswith(".")


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5")]
)
def test_small_counts_are_not_told(count: int, told: str) -> None:
    assert write_small(count) == told


def test_the_formula_counts_items_as_they_are_and_hides_few_calls() -> None:
    assert say_index(figures()).endswith("1 media item and fewer than 5 phone calls.")


@pytest.mark.parametrize(
    ("seconds", "told"), [(60.0, "1 hour"), (7200.0, "2 hours"), (400_000.0, "5 days")]
)
def test_a_period_is_told_in_its_unit(seconds: float, told: str) -> None:
    assert write_period(seconds) == told


def test_findings_are_told_where_enough_is_known() -> None:
    told = " ".join(list_findings(figures()))
    assert "The ten loudest authors made 50% (40 to 60%)" in told
    assert "60% (50 to 70%) of the signals were set off" in told
    assert "halved every 2 hours (1 hour to 5 days)" in told
    assert "on 1 January 1970" in told


def test_what_few_signals_or_few_authors_say_is_not_told() -> None:
    few = {"share": [0.5, 0.4, 0.6], "known": 19}
    many = {"share": [0.5, 0.4, 0.6], "known": 100}
    voices = {
        "unique_authors": 19,
        "loudest": many,
        "outside": few,
        "employers": few,
        "first_amplifier": {"kind": "mention", "time": 0.0},
    }
    refused = {"refused": "too_few_signals", "found": 3.0, "needed": 30.0}
    told = list_findings(figures(voices=voices, excitation=refused, wave=refused))
    assert len(told) == 3
    assert told[1].endswith("It takes 30 signals; there are 3.")


def test_a_half_life_without_a_limit_has_no_interval() -> None:
    told = list_findings(figures(wave={"half_life": [7200.0, 3600.0, None]}))
    assert told[-1] == "The fuss halved about every 2 hours."


def test_kinds_are_counted_with_media_items_as_they_are() -> None:
    names = ("media_item", "call", "email", "letter", "mention", "question", "statement")
    counts = dict.fromkeys((*names, "complaint", "threat", "staff_hours"), 0)
    table = count_kinds({"kinds": {**counts, "media_item": 2, "threat": 1, "staff_hours": 3}})
    assert [tuple(map(str, row)) for row in table.rows] == [
        ("media item", "2"),
        ("threat", "fewer than 5"),
    ]
