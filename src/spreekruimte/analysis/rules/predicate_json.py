"""The JSON form of predicates: read with plain errors, written, the same back and forth.

``{"attribute": NAME, "in": [VALUE, ...]}``, ``{"and": [...]}``, ``{"or": [...]}`` and
``{"this": PREDICATE, "except": PREDICATE}``; ``{"and": []}`` always holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules.attributes import Attributes
from spreekruimte.analysis.rules.predicates import AllOf, AnyOf, Except, OneOf, Predicate
from spreekruimte.analysis.rules.reasoning import is_contradictory

MOST_DEPTH = 20
"""How deep predicates may be nested: more than anybody can read."""


def parse_predicate(document: object, attributes: Attributes) -> Predicate:
    """Read a predicate.

    Parameters
    ----------
    document
        What a JSON parser gives.

    Raises
    ------
    InputError
        If it has not the form above, names an attribute or a value that there is not, nests
        deeper than 20, or can never hold.
    """
    predicate = _parse(document, attributes, MOST_DEPTH)
    if is_contradictory(predicate, attributes):
        raise InputError("The condition contradicts itself: no case can ever meet it.")
    return predicate


def write_predicate(predicate: Predicate, attributes: Attributes) -> dict[str, Any]:
    """Give the JSON form of a predicate; values stand in the order of their attribute."""
    match predicate:
        case OneOf(column, codes):
            attribute = attributes.columns[column]
            values = [attribute.values[code] for code in sorted(codes)]
            return {"attribute": attribute.name, "in": values}
        case AllOf(parts):
            return {"and": [write_predicate(part, attributes) for part in parts]}
        case AnyOf(parts):
            return {"or": [write_predicate(part, attributes) for part in parts]}
        case Except(held, exception):
            return {
                "this": write_predicate(held, attributes),
                "except": write_predicate(exception, attributes),
            }


def _parse(document: object, attributes: Attributes, depth: int) -> Predicate:
    if depth == 0:
        raise InputError("The condition is nested deeper than {most}.", most=MOST_DEPTH)
    if not isinstance(document, Mapping):
        raise InputError("A condition is an object, not {found}.", found=repr(document))
    match sorted(document, key=str):
        case ["attribute", "in"]:
            return _parse_values(document["attribute"], document["in"], attributes)
        case ["and"]:
            return AllOf(_parse_parts("and", document["and"], attributes, depth))
        case ["or"]:
            return AnyOf(_parse_parts("or", document["or"], attributes, depth))
        case ["except", "this"]:
            held = _parse(document["this"], attributes, depth - 1)
            return Except(held, _parse(document["except"], attributes, depth - 1))
        case keys:
            raise InputError(
                "A condition has “attribute” and “in”, “and”, “or”, or “this” and “except”;"
                " this one has {keys}.",
                keys=", ".join(map(str, keys)) or "nothing",
            )


def _parse_values(name: object, values: object, attributes: Attributes) -> OneOf:
    if not isinstance(name, str):
        raise InputError("An attribute is named by a text, not {found}.", found=repr(name))
    column = attributes.find(name)
    if not isinstance(values, list) or not values:
        raise InputError("The attribute {attribute} needs a list of values.", attribute=name)
    attribute = attributes.columns[column]
    return OneOf(column, frozenset(attribute.code(value) for value in values))


def _parse_parts(
    key: str, parts: object, attributes: Attributes, depth: int
) -> tuple[Predicate, ...]:
    if not isinstance(parts, list):
        raise InputError("“{key}” needs a list of conditions.", key=key)
    return tuple(_parse(part, attributes, depth - 1) for part in parts)
