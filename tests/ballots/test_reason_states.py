import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from spreekruimte.ballots.models import ModerationEntry, Reason
from spreekruimte.ballots.reason_states import (
    DEEDS,
    FOUR_EYES,
    GROUND_NAMES,
    GROUNDS,
    STATE_NAMES,
    TRANSITIONS,
    Move,
    MoveError,
    State,
    deeds_from,
    next_state,
)

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "reason-states.md"
STATES: tuple[State, ...] = get_args(State)
MOVES: tuple[Move, ...] = get_args(Move)


@pytest.mark.parametrize(("state", "move"), list(product(STATES, MOVES)))
def test_a_move_leads_on_or_is_refused(state: State, move: Move) -> None:
    if (state, move) in TRANSITIONS:
        assert next_state(state, move) != state
    else:
        with pytest.raises(MoveError) as refused:
            next_state(state, move)
        assert STATE_NAMES[state].template in refused.value.sentence.in_english()


def test_every_state_and_move_is_used() -> None:
    assert {move for _state, move in TRANSITIONS} == set(MOVES)
    assert {"waiting", *TRANSITIONS.values()} == set(STATES) == set(STATE_NAMES)
    assert set(GROUND_NAMES) == set(GROUNDS)


def test_every_decision_of_a_moderator_can_be_undone_but_what_was_erased() -> None:
    decided = {after for (_state, move), after in TRANSITIONS.items() if move in DEEDS}
    assert all(deeds_from(state) for state in decided)
    assert deeds_from("erased") == ()
    assert deeds_from("waiting") == ("show", "hide", "merge")


def test_moderators_decide_and_authors_appeal_and_erase() -> None:
    assert set(MOVES) - set(DEEDS) == {"appeal", "erase"}
    assert {state for state, _move in FOUR_EYES} == {"appealed"}


def test_what_is_stored_has_these_names() -> None:
    assert {*Reason.State.values, "appealed", "upheld"} == set(STATES)
    assert {*ModerationEntry.Act.values, "erase"} == set(MOVES)


def test_the_drawing_is_the_table() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+): (\w+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    assert {(start, move): end for start, end, move in drawn} == dict(TRANSITIONS)


def test_the_page_tells_every_state_and_ground() -> None:
    told = DRAWING.read_text("utf-8")
    assert all(f"| {name} |" in told for name in (*STATES, *GROUNDS))
