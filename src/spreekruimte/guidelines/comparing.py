"""Where guidelines part: by line, by case, and in how much room they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    FALSE,
    TRUE,
    AnyOf,
    Effect,
    Except,
    evaluate,
    find_example,
)
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.room import Contexts, Strictness, rate_strictness
from spreekruimte.guidelines.vocabulary import code_contexts, rule_attributes


@dataclass(frozen=True, slots=True)
class Side:
    """One guideline that is compared: a pack, or a version of an organisation.

    Attributes
    ----------
    key
        What names it in an address.
    """

    key: str
    title: Bilingual
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """A line that takes room which another guideline leaves, with an example.

    Attributes
    ----------
    example
        Values in which the line holds and no line of the other one is as strict, by attribute;
        what is left out may have any value.
    """

    stricter: Side
    line: Line
    freer: Side
    example: dict[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a guideline does in a context of which not all is known.

    Attributes
    ----------
    surely
        By the lines that hold on what is known.
    perhaps
        By those and the lines that may hold; at least as strict.
    """

    surely: Effect
    perhaps: Effect


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What each side does in one context.

    Attributes
    ----------
    place
        The place of the context among those that were compared.
    """

    place: int
    decisions: tuple[Decision, ...]

    @property
    def differs(self) -> bool:
        """Whether the sides part on what is known."""
        return len({each.surely for each in self.decisions}) > 1


def find_partings(sides: Sequence[Side]) -> list[Parting]:
    """Give each line that takes more room than another side does, in the order of the sides."""
    found = []
    for stricter, freer in permutations(sides, 2):
        for line in stricter.lines:
            example = _find_room(line, freer)
            if example is not None:
                found.append(Parting(stricter, line, freer, example))
    return found


def compare_cases(sides: Sequence[Side], contexts: Sequence[Context]) -> list[CaseRow]:
    """Give what each side decides of each context, in the order of the contexts."""
    codes = code_contexts(contexts)
    decided = [_decide(side, codes) for side in sides]
    return [CaseRow(place, row) for place, row in enumerate(zip(*decided, strict=True))]


def compare_strictness(sides: Sequence[Side], contexts: Contexts) -> list[tuple[Side, Strictness]]:
    """Give how strict each side is over the same contexts."""
    return [(side, rate_strictness(side.lines, contexts)) for side in sides]


def _find_room(line: Line, other: Side) -> dict[str, str] | None:
    """Give an example in which a line takes room and the other side does not take as much."""
    strictness = line.rule.effect
    if strictness == Effect.FREE:
        return None
    as_strict = [each.predicate for each in other.lines if each.rule.effect >= strictness]
    return find_example(Except(line.predicate, AnyOf(tuple(as_strict))), rule_attributes())


def _decide(side: Side, codes: NDArray[np.int64]) -> list[Decision]:
    surely = np.zeros(len(codes), dtype=np.int64)
    perhaps = surely.copy()
    for line in side.lines:
        truth = evaluate(line.predicate, codes)
        surely = np.maximum(surely, np.where(truth == TRUE, line.rule.effect, Effect.FREE))
        perhaps = np.maximum(perhaps, np.where(truth != FALSE, line.rule.effect, Effect.FREE))
    return [
        Decision(Effect(int(least)), Effect(int(most)))
        for least, most in zip(surely, perhaps, strict=True)
    ]
