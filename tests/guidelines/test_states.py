from __future__ import annotations

import re
from pathlib import Path

from spreekruimte.guidelines.states import FIRST, STATE_NAMES, TRANSITIONS, allows

ROOT = Path(__file__).resolve().parents[2]


def test_every_state_can_be_reached_and_has_a_name() -> None:
    reached = {FIRST, *TRANSITIONS.values()}
    assert reached == set(STATE_NAMES)


def test_what_is_withdrawn_stays_withdrawn() -> None:
    assert not [move for state, move in TRANSITIONS if state == "withdrawn"]


def test_only_what_is_in_the_table_is_allowed() -> None:
    assert allows("draft", "publish")
    assert not allows("draft", "revise")
    assert not allows("current", "edit")


def test_the_drawing_shows_the_table() -> None:
    drawn = (ROOT / "docs" / "guideline-states.md").read_text("utf-8")
    moves = set(re.findall(r"^  (\w+) --> (\w+): (\w+)$", drawn, re.MULTILINE))
    assert moves == {(start, end, move) for (start, move), end in TRANSITIONS.items()}
