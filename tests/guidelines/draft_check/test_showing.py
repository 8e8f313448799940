from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from tests.verdicts.judgements import make_judgement

from spreekruimte.analysis.vignettes.drafts import Expected, Turn
from spreekruimte.ballots.models import Channel
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.draft_check import showing
from spreekruimte.guidelines.draft_check.expecting import Expectation, Turned
from spreekruimte.guidelines.draft_check.nearest import NearCase
from spreekruimte.guidelines.draft_check.rules import Foundation
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study

HIGH = Expected(0.7, 0.62, 0.78)


def expectation(channel: Channel = Channel.OPEN, left_open: tuple[str, ...] = ()) -> Expectation:
    study = Study(
        title_nl="Over toon",
        title_en="About tone",
        attributes=[["tone", []], ["act_type", []]],
        organisation=Organisation(name="Waterdam"),
    )
    return Expectation(study, channel, 1200, 7200, HIGH, 1, left_open)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (HIGH, "most people find this admissible: 70% of all, and almost certainly between 62%"),
        (Expected(0.3, 0.2, 0.4), "most people do not find this admissible: 30%"),
        (Expected(0.5, 0.45, 0.55), "close to half against half: we expect that 50%"),
    ],
)
def test_what_is_expected_is_one_sentence(expected: Expected, told: str) -> None:
    said = showing.say_expected(expected)
    assert told in said
    assert said.count(". ") == 0


def test_the_bar_and_its_table_say_the_same() -> None:
    picture = showing.draw_expected(HIGH)
    assert "70%" in picture.svg
    assert [list(row[1:]) for row in picture.table.rows] == [
        ["70%", "62 to 78%"],
        ["30%", "22 to 38%"],
    ]


def test_it_is_said_what_the_expectation_rests_on() -> None:
    assert showing.say_basis(expectation()) == (
        "This rests on 7,200 judgements by 1,200 people who came by themselves, in the study "
        "“About tone” of Waterdam."
    )
    assert "drawn by lot" in showing.say_basis(expectation(Channel.PANEL))
    assert "1 of the 2 things" in showing.say_known(expectation())
    assert showing.say_left_open(expectation()) == ""
    assert "Tone, Kind of act" in showing.say_left_open(expectation(left_open=("tone", "act_type")))


@pytest.mark.parametrize(
    ("change", "told"),
    [(0.12, "(+12 points; +5 to +19)"), (-0.12, "(\u221212 points; \u221219 to \u22125)")],
)
def test_a_change_is_said_with_its_interval_and_its_reason(change: float, told: str) -> None:
    low, high = change - 0.07, change + 0.07
    turned = Turned("tone", "neutral", Turn(0, 0, HIGH, change, low, high))
    said = showing.say_turn(turned)
    assert told in said
    assert "Then 70%" in said
    assert said.endswith("You choose the tone.")


def test_it_is_said_how_well_founded_a_rule_is() -> None:
    day = date(2027, 1, 2)
    outcomes: Any = Counter({"divided": 1, "admissible": 2})
    founded = showing.say_foundation(Foundation("founded", outcomes, 300, 0, day))
    assert founded.startswith(
        "300 people judged 3 cases in which it holds: 2 × admissible, 1 × divided. This counts"
    )
    lapsed = showing.say_foundation(Foundation("lapsed", outcomes, 300, 1, day))
    assert "1 × divided. 1 published study asked about it. This is too old" in lapsed
    asked = showing.say_foundation(Foundation("founded", Counter(), 0, 2, day))
    assert asked.startswith("2 published studies asked about it. This counts until")
    never = Foundation("not_asked", Counter(), 0, 0, None)
    assert "Not asked yet" in showing.say_foundation(never)
    assert "of others" in showing.say_foundation(None)


def test_what_came_of_a_case_is_said() -> None:
    result = make_judgement().results[0]
    near = NearCase(1, Bilingual("Iets", "Something"), is_simulated=False, same=1, found=result)
    assert "%" in showing.say_near(near)
    protected = NearCase(1, near.description, is_simulated=False, same=1, found=None)
    assert showing.say_near(protected) == "The law protects this. There was no vote."
