"""What the rules of a list may ask: single conditions on an attribute, and two of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.attributes import Attributes
from spreekruimte.analysis.rules.predicates import TRUE, AllOf, OneOf, Predicate, evaluate


def list_conditions(attributes: Attributes) -> list[OneOf]:
    """Give the conditions on one attribute: it has a value, or any other than that value.

    Of an attribute with two values, having the one is not having the other.
    """
    conditions: list[OneOf] = []
    for column, attribute in enumerate(attributes.columns):
        codes = range(len(attribute.values))
        conditions += [OneOf(column, frozenset({code})) for code in codes]
        if len(codes) > 2:
            conditions += [OneOf(column, frozenset(codes) - {code}) for code in codes]
    return conditions


def combine_conditions(conditions: Sequence[OneOf]) -> list[Predicate]:
    """Give the conditions, then each two of different attributes together."""
    pairs = [
        AllOf((first, second))
        for first, second in combinations(conditions, 2)
        if first.column != second.column
    ]
    return [*conditions, *pairs]


def find_captured(
    antecedents: Sequence[Predicate], patterns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say which patterns each antecedent captures, shape (antecedents, patterns).

    A pattern in which it depends on something unknown is not captured.
    """
    rows: Iterator[NDArray[np.bool_]] = (evaluate(each, patterns) == TRUE for each in antecedents)
    return np.array(list(rows), dtype=np.bool_).reshape(len(antecedents), len(patterns))


def choose_distinct(
    captured: NDArray[np.bool_], only_zero: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Give the places of the antecedents that can change what a list says.

    What captures nothing changes nothing. What captures everything says what the default can say,
    unless that may have label 0 only. Of antecedents that capture the same, the first is given of
    those that may have either label; the first of all where none may.

    Parameters
    ----------
    only_zero
        Which may have label 0 only, and as the last one whether that holds of the default, shape
        (antecedents + 1,).
    """
    is_tied = only_zero[:-1]
    tells = captured.any(axis=1) & (~captured.all(axis=1) | (only_zero[-1] & ~is_tied))
    first: dict[bytes, int] = {}
    for place in (*np.flatnonzero(tells & ~is_tied), *np.flatnonzero(tells & is_tied)):
        first.setdefault(captured[place].tobytes(), int(place))
    return np.array(sorted(first.values()), dtype=np.int64)
