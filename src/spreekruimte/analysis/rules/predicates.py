"""Conditions on the context of a post, and whether they hold where part of it is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.attributes import UNKNOWN

FALSE, UNDECIDED, TRUE = -1, 0, 1
"""The three truth values of Kleene (1938): with these numbers, *and* is the least of them, *or*
the largest, and *not* the opposite number."""

Truth = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class OneOf:
    """An attribute has one of some values.

    Attributes
    ----------
    column
        The column of the attribute, from 0.
    codes
        The codes of these values.
    """

    column: int
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold; with no part, this always holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no part, this never holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """The first holds and the exception does not."""

    held: Predicate
    exception: Predicate


Predicate = OneOf | AllOf | AnyOf | Except

ALWAYS = AllOf(())
NEVER = AnyOf(())


def parts_of(predicate: Predicate) -> tuple[Predicate, ...]:
    """Give what a condition is made of; nothing where it asks one attribute."""
    match predicate:
        case OneOf():
            return ()
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Except(held, exception):
            return (held, exception)


def evaluate(predicate: Predicate, cases: NDArray[np.int64]) -> Truth:
    """Say of each case whether the predicate holds.

    Parameters
    ----------
    cases
        Codes, shape (cases, attributes), -1 where the value is not known.

    Returns
    -------
    Shape (cases,): TRUE, FALSE, or UNDECIDED where that depends on what is not known.
    """
    match predicate:
        case OneOf(column, codes):
            return _evaluate_values(cases[:, column], codes)
        case AllOf(parts):
            every = (evaluate(part, cases) for part in parts)
            return reduce(np.minimum, every, _fill(cases, TRUE))
        case AnyOf(parts):
            some = (evaluate(part, cases) for part in parts)
            return reduce(np.maximum, some, _fill(cases, FALSE))
        case Except(held, exception):
            return np.minimum(evaluate(held, cases), -evaluate(exception, cases))


def evaluate_one(predicate: Predicate, case: Sequence[int]) -> int:
    """Say of one case what `evaluate` says of many, many times faster than that does of one.

    Parameters
    ----------
    case
        Codes, one for each attribute, -1 where the value is not known.
    """
    match predicate:
        case OneOf(column, codes):
            code = case[column]
            return UNDECIDED if code == UNKNOWN else TRUE if code in codes else FALSE
        case AllOf(parts):
            return min((evaluate_one(part, case) for part in parts), default=TRUE)
        case AnyOf(parts):
            return max((evaluate_one(part, case) for part in parts), default=FALSE)
        case Except(held, exception):
            return min(evaluate_one(held, case), -evaluate_one(exception, case))


def _evaluate_values(values: NDArray[np.int64], codes: frozenset[int]) -> Truth:
    # Codes are few. Looking for each is several times faster than to look for all at once.
    truth = np.full(len(values), FALSE, dtype=np.int8)
    for code in codes:
        truth[values == code] = TRUE
    truth[values == UNKNOWN] = UNDECIDED
    return truth


def _fill(cases: NDArray[np.int64], truth: int) -> Truth:
    return np.full(len(cases), truth, dtype=np.int8)
