"""The states of a message are those of a reason, without taking together and with revising."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spreekruimte.ballots.moderation.states import COMMON, OF_REASONS, MoveError
from spreekruimte.dialogue.message_states import OF_MESSAGES
from spreekruimte.dialogue.models import Message, MessageModeration

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "dialogue.md"
TRANSITIONS = OF_MESSAGES.transitions


def test_what_reasons_may_do_messages_may_but_for_taking_together() -> None:
    assert {move for _state, move in set(OF_REASONS.transitions) - set(TRANSITIONS)} == {
        "merge",
        "separate",
        "erase",
    }
    assert {key: after for key, after in TRANSITIONS.items() if key[1] != "revise"} == COMMON
    assert OF_MESSAGES.states == tuple(each for each in OF_REASONS.states if each != "merged")
    with pytest.raises(MoveError, match="merge from waiting") as refused:
        OF_MESSAGES.next_state("waiting", "merge")
    assert "message" in refused.value.sentence.in_english()


def test_whatever_is_revised_waits_and_nothing_erased_comes_back() -> None:
    revised = {state for state, move in TRANSITIONS if move == "revise"}
    assert revised == set(OF_MESSAGES.states) - {"erased"}
    assert {TRANSITIONS[state, "revise"] for state in revised} == {"waiting"}
    assert OF_MESSAGES.deeds_from("erased") == ()
    assert OF_MESSAGES.deeds_from("waiting") == ("show", "hide")


def test_what_is_stored_has_these_names() -> None:
    assert {*Message.State.values, "appealed", "upheld"} == set(OF_MESSAGES.states)
    moves = {move for _state, move in TRANSITIONS}
    assert {*MessageModeration.Act.values, "erase", "revise"} == moves
    assert set(OF_MESSAGES.deeds) < set(MessageModeration.Act.values)


def test_the_drawing_is_the_table() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+): (\w+)$", DRAWING.read_text("utf-8"), re.MULTILINE)
    assert {(start, move): end for start, end, move in drawn} == TRANSITIONS
