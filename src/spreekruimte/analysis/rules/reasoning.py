"""What follows from predicates alone: canonical form, contradiction, implication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spreekruimte.analysis.rules.attributes import Attributes
from spreekruimte.analysis.rules.predicates import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Except,
    OneOf,
    Predicate,
)

Junction = type[AllOf] | type[AnyOf]
_Allowed = dict[int, frozenset[int]]


def canonicalise(predicate: Predicate, attributes: Attributes) -> Predicate:
    """Give the canonical form: no exceptions, nothing nested in its own kind, no part twice.

    Exceptions become complements of values, parts on one attribute are joined, and parts stand in
    a fixed order, so predicates that differ in writing only become equal. Where the predicate is
    decided, so is its canonical form, in the same way; the canonical form may decide more, since
    it no longer asks the same attribute twice.
    """
    return _normalise(predicate, attributes, is_denied=False)


def is_contradictory(predicate: Predicate, attributes: Attributes) -> bool:
    """Say whether no case at all can make the predicate hold."""
    canonical = canonicalise(predicate, attributes)
    return next(_find_ways([canonical], {}), None) is None


def implies(first: Predicate, second: Predicate, attributes: Attributes) -> bool:
    """Say whether the second holds in every case in which the first does."""
    return is_contradictory(Except(first, second), attributes)


def find_example(predicate: Predicate, attributes: Attributes) -> dict[str, str] | None:
    """Give values of which the predicate's holding follows, by attribute; None if none do.

    Attributes that are left out may have any value.
    """
    way = next(_find_ways([canonicalise(predicate, attributes)], {}), None)
    if way is None:
        return None
    columns = attributes.columns
    return {columns[each].name: columns[each].values[min(way[each])] for each in sorted(way)}


def _normalise(predicate: Predicate, attributes: Attributes, *, is_denied: bool) -> Predicate:
    """Push the denial down to the values, as De Morgan does."""
    match predicate:
        case OneOf(column, codes):
            every = frozenset(range(len(attributes.columns[column].values)))
            return _simplify(column, every - codes if is_denied else codes & every, every)
        case AllOf(parts):
            kind: Junction = AnyOf if is_denied else AllOf
            return _join(kind, parts, attributes, is_denied)
        case AnyOf(parts):
            kind = AllOf if is_denied else AnyOf
            return _join(kind, parts, attributes, is_denied)
        case Except(held, exception):
            first = _normalise(held, attributes, is_denied=is_denied)
            second = _normalise(exception, attributes, is_denied=not is_denied)
            kind = AnyOf if is_denied else AllOf
            return _join(kind, (first, second), attributes, is_denied=False)


def _simplify(column: int, codes: frozenset[int], every: frozenset[int]) -> Predicate:
    if not codes:
        return NEVER
    return ALWAYS if codes == every else OneOf(column, codes)


def _join(
    kind: Junction, parts: tuple[Predicate, ...], attributes: Attributes, is_denied: bool
) -> Predicate:
    """Join parts, the values of one attribute into one part."""
    values: _Allowed = {}
    others: set[Predicate] = set()
    for part in _flatten(kind, parts, attributes, is_denied):
        if isinstance(part, OneOf):
            before = values.get(part.column, part.codes)
            values[part.column] = before & part.codes if kind is AllOf else before | part.codes
        else:
            others.add(part)
    for column, codes in values.items():
        every = frozenset(range(len(attributes.columns[column].values)))
        others.add(_simplify(column, codes, every))
    return _finish(kind, others)


def _flatten(
    kind: Junction, parts: tuple[Predicate, ...], attributes: Attributes, is_denied: bool
) -> Iterator[Predicate]:
    for part in parts:
        normal = _normalise(part, attributes, is_denied=is_denied)
        if isinstance(normal, kind):
            yield from normal.parts
        else:
            yield normal


def _finish(kind: Junction, parts: set[Predicate]) -> Predicate:
    """Take out what decides nothing, and let through what decides all."""
    neutral, deciding = (ALWAYS, NEVER) if kind is AllOf else (NEVER, ALWAYS)
    if deciding in parts:
        return deciding
    kept = sorted(parts - {neutral}, key=_order)
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _order(predicate: Predicate) -> tuple[Any, ...]:
    """Give what canonical parts are sorted by: values first, so that ways end early."""
    match predicate:
        case OneOf(column, codes):
            return (0, column, tuple(sorted(codes)))
        case AllOf(parts):
            return (1, tuple(_order(part) for part in parts))
        case AnyOf(parts):
            return (2, tuple(_order(part) for part in parts))
        case Except(held, exception):
            return (3, _order(held), _order(exception))


def _find_ways(pending: list[Predicate], allowed: _Allowed) -> Iterator[_Allowed]:
    """Give the ways in which all pending parts can hold, as allowed values by attribute."""
    if not pending:
        yield allowed
        return
    first, rest = pending[0], pending[1:]
    if isinstance(first, OneOf):
        codes = allowed.get(first.column, first.codes) & first.codes
        if codes:
            yield from _find_ways(rest, {**allowed, first.column: codes})
    elif isinstance(first, AllOf):
        yield from _find_ways([*first.parts, *rest], allowed)
    elif isinstance(first, AnyOf):
        for part in first.parts:
            yield from _find_ways([part, *rest], allowed)
