"""What the public is expected to find of one context, and what would change that most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.averages import (
    REACH,
    average_shares,
    bound_shares,
    weigh_levels,
)
from spreekruimte.analysis.vignettes.clustered import measure_variances
from spreekruimte.analysis.vignettes.hierarchical import ContextModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNKNOWN = -1
"""The level of an attribute of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The share that is expected to find posting admissible, 0 to 1, with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Another level of one attribute, all else being equal.

    Attributes
    ----------
    place, level
        Of the attribute, and of the level that it would have.
    expected
        What is expected then.
    change, low, high
        How much that is more than before, -1 to 1, with its 95% interval.
    """

    place: int
    level: int
    expected: Expected
    change: float
    low: float
    high: float


def predict_context(
    model: ContextModel, levels: Sequence[int], occurrence: Sequence[Floats], forbidden: Ints
) -> Expected:
    """Predict the share for one context, over what is not known of it.

    Parameters
    ----------
    levels
        The place of the level of each attribute; -1 where it is not known.
    occurrence
        How often each level of each attribute occurs, from 0: by these the share is averaged over
        what is not known.
    forbidden
        As in `find_restricted_pairs`.

    Raises
    ------
    InputError
        If the forbidden combinations allow no such context.
    """
    mean, slopes = average_shares(model, _weigh(model, levels, occurrence), forbidden)
    if np.isnan(mean):
        raise InputError("This context is one of those that cannot occur.")
    return _bound(model, mean, slopes)


def find_turns(
    model: ContextModel,
    levels: Sequence[int],
    occurrence: Sequence[Floats],
    forbidden: Ints,
    tried: Sequence[Iterable[int]],
) -> list[Turn]:
    """Find what would change the expectation, the most first.

    Each level that a known attribute does not have is tried, one at a time. The interval of a
    change is by the delta method, so what both expectations have in common does not widen it.

    Parameters
    ----------
    levels, occurrence, forbidden
        As in `predict_context`; what is not known is not changed.
    tried
        The levels of each attribute that are tried.

    Returns
    -------
    list of Turn
        Without those that cannot occur.
    """
    before, slopes = average_shares(model, _weigh(model, levels, occurrence), forbidden)
    turns = []
    for place, known in enumerate(levels):
        for level in tried[place] if known != UNKNOWN else ():
            if level == known:
                continue
            changed = [*levels[:place], level, *levels[place + 1 :]]
            after, tilted = average_shares(model, _weigh(model, changed, occurrence), forbidden)
            if np.isnan(after):
                continue
            spread = measure_variances((tilted - slopes)[None], model.covariance)
            reach = REACH * float(np.sqrt(spread[0]))
            change = after - before
            expected = _bound(model, after, tilted)
            turns.append(Turn(place, level, expected, change, change - reach, change + reach))
    return sorted(turns, key=lambda turn: (-abs(turn.change), turn.place, turn.level))


def find_nearest(
    context: Ints, others: Ints, weights: Floats, most: int
) -> list[tuple[int, float]]:
    """Find the cases that are most like a context.

    Parameters
    ----------
    context
        The codes of its attributes, shape (attributes,); -1 where one is not known.
    others
        Of the cases, shape (cases, attributes).
    weights
        How much each attribute counts, shape (attributes,), from 0.
    most
        How many to give.

    Returns
    -------
    list of tuple
        The place of each, and how like it is: of the weight of the attributes that are known of
        the context, the share that is the same there, 0 to 1. Only those that share something.
    """
    known = np.where(context != UNKNOWN, weights, 0.0)
    whole = known.sum()
    if whole == 0.0:
        return []
    likeness = np.where(others == context, known, 0.0).sum(axis=1) / whole
    order = np.argsort(-likeness, kind="stable")[:most]
    return [(int(place), float(likeness[place])) for place in order if likeness[place] > 0.0]


def _weigh(model: ContextModel, levels: Sequence[int], occurrence: Sequence[Floats]) -> Floats:
    often = [
        given if level == UNKNOWN else np.eye(len(attribute.levels))[level]
        for attribute, level, given in zip(model.attributes, levels, occurrence, strict=True)
    ]
    return weigh_levels(model, often)


def _bound(model: ContextModel, mean: float, slopes: Floats) -> Expected:
    low, high = bound_shares(np.array([mean]), slopes[None], model.covariance)
    return Expected(mean, float(low[0]), float(high[0]))
