from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import holds_where, make_line

from spreekruimte.analysis.rules import ALWAYS
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.room import (
    Contexts,
    closed_contexts,
    compare_room,
    find_conflicts,
    find_places,
    find_repetitions,
    rate_strictness,
)

SHARP, NEUTRAL, UNKNOWN = Context.of({"tone": "sharp"}), Context.of({"tone": "neutral"}), Context()
FORBIDS_SHARP = make_line(predicate=holds_where(tone="sharp"))


def test_equal_contexts_are_counted() -> None:
    contexts = Contexts.count([SHARP, NEUTRAL, SHARP])
    assert contexts.contexts == (SHARP, NEUTRAL)
    assert contexts.weights.tolist() == [2.0, 1.0]


@given(st.permutations([SHARP, NEUTRAL, SHARP, UNKNOWN]))
def test_strictness_does_not_mind_the_order(occurred: list[Context]) -> None:
    strictness = rate_strictness([FORBIDS_SHARP], Contexts.count(occurred))
    assert strictness.index == pytest.approx(2 / 3)
    assert strictness.decided == pytest.approx(3 / 4)


def test_strictness_is_none_where_nothing_is_decided() -> None:
    strictness = rate_strictness([FORBIDS_SHARP], Contexts.count([UNKNOWN]))
    assert (strictness.index, strictness.decided) == (None, 0.0)


def test_a_change_of_room_counts_contexts_as_often_as_they_occurred() -> None:
    contexts = Contexts.count([SHARP, SHARP, SHARP, NEUTRAL])
    change = compare_room([FORBIDS_SHARP], [make_line(predicate=ALWAYS, effect="frame")], contexts)
    assert (change.freed, change.forbidden) == (0.75, 0.0)
    back = compare_room([], [FORBIDS_SHARP], contexts)
    assert (back.freed, back.forbidden) == (0.0, 0.75)


def test_a_line_holds_may_hold_or_does_not() -> None:
    contexts = Contexts.count([SHARP, NEUTRAL, UNKNOWN])
    assert find_places(FORBIDS_SHARP, contexts) == ([0], [2])


def test_what_is_allowed_always_contradicts_nothing() -> None:
    always = make_line("A", predicate=ALWAYS, effect="permit")
    sharp = make_line("B", predicate=holds_where(tone="sharp"), effect="permit")
    frame = make_line("C", predicate=holds_where(tone="sharp"), effect="frame")
    assert find_conflicts([FORBIDS_SHARP, always, frame]) == []
    found = find_conflicts([FORBIDS_SHARP, always, sharp])
    assert [(each.forbids, each.frees, each.example) for each in found] == [
        ("R1", "B", {"tone": "sharp"})
    ]


def test_a_line_that_another_one_implies_is_a_repetition() -> None:
    narrow = make_line("N", predicate=holds_where(tone="sharp", act_type="like"))
    care = make_line("C", predicate=holds_where(tone="sharp"), effect="caution")
    found = find_repetitions([FORBIDS_SHARP, narrow, care])
    assert [(each.redundant, each.beside) for each in found] == [("N", "R1")]


def test_the_closed_cases_are_all_there() -> None:
    contexts = closed_contexts()
    assert sum(contexts.counts) == 38
    assert contexts.codes.shape == (len(contexts.contexts), 39)
