"""What the page says of framings and the mirror, and what a file of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation
from tests.verdicts.framed import start_framed
from tests.verdicts.framings.divided import WEIGHTS, draw_divided
from tests.verdicts.results import asked, judge

from spreekruimte.analysis.framings import Support
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.ballots.models import Channel
from spreekruimte.verdicts.framings import Figure, Framings, measure_framings
from spreekruimte.verdicts.queries.results import ChannelResult, result_of
from spreekruimte.verdicts.showing import FRAMING_PAINTERS, make_pictures, mirror
from spreekruimte.verdicts.showing.framings import (
    draw_effects,
    draw_framings,
    warn_of_dealing,
)

pytestmark = pytest.mark.django_db

UNSURE = Figure(0.02, -0.03, 0.07, -0.05, 0.09, Support.TOLD)
MORE = Figure(0.2, 0.15, 0.25, 0.1, 0.3, Support.TOLD)
LESS = Figure(-0.2, -0.25, -0.15, -0.3, -0.1, Support.TOLD)
UNASKED = Figure(None, None, None, None, None, Support.NO_OPINIONS)
FEW = Figure(None, None, None, None, None, Support.TOO_FEW_OPINIONS)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def found() -> Framings:
    framings = measure_framings(draw_divided(2000), Rules(), WEIGHTS)
    assert framings is not None
    assert len(framings.groups) == 2
    return framings


@pytest.fixture
def result() -> ChannelResult:
    """A result in which all were asked on the same text."""
    found = result_of(asked(), Channel.OPEN)
    assert found is not None
    return found


def test_a_round_with_several_texts_has_pictures_of_them() -> None:
    round_ = start_framed()
    judge(round_)
    result = result_of(round_, Channel.OPEN)
    assert result is not None
    found = result.framings
    assert found is not None
    picture, effects, gap = draw_framings(found), draw_effects(found), mirror.draw(found)
    assert gap is not None
    assert [part.text for part in picture.parts] == [
        "The post alone",
        "Also the function",
        "Also how near the subject is to the work",
        "All context",
        "All context and the fuss",
    ]
    assert "All context changes the judgement: +" in effects.sentence
    assert "The fuss changes the judgement: \u2212" in effects.sentence
    assert "gets less room: \u2212" in gap.sentence
    assert mirror.say_gap(found) == gap.sentence
    assert warn_of_dealing(found) == []


def test_where_all_were_asked_on_one_text_there_is_nothing_of_it(result: ChannelResult) -> None:
    assert not FRAMING_PAINTERS.keys() & {picture.name for picture in make_pictures(result)}
    assert mirror.say_gap(result.framings) == ""
    assert warn_of_dealing(result.framings) == []


def test_each_group_stands_in_the_table_and_the_file(
    found: Framings,
) -> None:
    picture, effects = draw_framings(found), draw_effects(found)
    assert len(picture.table.rows) == len(picture.rows) - 1 == 10 * 3
    assert len(effects.table.rows) == len(effects.rows) - 1 == 5 * 3
    assert {row[1] for row in effects.rows[1:]} == {"all", "A", "B"}
    assert effects.svg.count("<rect") > 15
    assert ("weight_of_context", "A") in {row[:2] for row in effects.rows}


@pytest.mark.parametrize(
    ("weight", "fuss", "sentence"),
    [
        (MORE, UNSURE, "All context changes the judgement: +20 percentage points (between +10"),
        (UNSURE, LESS, "All context makes no difference that is sure: +2"),
        (FEW, UNASKED, "What all context changes is not known: fewer than 10 people."),
        (MORE, UNSURE, "The fuss makes no difference that is sure: +2"),
        (UNSURE, LESS, "The fuss changes the judgement: \u221220"),
        (FEW, UNASKED, "What the fuss changes is not known: not asked."),
    ],
)
def test_the_sentence_says_what_is_sure_and_why_there_is_no_figure(
    found: Framings, weight: Figure, fuss: Figure, sentence: str
) -> None:
    told = {**found.effects, "weight_of_context": (weight,) * 3, "pull_of_fuss": (fuss,) * 3}
    assert sentence in draw_effects(replace(found, effects=told)).sentence


@pytest.mark.parametrize(
    ("gap", "sentences", "is_told"),
    [
        ((UNSURE, UNSURE), ["is not surely judged otherwise: +2"], False),
        ((MORE, UNSURE), ["gets more room: +20"], True),
        ((LESS, UNSURE), ["gets less room: \u221220"], True),
        ((UNSURE, MORE), ["is not surely", "Group A gives the opposite direction more"], True),
        ((MORE, UNSURE, LESS), ["more room", "Group B gives the opposite direction less"], True),
        ((FEW, FEW), ["is not known: fewer than 10 people"], False),
    ],
)
def test_a_gap_that_excludes_zero_is_said_beside_the_result(
    found: Framings,
    gap: tuple[Figure, ...],
    sentences: list[str],
    is_told: bool,
) -> None:
    found = replace(found, mirror_gap=gap)
    picture = mirror.draw(found)
    assert picture is not None
    for sentence in sentences:
        assert sentence in picture.sentence
    assert mirror.say_gap(found) == (picture.sentence if is_told else "")


def test_without_a_mirror_there_is_no_picture_of_one(
    found: Framings,
) -> None:
    posts = tuple(arm for arm in found.arms if arm.arm.startswith("post"))
    assert mirror.draw(replace(found, arms=posts)) is None


def test_texts_that_were_dealt_out_otherwise_are_warned_of(
    found: Framings,
) -> None:
    other = replace(found, assignment=0.01)
    assert warn_of_dealing(other) == ["The texts were not dealt out as they should have been"]
