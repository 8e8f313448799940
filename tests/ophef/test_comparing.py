"""Incidents beside each other: refusals below the numbers, and what is found above them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spreekruimte.ophef.measuring.comparing import (
    ComparedIncident,
    RuleChange,
    compare_incidents,
    digest_incidents,
    predict_all,
)
from spreekruimte.ophef.measuring.figures import Figures


def draw_incidents(count: int, *, seed: int = 1) -> list[ComparedIncident]:
    """Incidents in which the measure follows the fuss, and the public goes its own way."""
    rng = np.random.default_rng(seed)
    drawn = []
    for number in range(count):
        items, calls = int(rng.integers(0, 60)), int(rng.integers(0, 200))
        step = int(np.clip(round(np.log1p(items + calls) + rng.normal(0, 0.7)), 0, 8))
        share = float(rng.uniform(0.2, 0.9))
        rules = (RuleChange(730_000 + number + 1, 1 if rng.random() < 0.6 else 0),)
        drawn.append(
            ComparedIncident(
                incident=number + 1,
                case=number + 1,
                started=730_000 + number,
                items=items,
                calls=calls,
                measure=step,
                rules=rules,
                verdict=f"v{number}",
                share=share,
                error=0.02,
            )
        )
    return drawn


@cache
def compare_drawn(count: int) -> Figures:
    """What comes of so many incidents; the resampling takes a while."""
    return compare_incidents(draw_incidents(count))


def test_with_few_incidents_every_part_is_refused_with_what_it_would_take() -> None:
    found = compare_drawn(3)
    for name, needed in (("measures", 30), ("rules", 30), ("tau", 10), ("calibration", 10)):
        assert found[name] == {"refused": "too_few_incidents", "found": 3.0, "needed": needed}
    assert predict_all(draw_incidents(3)) == {
        "fitted_on": 3,
        "refusal": {"refused": "too_few_incidents", "found": 3.0, "needed": 30.0},
    }


def test_without_incidents_there_is_nothing_but_refusals() -> None:
    found = compare_incidents([])
    assert (found["incidents"], found["judged"], found["gaps"]) == (0, 0, [])
    assert found["measures"]["found"] == 0.0


def test_measures_that_follow_the_fuss_are_found_to_do_so() -> None:
    found = compare_drawn(40)
    by_fuss, by_public = found["measures"]["by_fuss"], found["measures"]["by_public"]
    assert by_fuss[0] > by_public[2]
    assert by_fuss[1] > 0.0 >= by_public[1]
    bins = found["calibration"]["bins"]
    assert sum(each[4] for each in bins) == 40
    assert all(each[4] >= 5 for each in bins)


def test_a_public_that_follows_the_fuss_ranks_as_it_does() -> None:
    agreed = [replace(each, share=1.0 - each.index / 1000.0) for each in draw_incidents(20)]
    [value, low, _high] = compare_incidents(agreed)["tau"]
    assert value == pytest.approx(1.0)
    assert low > 0.0


def test_more_fuss_never_predicts_a_milder_measure() -> None:
    incidents = draw_incidents(60)
    quiet = replace(incidents[0], incident=100, items=0, calls=0, measure=None)
    loud = replace(incidents[0], incident=101, items=500, calls=900, measure=None)
    found = predict_all([*incidents, quiet, loud])
    assert found["fitted_on"] == 60
    assert found["measures"]["100"][0] < found["measures"]["101"][0]


def test_the_incident_that_parts_furthest_stands_first() -> None:
    incidents = draw_incidents(12)
    apart = replace(incidents[0], incident=50, case=50, items=900, calls=900, share=0.99)
    first = compare_incidents([*incidents, apart])["gaps"][0]
    assert (first["incident"], first["above"]) == (50, 1.0)
    assert first["gap"][0] == pytest.approx(1.0)


def test_an_incident_without_a_verdict_takes_no_part_in_the_gap() -> None:
    incidents = draw_incidents(3)
    found = compare_incidents([*incidents, replace(incidents[0], incident=9, share=None)])
    assert (found["incidents"], found["judged"], len(found["gaps"])) == (4, 3, 3)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_incidents_changes_nothing(order: list[int]) -> None:
    incidents = draw_incidents(12)
    turned = [incidents[place] for place in order]
    assert compare_incidents(turned) == compare_incidents(incidents)
    assert digest_incidents(turned) == digest_incidents(incidents)


@pytest.mark.parametrize(
    "change", [{"items": 999}, {"measure": None}, {"verdict": "other"}, {"rules": ()}]
)
def test_whatever_the_comparison_rests_on_changes_its_name(change: dict[str, object]) -> None:
    incidents = draw_incidents(3)
    changed = [replace(incidents[0], **change), *incidents[1:]]  # type: ignore[arg-type]
    assert digest_incidents(changed) != digest_incidents(incidents)
