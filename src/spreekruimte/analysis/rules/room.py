"""How much room a guideline leaves: what it decides of contexts, how strict it is, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.predicates import TRUE, UNDECIDED, Predicate, Truth, evaluate


class Effect(IntEnum):
    """What a rule does where it holds, from free to strict; UNDECIDED where that is not known.

    Rules that frame, weigh or bind the employer take no room, and count as FREE.
    """

    UNDECIDED = -1
    FREE = 0
    CAUTION = 1
    FORBID = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a guideline.

    Attributes
    ----------
    name
        What names it for good.
    predicate
        Where it holds.
    effect
        What it does there; any but UNDECIDED.
    """

    name: str
    predicate: Predicate
    effect: Effect


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a rule holds, as shares of the weight of the contexts; the rest is where it does not.

    Attributes
    ----------
    holds
        Where it holds.
    undecided
        Where that depends on what is not known.
    """

    holds: float
    undecided: float


@dataclass(frozen=True, slots=True, eq=False)
class ChangeOfRoom:
    """What differs between two guidelines: as shares of the weight, and which contexts.

    Attributes
    ----------
    freer, stricter
        The share in which the second decides more freely, or more strictly.
    freed, forbidden
        The share that was forbidden in the first and is no longer, and the other way round.
    where_freer, where_stricter
        The places of these contexts.
    """

    freer: float
    stricter: float
    freed: float
    forbidden: float
    where_freer: NDArray[np.int64]
    where_stricter: NDArray[np.int64]


def cover(truth: Truth, weights: NDArray[np.float64]) -> Coverage:
    """Give the coverage of a rule.

    Parameters
    ----------
    truth
        Where it holds, as `evaluate` gives, shape (contexts,).
    weights
        How often each context occurs, shape (contexts,), 0 or more, together above 0.
    """
    return Coverage(weigh(truth == TRUE, weights), weigh(truth == UNDECIDED, weights))


def weigh(flags: NDArray[np.bool_], weights: NDArray[np.float64]) -> float:
    """Give the weighted share of flags that are set, 0 to 1.

    Raises
    ------
    ValueError
        If a weight is below 0 or not finite, or all are 0.
    """
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.any()):
        raise ValueError("Weights are finite, 0 or more, and not all 0.")
    return float(weights[flags].sum() / weights.sum())


def decide(rules: Sequence[Rule], contexts: NDArray[np.int64]) -> NDArray[np.int8]:
    """Give the effect of a guideline on each context, shape (contexts,): the strictest that holds.

    Where a rule that would be stricter depends on what is not known, the effect is UNDECIDED.
    """
    surely = np.full(len(contexts), Effect.FREE, dtype=np.int8)
    perhaps = surely.copy()
    for rule in rules:
        truth = evaluate(rule.predicate, contexts)
        surely = np.where(truth == TRUE, np.maximum(surely, rule.effect), surely)
        perhaps = np.where(truth == UNDECIDED, np.maximum(perhaps, rule.effect), perhaps)
    return np.where(perhaps > surely, Effect.UNDECIDED, surely).astype(np.int8)


def measure_strictness(effects: NDArray[np.int8], weights: NDArray[np.float64]) -> float:
    """Give the strictness index, 0 to 1: the share that is forbidden and half the share with care.

    What is undecided is left out, on both sides; with nothing decided, the index is nan. The half
    is a choice of this index, not a finding.
    """
    decided = effects != Effect.UNDECIDED
    if not weights[decided].any():
        return float("nan")
    return float(effects[decided] @ weights[decided] / (Effect.FORBID * weights[decided].sum()))


def compare(
    first: NDArray[np.int8], second: NDArray[np.int8], weights: NDArray[np.float64]
) -> ChangeOfRoom:
    """Give the change of room from one guideline, or version, to another.

    Parameters
    ----------
    first, second
        What each decides, as `decide` gives, shape (contexts,). Contexts that either leaves
        undecided do not count as changed.
    """
    decided = (first != Effect.UNDECIDED) & (second != Effect.UNDECIDED)
    freer, stricter = decided & (second < first), decided & (second > first)
    return ChangeOfRoom(
        weigh(freer, weights),
        weigh(stricter, weights),
        weigh(freer & (first == Effect.FORBID), weights),
        weigh(stricter & (second == Effect.FORBID), weights),
        np.flatnonzero(freer),
        np.flatnonzero(stricter),
    )
