"""What the rules of a list may ask: single conditions on an attribute, and two of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.attributes import UNKNOWN, Attributes
from spreekruimte.analysis.rules.branch_and_bound import EITHER
from spreekruimte.analysis.rules.predicates import TRUE, AllOf, OneOf, Predicate, evaluate

Antecedent = TypeVar("Antecedent", bound=Predicate)


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


def list_supported(
    cases: NDArray[np.int64], columns: Sequence[int], *, fewest: int
) -> list[Predicate]:
    """Give the antecedents that hold in enough cases, of values that occur there only.

    Each value of an attribute, then all its other values that occur, then each two values of
    different attributes together. What no case has is not named, so that a rule says nothing of
    what nobody was asked about.

    Parameters
    ----------
    cases
        Codes, shape (cases, attributes), -1 where unknown.
    columns
        Of the attributes that may be asked.
    fewest
        In how many cases an antecedent holds at least, from 1.
    """
    singles, others = [], []
    for column in columns:
        codes = np.unique(cases[cases[:, column] != UNKNOWN, column]).tolist()
        singles += [OneOf(column, frozenset({code})) for code in codes]
        if len(codes) > 2:
            others += [OneOf(column, frozenset(codes) - {code}) for code in codes]
    singles = _keep_supported(singles, cases, fewest)
    pairs = combine_conditions(singles)[len(singles) :]
    return [
        *singles,
        *_keep_supported(others, cases, fewest),
        *_keep_supported(pairs, cases, fewest),
    ]


def _keep_supported(
    antecedents: Sequence[Antecedent], cases: NDArray[np.int64], fewest: int
) -> list[Antecedent]:
    return [each for each in antecedents if (evaluate(each, cases) == TRUE).sum() >= fewest]


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


def choose_distinct(captured: NDArray[np.bool_], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the places of the antecedents that can change what a list says.

    What captures nothing changes nothing. What captures everything says what the default can say,
    unless that is bound to another label. Of antecedents that capture the same, the first is given
    of those that may have either label; where there is none such, the first of each label.

    Parameters
    ----------
    labels
        The label of each, EITHER where both are allowed, and last that of the default, shape
        (antecedents + 1,).
    """
    own, default = labels[:-1], labels[-1]
    is_default = (own == default) | (default == EITHER)
    tells = captured.any(axis=1) & ~(captured.all(axis=1) & is_default)
    first: dict[tuple[bytes, int], int] = {}
    is_free = own == EITHER
    for place in (*np.flatnonzero(tells & is_free), *np.flatnonzero(tells & ~is_free)):
        key = captured[place].tobytes()
        if (key, EITHER) not in first:
            first.setdefault((key, int(own[place])), int(place))
    return np.array(sorted(first.values()), dtype=np.int64)
