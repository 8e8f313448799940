"""The states of a message are those of a reason, without taking together and with revising."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from spreekruimte.ballots import reason_states
from spreekruimte.ballots.reason_states import STATE_NAMES
from spreekruimte.dialogue.message_states import (
    DEEDS,
    STATES,
    TRANSITIONS,
    Move,
    MoveError,
    State,
    deeds_from,
    next_state,
)
from spreekruimte.dialogue.models import Message, MessageModeration

MOVES: tuple[Move, ...] = get_args(Move)
DRAWING = Path(__file__).resolve().parents[2] / "docs" / "dialogue.md"


@pytest.mark.parametrize(("state", "move"), list(product(STATES, MOVES)))
def test_a_move_leads_on_or_is_refused(state: State, move: Move) -> None:
    if (state, move) in TRANSITIONS:
        assert next_state(state, move) in STATES
    else:
        with pytest.raises(MoveError) as refused:
            next_state(state, move)
        assert STATE_NAMES[state].template in refused.value.sentence.in_english()


def test_what_reasons_may_do_messages_may_but_for_taking_together() -> None:
    of_reasons = dict(reason_states.TRANSITIONS)
    shared = {key: after for key, after in TRANSITIONS.items() if key[1] != "revise"}
    assert set(of_reasons.items()) - set(shared.items()) == {
        (("waiting", "merge"), "merged"),
        (("shown", "merge"), "merged"),
        (("merged", "separate"), "shown"),
        (("merged", "erase"), "erased"),
    }


def test_whatever_is_revised_waits_and_nothing_erased_comes_back() -> None:
    revised = {state for state, move in TRANSITIONS if move == "revise"}
    assert revised == set(STATES) - {"erased"}
    assert {TRANSITIONS[state, "revise"] for state in revised} == {"waiting"}
    assert deeds_from("erased") == ()
    assert deeds_from("waiting") == ("show", "hide")


def test_what_is_stored_has_these_names() -> None:
    assert {*Message.State.values, "appealed", "upheld"} == set(STATES)
    assert {*MessageModeration.Act.values, "erase", "revise"} == set(MOVES)
    assert set(DEEDS) < set(MessageModeration.Act.values)


def test_the_drawing_is_the_table() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+): (\w+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    assert {(start, move): end for start, end, move in drawn} == dict(TRANSITIONS)
