import re
from pathlib import Path
from typing import get_args

import pytest

from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.states import FIRST, STATE_NAMES, TRANSITIONS, Move, State, next_state

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "studies.md"


def test_every_state_has_a_name_and_every_move_a_place() -> None:
    assert set(STATE_NAMES) == set(get_args(State))
    assert {move for _state, move in TRANSITIONS} == set(get_args(Move))


def test_the_documentation_has_the_table_of_the_states() -> None:
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (\w+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    told = {(start, move): end for start, move, end in rows if start != "from"}
    assert told == dict(TRANSITIONS)


def test_a_study_goes_from_draft_to_published() -> None:
    state: State = FIRST
    moves: list[Move] = ["edit", "open", "answer", "close", "publish"]
    for move in moves:
        state = next_state(state, move)
    assert state == "published"


@pytest.mark.parametrize(
    ("state", "move"),
    [("draft", "answer"), ("open", "edit"), ("closed", "open"), ("published", "close")],
)
def test_what_a_state_does_not_allow_is_refused_in_a_sentence(state: State, move: Move) -> None:
    with pytest.raises(RefusedError, match=str(STATE_NAMES[state])):
        next_state(state, move)
