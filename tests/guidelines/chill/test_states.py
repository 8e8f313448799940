from __future__ import annotations

import re
from pathlib import Path

from spreekruimte.guidelines.chill.states import FIRST, STATE_NAMES, TRANSITIONS, allows

ROOT = Path(__file__).resolve().parents[3]


def test_every_state_can_be_reached_and_has_a_name() -> None:
    assert {FIRST, *TRANSITIONS.values()} == set(STATE_NAMES)


def test_there_is_no_way_back() -> None:
    order = list(STATE_NAMES)
    assert all(order.index(start) <= order.index(end) for (start, _), end in TRANSITIONS.items())


def test_only_what_is_in_the_table_is_allowed() -> None:
    assert allows("open", "answer")
    assert not allows("open", "publish")
    assert not allows("published", "answer")


def test_the_drawing_shows_the_table() -> None:
    drawn = (ROOT / "docs" / "survey-states.md").read_text("utf-8")
    moves = set(re.findall(r"^  (\w+) --> (\w+): (\w+)$", drawn, re.MULTILINE))
    assert moves == {(start, end, move) for (start, move), end in TRANSITIONS.items()}
