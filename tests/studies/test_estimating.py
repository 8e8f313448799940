from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.studies.studied import FORBIDDEN, VALUES

from spreekruimte.studies.estimating import (
    FEWEST_RESPONDENTS,
    FEWEST_SEEN,
    Gathered,
    estimate,
    is_refusal,
)
from spreekruimte.studies.plans import Plan

PLAN = Plan(VALUES, FORBIDDEN, (("employer_type", "tone"),))


def simulate(
    people: int, *, shown: int = 4, seed: int = 0, about: list[dict[str, str]] | None = None
) -> Gathered:
    """Answers in which a sharp tone costs three tenths, and the rest nothing."""
    rng = np.random.default_rng(seed)
    levels = rng.integers([3, 3, 2], size=(people * shown, 3))
    levels[(levels[:, 0] == 2) & (levels[:, 1] == 2), 1] = 0
    chance = 0.7 - 0.3 * levels[:, 2]
    answers = np.where(rng.random(len(levels)) < chance, 1, -1)
    return Gathered(
        levels, answers, np.repeat(np.arange(people), shown), about or [{} for _ in range(people)]
    )


def effect_of(figures: dict[str, Any], **values: str) -> dict[str, Any]:
    return next(row for row in figures["effects"] if row["values"] == values)


def test_a_known_effect_is_found_back_within_its_interval() -> None:
    figures = estimate(PLAN, simulate(500))
    sharp = effect_of(figures, tone="sharp")
    assert sharp["low"] < -0.3 < sharp["high"] < -0.2
    ministry = effect_of(figures, employer_type="municipality")
    assert ministry["low"] < 0.0 < ministry["high"]
    assert figures["respondents"] == 500
    assert len(figures["means"]) == 8
    assert len(figures["interactions"]) == 2


def test_no_number_is_given_of_too_few_respondents() -> None:
    for people in (0, 1, FEWEST_RESPONDENTS - 1):
        figures = estimate(PLAN, simulate(people))
        assert is_refusal(figures)
        assert figures["refusal"]["values"]["count"] == people
        assert "means" not in figures
    assert "refusal" not in estimate(PLAN, simulate(FEWEST_RESPONDENTS))


def test_no_number_is_given_of_a_value_that_few_saw() -> None:
    gathered = simulate(60)
    is_rare = gathered.shown[:, 2] == 1
    is_rare[np.flatnonzero(is_rare)[: FEWEST_SEEN - 1]] = False
    gathered.shown[is_rare, 2] = 0
    figures = estimate(PLAN, gathered)
    assert figures["refusal"]["values"]["level"] == "sharp"


def test_who_does_not_know_is_counted_and_takes_part_in_no_share() -> None:
    gathered = simulate(200)
    more = Gathered(
        np.concatenate([gathered.shown, gathered.shown[:40]]),
        np.concatenate([gathered.answers, np.zeros(40, dtype=np.int64)]),
        np.concatenate([gathered.respondents, np.repeat(np.arange(200, 210), 4)]),
        [{} for _ in range(210)],
    )
    figures, without = estimate(PLAN, more), estimate(PLAN, gathered)
    assert (figures["unknown"], figures["respondents"]) == (40, 210)
    assert figures["effects"] == without["effects"]


def test_answers_that_are_all_alike_give_means_without_a_model() -> None:
    gathered = simulate(80)
    gathered.answers[:] = 1
    figures = estimate(PLAN, gathered)
    assert is_refusal(figures["model"])
    assert figures["means"][0]["estimate"] == 1.0
    assert figures["means"][0]["low"] is None


def test_large_groups_are_set_beside_the_largest_and_small_ones_left_out() -> None:
    sizes = {"woman": 120, "man": 80, "other": 10}
    about = [{"gender": name} for name, size in sizes.items() for _ in range(size)] + [{}] * 30
    figures = estimate(PLAN, simulate(240, about=about))
    (compared,) = figures["groups"]["gender"]
    assert (compared["group"], compared["against"]) == ("man", "woman")
    assert compared["respondents"] == 80
    assert len(compared["differences"]) == 8


def test_a_group_is_not_compared_on_a_value_that_few_of_it_saw() -> None:
    about = [{"gender": "woman"}] * 120 + [{"gender": "man"}] * 60
    gathered = simulate(180, about=about)
    # Of the men, only the first nineteen see a sharp tone.
    gathered.shown[gathered.respondents >= 120, 2] = 0
    gathered.shown[480 : 480 + 4 * (FEWEST_SEEN - 1) : 4, 2] = 1
    (compared,) = estimate(PLAN, gathered)["groups"]["gender"]
    tones = [row["values"] for row in compared["differences"] if "tone" in row["values"]]
    assert {"tone": "sharp"} not in tones
    assert len(tones) == 1
    gathered.shown[480 + 4 * (FEWEST_SEEN - 1), 2] = 1
    (compared,) = estimate(PLAN, gathered)["groups"]["gender"]
    assert {"tone": "sharp"} in [row["values"] for row in compared["differences"]]


@settings(max_examples=8)
@given(st.integers(0, 1000))
def test_the_order_of_respondents_changes_nothing_but_the_last_digits(seed: int) -> None:
    gathered = simulate(80)
    order = np.random.default_rng(seed).permutation(80)
    turned = Gathered(gathered.shown, gathered.answers, order[gathered.respondents], gathered.about)
    figures, others = estimate(PLAN, gathered), estimate(PLAN, turned)
    for part in ("means", "effects"):
        for one, other in zip(figures[part], others[part], strict=True):
            assert one["values"] == other["values"]
            assert one["low"] == pytest.approx(other["low"], abs=1e-9)
