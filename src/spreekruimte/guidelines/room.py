"""How much room lines leave: over contexts that occurred, each as often as it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    ALWAYS,
    FALSE,
    TRUE,
    UNDECIDED,
    ChangeOfRoom,
    Contradiction,
    Effect,
    Redundancy,
    canonicalise,
    compare,
    decide,
    evaluate,
    find_contradictions,
    find_redundancies,
    measure_strictness,
)
from spreekruimte.cases.bank import closed_cases
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.vocabulary import code_contexts, rule_attributes


class Weighed(Protocol):
    """Contexts in codes, with how often each occurs."""

    @property
    def codes(self) -> NDArray[np.int64]:
        """The contexts, shape (contexts, attributes)."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """How often each occurs, shape (contexts,)."""


@dataclass(frozen=True)
class Contexts:
    """Contexts with how often each occurred.

    Attributes
    ----------
    contexts
        Each once.
    counts
        How often each occurred, 1 or more.
    """

    contexts: tuple[Context, ...]
    counts: tuple[int, ...]

    @classmethod
    def count(cls, occurred: Iterable[Context]) -> Contexts:
        """Count equal contexts; they stand in the order in which they came first."""
        counted = Counter(occurred)
        return cls(tuple(counted), tuple(counted.values()))

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """The contexts in codes, shape (contexts, attributes)."""
        return code_contexts(self.contexts)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """How often each occurred, shape (contexts,)."""
        return np.array(self.counts, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Strictness:
    """How strict lines are.

    Attributes
    ----------
    index
        0 (nothing takes room) to 1 (all is forbidden), over the contexts that are decided; None
        where none is.
    decided
        The share of contexts that is decided, 0 to 1, by how often each occurred.
    """

    index: float | None
    decided: float


def closed_contexts() -> Contexts:
    """Give the contexts of the closed cases that ship with the system."""
    return Contexts.count(case.context for case in closed_cases())


def decide_contexts(lines: Sequence[Line], contexts: Weighed) -> NDArray[np.int8]:
    """Give what lines decide of each context, as `spreekruimte.analysis.rules.decide` does."""
    return decide([line.rule for line in lines], contexts.codes)


def find_taken(effects: NDArray[np.int8]) -> NDArray[np.int8]:
    """Say of each context whether lines take room there, as a truth value, by what they decide."""
    takes_room = np.where(effects == Effect.FREE, FALSE, TRUE)
    return np.where(effects == Effect.UNDECIDED, UNDECIDED, takes_room).astype(np.int8)


def rate_strictness(lines: Sequence[Line], contexts: Weighed) -> Strictness:
    """Measure how strict lines are over contexts."""
    effects = decide_contexts(lines, contexts)
    decided = effects != Effect.UNDECIDED
    share = float(contexts.weights[decided].sum() / contexts.weights.sum())
    index = measure_strictness(effects, contexts.weights)
    return Strictness(None if np.isnan(index) else index, share)


def compare_room(first: Sequence[Line], second: Sequence[Line], contexts: Weighed) -> ChangeOfRoom:
    """Give the change of room from the first lines to the second."""
    return compare(
        decide_contexts(first, contexts), decide_contexts(second, contexts), contexts.weights
    )


def find_places(line: Line, contexts: Contexts) -> tuple[list[int], list[int]]:
    """Give the places of the contexts in which a line holds, and of those where it may."""
    truth = evaluate(line.predicate, contexts.codes)
    may = (truth != TRUE) & (truth != FALSE)
    return [int(each) for each in np.flatnonzero(truth == TRUE)], [
        int(each) for each in np.flatnonzero(may)
    ]


def find_conflicts(lines: Sequence[Line]) -> list[Contradiction]:
    """Give the lines of which one forbids what another one allows.

    What is allowed always is where a guideline begins, and each line that forbids is an exception
    to it; so that is no contradiction.
    """
    attributes = rule_attributes()
    speaking = [
        line.rule
        for line in lines
        if line.effect == "forbid"
        or (line.effect == "permit" and canonicalise(line.predicate, attributes) != ALWAYS)
    ]
    return find_contradictions(speaking, attributes)


def find_repetitions(lines: Sequence[Line]) -> list[Redundancy]:
    """Give the lines that take no room which another line does not take as well."""
    taking = [line.rule for line in lines if line.effect in {"forbid", "caution"}]
    return find_redundancies(taking, rule_attributes())
