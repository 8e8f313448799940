import json
from typing import Any

import pytest
from hypothesis import assume, given
from tests.analysis.rules.drawing import ATTRIBUTES, predicates

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules import (
    ALWAYS,
    Predicate,
    canonicalise,
    is_contradictory,
    parse_predicate,
    write_predicate,
)

LIKE = {"attribute": "act", "in": ["like"]}
POST = {"attribute": "act", "in": ["post"]}


@given(predicates)
def test_what_is_written_is_read_back_equal(predicate: Predicate) -> None:
    assume(not is_contradictory(predicate, ATTRIBUTES))
    for each in (predicate, canonicalise(predicate, ATTRIBUTES)):
        document = json.loads(json.dumps(write_predicate(each, ATTRIBUTES)))
        assert parse_predicate(document, ATTRIBUTES) == each


def test_no_condition_always_holds() -> None:
    assert parse_predicate({"and": []}, ATTRIBUTES) == ALWAYS


def nest(depth: int) -> dict[str, Any]:
    return {"and": [nest(depth - 1)]} if depth else LIKE


def test_readable_depth_is_read() -> None:
    assert canonicalise(parse_predicate(nest(19), ATTRIBUTES), ATTRIBUTES) == parse_predicate(
        LIKE, ATTRIBUTES
    )


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"attribute": "colour", "in": ["red"]}, "There is no attribute colour"),
        ({"attribute": "act", "in": ["share"]}, "act has no value share; it has post, like"),
        ({"attribute": "act", "in": [["like"]]}, "act has no value"),
        ({"attribute": "act", "in": []}, "act needs a list of values"),
        ({"attribute": "act", "in": "like"}, "act needs a list of values"),
        ({"attribute": 3, "in": ["like"]}, "named by a text, not 3"),
        ({"and": LIKE}, "“and” needs a list"),
        ({"or": LIKE}, "“or” needs a list"),
        ({"or": [LIKE, "act"]}, "A condition is an object, not 'act'"),
        ({"this": LIKE}, "this one has this"),
        ({"this": LIKE, "except": POST, "and": []}, "this one has and, except, this"),
        ({}, "this one has nothing"),
        (None, "A condition is an object, not None"),
        ({"and": [LIKE, POST]}, "contradicts itself"),
        ({"this": LIKE, "except": LIKE}, "contradicts itself"),
        ({"or": []}, "contradicts itself"),
        (nest(20), "nested deeper than 20"),
    ],
)
def test_what_is_wrong_is_told(document: object, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_predicate(document, ATTRIBUTES)
