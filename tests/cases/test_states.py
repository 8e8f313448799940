import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from spreekruimte.cases.states import (
    FIRST,
    STATE_NAMES,
    TRANSITIONS,
    Move,
    State,
    TransitionError,
    moves_from,
    next_state,
)

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "case-states.md"
STATES: tuple[State, ...] = get_args(State)
MOVES: tuple[Move, ...] = get_args(Move)


def test_every_state_can_be_reached() -> None:
    reached: set[State] = set()
    waiting = [FIRST]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [next_state(state, move) for move in moves_from(state)]
    assert reached == set(STATES) == set(STATE_NAMES)


def test_every_move_is_used() -> None:
    assert {move for _state, move in TRANSITIONS} == set(MOVES)


@pytest.mark.parametrize(("state", "move"), list(product(STATES, MOVES)))
def test_a_move_leads_on_or_is_refused(state: State, move: Move) -> None:
    if (state, move) in TRANSITIONS:
        assert next_state(state, move) != state
    else:
        with pytest.raises(TransitionError) as refused:
            next_state(state, move)
        assert STATE_NAMES[state].template in refused.value.sentence.in_english()


def test_a_case_can_be_withdrawn_at_once_and_stays_so() -> None:
    assert {state for state in STATES if "withdraw" in moves_from(state)} == set(STATES) - {
        "withdrawn"
    }
    assert moves_from("withdrawn") == ()


def test_a_case_opens_only_after_the_gates() -> None:
    assert [key for key, state in TRANSITIONS.items() if state == "open"] == [("ready", "open")]
    assert [key for key, state in TRANSITIONS.items() if state == "ready"] == [
        ("in_check", "clear")
    ]


def test_a_protected_case_is_never_opened() -> None:
    assert moves_from("protected") == ("withdraw",)


def test_the_drawing_shows_the_same_moves() -> None:
    drawn = re.findall(r"^ *(\w+) --> (\w+): (\w+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    assert sorted(drawn) == sorted((start, end, move) for (start, move), end in TRANSITIONS.items())
