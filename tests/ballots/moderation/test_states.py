from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from spreekruimte.ballots.models import ModerationEntry, Reason
from spreekruimte.ballots.moderation.states import (
    COMMON,
    FOUR_EYES,
    GROUND_NAMES,
    GROUNDS,
    OF_REASONS,
    STATE_NAMES,
    STATES,
    Move,
    MoveError,
    State,
)

DRAWING = Path(__file__).resolve().parents[3] / "docs" / "reason-states.md"
MOVES: tuple[Move, ...] = get_args(Move)
TRANSITIONS = OF_REASONS.transitions


@pytest.mark.parametrize(("state", "move"), list(product(STATES, MOVES)))
def test_a_move_leads_on_or_is_refused(state: State, move: Move) -> None:
    if (state, move) in TRANSITIONS:
        assert OF_REASONS.next_state(state, move) != state
    else:
        with pytest.raises(MoveError) as refused:
            OF_REASONS.next_state(state, move)
        assert STATE_NAMES[state].template in refused.value.sentence.in_english()
        assert "reason" in refused.value.sentence.in_english()


def test_every_state_and_move_is_used_but_that_of_who_writes_elsewhere() -> None:
    assert {move for _state, move in TRANSITIONS} == set(MOVES) - {"revise"}
    assert {"waiting", *TRANSITIONS.values()} == set(STATES) == set(STATE_NAMES)
    assert OF_REASONS.states == STATES
    assert set(GROUND_NAMES) == set(GROUNDS)


def test_every_decision_of_a_moderator_can_be_undone_but_what_was_erased() -> None:
    decided = {after for (_state, move), after in TRANSITIONS.items() if move in OF_REASONS.deeds}
    assert all(OF_REASONS.deeds_from(state) for state in decided)
    assert OF_REASONS.deeds_from("erased") == ()
    assert OF_REASONS.deeds_from("waiting") == ("show", "hide", "merge")


def test_moderators_decide_and_authors_appeal_and_erase() -> None:
    assert set(MOVES) - set(OF_REASONS.deeds) == {"appeal", "erase", "revise"}
    assert {state for state, _move in FOUR_EYES} == {"appealed"}
    assert set(COMMON) > FOUR_EYES


def test_what_is_stored_has_these_names() -> None:
    assert {*Reason.State.values, "appealed", "upheld"} == set(STATES)
    assert {*ModerationEntry.Act.values, "erase", "revise"} == set(MOVES)


def test_the_drawing_is_the_table() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+): (\w+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    assert {(start, move): end for start, end, move in drawn} == TRANSITIONS


def test_the_page_tells_every_state_and_ground() -> None:
    told = DRAWING.read_text("utf-8")
    assert all(f"| {name} |" in told for name in (*STATES, *GROUNDS))
