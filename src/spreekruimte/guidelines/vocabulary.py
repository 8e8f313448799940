"""The attributes of a context as the analysis of rules codes them, and contexts in these codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import Attribute, Attributes, OneOf, Predicate, parts_of
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import Context


@cache
def rule_attributes() -> Attributes:
    """Give what predicates can ask: the 39 attributes, in their canonical order."""
    return Attributes(tuple(Attribute(each.id, each.allowed) for each in attributes().values()))


def code_contexts(contexts: Sequence[Context]) -> NDArray[np.int64]:
    """Give contexts as codes, shape (contexts, 39), -1 where a value is not known."""
    return rule_attributes().code_cases(
        [{answer.attribute: answer.value for answer in context} for context in contexts]
    )


def list_asked(predicate: Predicate) -> Iterator[str]:
    """Go through the attributes that a condition asks, as often as it does."""
    if isinstance(predicate, OneOf):
        yield rule_attributes().columns[predicate.column].name
    for part in parts_of(predicate):
        yield from list_asked(part)
