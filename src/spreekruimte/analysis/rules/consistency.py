"""Lines of one guideline that contradict each other, or say what another one says already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from spreekruimte.analysis.rules.attributes import Attributes
from spreekruimte.analysis.rules.predicates import AllOf
from spreekruimte.analysis.rules.reasoning import find_example, implies
from spreekruimte.analysis.rules.room import Effect, Rule


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two rules of which one forbids what the other leaves free, with an example.

    Attributes
    ----------
    forbids, frees
        Their names.
    example
        Values in which both hold, by attribute; what is left out may have any value.
    """

    forbids: str
    frees: str
    example: dict[str, str]


@dataclass(frozen=True, slots=True)
class Redundancy:
    """A rule that adds nothing, since another one with the same effect holds wherever it does."""

    redundant: str
    beside: str


def find_contradictions(rules: Sequence[Rule], attributes: Attributes) -> list[Contradiction]:
    """Give each rule that forbids with each that frees where both hold, in the order of the rules.

    Pass only rules that free something by themselves: one that frames or weighs frees nothing.
    """
    found = []
    for forbids in rules:
        for frees in rules:
            if forbids.effect == Effect.FORBID and frees.effect == Effect.FREE:
                both = AllOf((forbids.predicate, frees.predicate))
                example = find_example(both, attributes)
                if example is not None:
                    found.append(Contradiction(forbids.name, frees.name, example))
    return found


def find_redundancies(rules: Sequence[Rule], attributes: Attributes) -> list[Redundancy]:
    """Give each rule that another one with the same effect implies; of two equal ones the later."""
    found = []
    for first, second in combinations(rules, 2):
        if first.effect == second.effect:
            if implies(second.predicate, first.predicate, attributes):
                found.append(Redundancy(second.name, first.name))
            elif implies(first.predicate, second.predicate, attributes):
                found.append(Redundancy(first.name, second.name))
    return found
