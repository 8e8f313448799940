from __future__ import annotations

from tests.guidelines.written import TITLE, holds_where, make_line

from spreekruimte.analysis.rules import TRUE, Effect, evaluate
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.comparing import (
    Decision,
    Side,
    compare_cases,
    compare_strictness,
    find_partings,
)
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.room import Contexts, closed_contexts
from spreekruimte.guidelines.vocabulary import code_contexts

SHARP, LIKE = holds_where(tone="sharp"), holds_where(tone="sharp", act_type="like")
STRICT = Side("strict", TITLE, (make_line(predicate=SHARP),))
NARROW = Side("narrow", TITLE, (make_line(predicate=LIKE),))
CAREFUL = Side("careful", TITLE, (make_line(predicate=SHARP, effect="caution"),))
FREE = Side("free", TITLE, (make_line(predicate=SHARP, effect="permit"),))


def pack(name: str) -> Side:
    return Side(name, packs()[name].title, packs()[name].lines)


def test_a_line_parts_from_who_takes_less_room() -> None:
    found = find_partings([STRICT, CAREFUL, FREE])
    assert [(each.stricter.key, each.freer.key) for each in found] == [
        ("strict", "careful"),
        ("strict", "free"),
        ("careful", "free"),
    ]


def test_a_wider_line_parts_where_the_narrower_one_does_not_hold() -> None:
    (found,) = find_partings([STRICT, NARROW])
    assert (found.stricter, found.freer) == (STRICT, NARROW)
    contexts = code_contexts([Context.of(found.example)])
    assert evaluate(STRICT.lines[0].predicate, contexts)[0] == TRUE
    assert evaluate(NARROW.lines[0].predicate, contexts)[0] != TRUE


def test_equal_guidelines_do_not_part() -> None:
    assert find_partings([STRICT, Side("same", TITLE, STRICT.lines)]) == []


def test_cases_differ_where_two_sides_are_decided_otherwise() -> None:
    contexts = [Context.of({"tone": "sharp"}), Context.of({"tone": "neutral"}), Context()]
    rows = compare_cases([STRICT, CAREFUL], contexts)
    assert [row.decisions for row in rows] == [
        (Decision(Effect.FORBID, Effect.FORBID), Decision(Effect.CAUTION, Effect.CAUTION)),
        (Decision(Effect.FREE, Effect.FREE), Decision(Effect.FREE, Effect.FREE)),
        (Decision(Effect.FREE, Effect.FORBID), Decision(Effect.FREE, Effect.CAUTION)),
    ]
    assert [row.differs for row in rows] == [True, False, False]


def test_strictness_is_of_the_same_contexts_for_all() -> None:
    contexts = Contexts.count([Context.of({"tone": "sharp"})])
    measured = compare_strictness([STRICT, CAREFUL, FREE], contexts)
    assert [strictness.index for _side, strictness in measured] == [1.0, 0.5, 0.0]


def test_flanders_australia_and_the_dutch_state_part_by_line_and_by_case() -> None:
    sides = [pack("vl"), pack("au-2020"), pack("nl-rijk-2010")]
    pairs = {(each.stricter.key, each.freer.key) for each in find_partings(sides)}
    assert ("au-2020", "vl") in pairs
    assert ("vl", "au-2020") in pairs
    assert any(row.differs for row in compare_cases(sides, closed_contexts().contexts))
