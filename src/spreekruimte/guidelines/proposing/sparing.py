"""What rules that are proposed may say of what the rights floor protects.

A line that an editor writes is below the floor if what is protected is enough for it to forbid. A
search is not to be trusted with that: where the public is against something protected, it would
forbid it together with anything that happens to be the case as well, or forbid all else than its
opposite. So what is protected by itself, such as speaking for a union, is spared
(``docs/decisions/0032-proposals-spare-what-is-protected.md``): a rule that forbids may not name it,
and a rule that permits on the same attribute has to. Then whoever does it is never treated more
strictly than somebody who does anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spreekruimte.analysis.rules import AllOf, OneOf, Predicate
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.floor import find_grounds, find_protected_values
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.vocabulary import rule_attributes

FORBID, PERMIT = True, False
"""The labels: not admissible, and admissible."""


@cache
def allow_labels(antecedent: Predicate) -> frozenset[bool]:
    """Say which labels a rule may have.

    To forbid always is below the floor, so that what no rule decides is free: a list ends as a
    guideline does.
    """
    asked = [(part.codes, _protected_in(part.column)) for part in _list_parts(antecedent)]
    allowed = set()
    if all(codes >= protected for codes, protected in asked):
        allowed.add(PERMIT)
    if not any(codes & protected for codes, protected in asked) and not _is_below(antecedent):
        allowed.add(FORBID)
    return frozenset(allowed)


def add_spared(antecedents: Sequence[Predicate]) -> list[Predicate]:
    """Add those that name what is protected as well, so that a rule can permit there."""
    spared = (_spare(each) for each in antecedents)
    return list(dict.fromkeys((*antecedents, *spared)))


def _is_below(antecedent: Predicate) -> bool:
    return bool(find_grounds(Line("", Bilingual("", ""), antecedent, "forbid")))


def _list_parts(antecedent: Predicate) -> Iterator[OneOf]:
    """Go through the conditions that hold together."""
    for part in antecedent.parts if isinstance(antecedent, AllOf) else (antecedent,):
        if not isinstance(part, OneOf):
            raise TypeError("A rule asks values of attributes that hold together.")
        yield part


def _spare(antecedent: Predicate) -> Predicate:
    parts = tuple(
        OneOf(part.column, part.codes | _protected_in(part.column))
        for part in _list_parts(antecedent)
    )
    return AllOf(parts) if isinstance(antecedent, AllOf) else parts[0]


@cache
def _protected_in(column: int) -> frozenset[int]:
    attribute = rule_attributes().columns[column]
    values = find_protected_values().get(attribute.name, frozenset())
    return frozenset(attribute.code(value) for value in values)
