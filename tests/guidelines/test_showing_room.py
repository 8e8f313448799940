from __future__ import annotations

import pytest
from tests.guidelines.written import TITLE, holds_where, make_line
from tests.studies.studied import make_published

from spreekruimte.analysis.rules import AnyOf
from spreekruimte.guidelines.comparing import Side
from spreekruimte.guidelines.showing_room import RoomStudy, compare_over_room, say_change, show_room
from spreekruimte.guidelines.studied_room import StudiedRoom, find_room

pytestmark = pytest.mark.django_db

NEUTRAL = make_line(predicate=holds_where(tone="neutral"))
LIKE = make_line("R2", predicate=holds_where(act_type="like"))


def make_room() -> StudiedRoom:
    room = find_room(make_published(people=120).organisation, [NEUTRAL])
    assert room is not None
    return room


def test_without_a_study_nothing_is_shown() -> None:
    assert show_room([NEUTRAL], None) is None


def test_lines_are_told_with_their_study_and_together() -> None:
    room = make_room()
    partly = make_line("R3", predicate=AnyOf((NEUTRAL.predicate, LIKE.predicate)))
    shown = show_room([NEUTRAL, partly], room)
    assert shown is not None
    expected = RoomStudy(room.study.pk, str(room.study.title), 120, 16, is_simulated=False)
    assert shown.study == expected
    assert shown.lines[0].startswith("It holds in 25% of the contexts of the study. In 25% (")
    assert "In 75% the study does not say whether it holds." in shown.lines[1]
    assert "it can be told for 25% of the contexts." in shown.strictness
    assert len(shown.distances) == 2
    frames = show_room([make_line(predicate=NEUTRAL.predicate, effect="frame"), NEUTRAL], room)
    assert frames is not None
    assert frames.lines[0] == "It holds in 25% of the contexts of the study."


def test_where_a_study_says_nothing_there_is_no_number() -> None:
    room = make_room()
    shown = show_room([LIKE], room)
    assert shown is not None
    assert (shown.lines, shown.distances) == (("",), ())
    assert shown.strictness.startswith("Not to be told")


def test_a_change_is_told_where_both_can_be_told() -> None:
    room = make_room()
    less, more = say_change([], [NEUTRAL], room), say_change([NEUTRAL], [], room)
    assert "Of all contexts 25% get less room; 25% (" in less[1]
    assert "Of all contexts 25% get more room; 25% (" in more[0]
    assert less[2] == "No longer forbidden: 0%. Newly forbidden: 25%."
    assert less[3].startswith("How strict it was: 0.00 on a scale")
    untold = say_change([], [LIKE], room)
    assert len(untold) == 2
    assert "Not to be told" in untold[1]


def test_guidelines_are_laid_side_by_side_over_one_study() -> None:
    room = make_room()
    sides = [Side("a", TITLE, (NEUTRAL,)), Side("b", TITLE, (LIKE,))]
    compared = compare_over_room(sides, room)
    assert compared is not None
    assert compared.study.study_id == room.study.pk
    told, untold = compared.table.rows
    assert told[:3] == [TITLE.en, "0.25", "100%"]
    assert told[3].startswith("25% (")
    assert untold[1:] == ["–", "0%", "–", "–"]
    assert compare_over_room(sides, None) is None
