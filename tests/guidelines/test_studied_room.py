from __future__ import annotations

import pytest
from tests.guidelines.written import holds_where, make_line
from tests.organisations.people import make_organisation
from tests.studies.studied import make_closed, make_published

from spreekruimte.analysis.rules import ALWAYS, TRUE, AnyOf, Except, evaluate
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.studied_room import (
    StudiedRoom,
    find_room,
    measure_change,
    measure_line,
    measure_lines,
)
from spreekruimte.studies.occurrence import count_values

pytestmark = pytest.mark.django_db

SHARP, NEUTRAL = (holds_where(tone=each) for each in ("sharp", "neutral"))
FORBIDS_SHARP = make_line("R1", predicate=SHARP)
FORBIDS_NEUTRAL = make_line("R2", predicate=NEUTRAL)
ELSEWHERE = make_line("R3", predicate=holds_where(act_type="like"))


def room_of(*lines: Line) -> StudiedRoom:
    """The contexts of a study whose public finds admissible what is neutral."""
    study = make_published(people=120)
    room = find_room(study.organisation, lines or [FORBIDS_SHARP])
    assert room is not None
    return room


def share_of_sharp(room: StudiedRoom) -> float:
    is_sharp = evaluate(SHARP, room.codes) == TRUE
    return float(room.weights[is_sharp].sum() / room.weights.sum())


def test_the_study_is_the_newest_own_one_that_asks_what_lines_ask() -> None:
    organisation, other = make_organisation(), make_organisation("aasdorp")
    theirs = make_published(other, people=60)
    found = find_room(organisation, [FORBIDS_SHARP])
    assert found is not None
    assert found.study == theirs
    make_closed(organisation, people=60)
    own = make_published(organisation, people=60)
    make_published(other, people=60)
    for line in (FORBIDS_SHARP, make_line(predicate=AnyOf((ELSEWHERE.predicate, SHARP)))):
        found = find_room(organisation, [line])
        assert found is not None
        assert (found.study, found.people) == (own, 60)
    found = find_room(None, [make_line(predicate=Except(ELSEWHERE.predicate, SHARP))])
    assert found is not None
    assert found.study.organisation == other


@pytest.mark.parametrize("people", [20, 60])
def test_without_a_model_or_anything_in_common_there_is_no_study(people: int) -> None:
    organisation = make_published(people=people).organisation
    lines = [FORBIDS_SHARP] if people == 20 else [ELSEWHERE, make_line(predicate=ALWAYS)]
    assert find_room(organisation, lines) is None


def test_contexts_occur_as_often_as_their_values_in_the_case_bank() -> None:
    room = room_of()
    tones = count_values("tone", ("neutral", "sharp"), "bank")
    assert len(room.codes) == 16
    assert share_of_sharp(room) == pytest.approx(tones[1] / tones.sum())


def test_a_line_holds_in_the_share_of_contexts_that_occurs() -> None:
    room = room_of()
    found = measure_line(FORBIDS_SHARP, room)
    assert found is not None
    assert found.coverage.holds == pytest.approx(share_of_sharp(room))
    assert found.coverage.undecided == 0
    assert found.kind == "overreach"
    assert found.reach is not None
    assert found.reach.share == pytest.approx(0.0, abs=0.02)


def test_a_line_that_forbids_what_the_public_finds_admissible_overreaches() -> None:
    room = room_of()
    found = measure_line(FORBIDS_NEUTRAL, room)
    assert found is not None
    assert found.reach is not None
    assert found.reach.high == pytest.approx(1 - share_of_sharp(room))
    assert found.reach.share == pytest.approx(1 - share_of_sharp(room), abs=0.02)


def test_a_line_that_permits_what_the_public_does_not_find_admissible_underreaches() -> None:
    room = room_of()
    found = measure_line(make_line(predicate=SHARP, effect="permit"), room)
    assert found is not None
    assert found.kind == "underreach"
    assert found.reach is not None
    assert found.reach.share == pytest.approx(share_of_sharp(room), abs=0.02)


def test_what_a_study_does_not_say_is_not_measured() -> None:
    room = room_of()
    assert measure_line(ELSEWHERE, room) is None
    nowhere = make_line(predicate=holds_where(tone="threatening"))
    frames = make_line(predicate=SHARP, effect="frame")
    for line in (nowhere, frames):
        found = measure_line(line, room)
        assert found is not None
        assert (found.kind, found.reach) == (None, None)
    partly = make_line(predicate=AnyOf((SHARP, ELSEWHERE.predicate)))
    found = measure_line(partly, room)
    assert found is not None
    assert found.coverage.holds + found.coverage.undecided == pytest.approx(1)


def test_lines_are_measured_together() -> None:
    room = room_of()
    right, wrong = (measure_lines([line], room) for line in (FORBIDS_SHARP, FORBIDS_NEUTRAL))
    assert right.strictness.index == pytest.approx(share_of_sharp(room))
    assert right.strictness.decided == 1
    assert right.overreach.share + right.underreach.share < 0.05
    assert wrong.overreach.share + wrong.underreach.share > 0.95
    undecided = measure_lines([ELSEWHERE], room)
    assert undecided.strictness.index is None
    assert undecided.overreach.share == undecided.underreach.share == 0


def test_a_change_says_where_it_gives_room_and_takes_it() -> None:
    room = room_of()
    found = measure_change([FORBIDS_NEUTRAL], [FORBIDS_SHARP], room)
    assert found.change.freer == pytest.approx(1 - share_of_sharp(room))
    assert found.freed_rightly.share == pytest.approx(found.change.freer, abs=0.02)
    assert found.taken_wrongly.share < 0.02 < found.change.stricter
    nothing = measure_change([FORBIDS_SHARP], [FORBIDS_SHARP], room)
    assert nothing.change.freer == nothing.freed_rightly.share == nothing.taken_wrongly.share == 0
