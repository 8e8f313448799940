from __future__ import annotations

import re
from pathlib import Path

from spreekruimte.guidelines.voices.states import FIRST, STATE_NAMES, TRANSITIONS, allows

ROOT = Path(__file__).resolve().parents[3]


def test_every_state_can_be_reached_and_has_a_name() -> None:
    assert {FIRST, *TRANSITIONS.values()} == set(STATE_NAMES)


def test_what_is_closed_stays_closed() -> None:
    assert allows("open", "close")
    assert not allows("closed", "answer")
    assert not allows("closed", "close")


def test_the_drawing_shows_the_table() -> None:
    drawn = (ROOT / "docs" / "voices-states.md").read_text("utf-8")
    moves = set(re.findall(r"^  (\w+) --> (\w+): (\w+)$", drawn, re.MULTILINE))
    assert moves == {(start, end, move) for (start, move), end in TRANSITIONS.items()}
