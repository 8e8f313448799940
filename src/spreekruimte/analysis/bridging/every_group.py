"""What every opinion group agrees with: judged by the group that agrees least."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts.intervals import bound_share_anytime

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LeastAgreement:
    """How far the group that agrees least does, per statement; each of shape (statements,).

    Attributes
    ----------
    group
        Which group it is: the first of those with the lowest end.
    share
        The share of it that agrees, 0 to 1; NaN where nobody in it gave an opinion.
    low, high
        The interval of that share, which holds however often one looks.
    """

    group: Counts
    share: Floats
    low: Floats
    high: Floats


def find_least_agreement(agree: Counts, disagree: Counts, *, level: float) -> LeastAgreement:
    """Find, for each statement, the group whose agreement has the lowest low end.

    That the low end is above one half says of *every* group that most of it agrees. No correction
    for the number of groups is due: to say so wrongly, the interval of a group where it is not so
    has to miss, and that has its own small chance whatever the other groups do (the
    intersection-union test of Berger 1982, "Multiparameter hypothesis testing and acceptance
    sampling"). How many opinions there are raises the low end only as far as they agree.

    Parameters
    ----------
    agree, disagree
        Shape (groups, statements); without groups, one row with everybody.
    level
        Probability that an interval holds at all times, in (0, 1).

    Raises
    ------
    ValueError
        If there is no row at all, or the level or a count is out of its range.
    """
    if not len(agree):
        raise ValueError("agreement is found in groups: give one row at least")
    low, high = bound_share_anytime(agree, disagree, level)
    group = low.argmin(axis=0)
    column = np.arange(low.shape[1])
    yes, no = agree[group, column], disagree[group, column]
    share = np.full(len(column), np.nan)
    np.divide(yes, yes + no, out=share, where=yes + no > 0)
    return LeastAgreement(group, share, low[group, column], high[group, column])


def order_by_agreement(low: Floats, names: Sequence[str]) -> list[int]:
    """Order statements by the low end of the group that agrees least, the highest first.

    Where these are equal, as of statements that nobody voted on, the order follows from a digest
    of the name: who came first has no better place, and everybody sees the same order.

    Parameters
    ----------
    low
        Shape (statements,), as `find_least_agreement` gives it.
    names
        One for each statement, all different.
    """
    digests = [hashlib.sha256(name.encode("utf-8")).digest() for name in names]
    return sorted(range(len(names)), key=lambda place: (-float(low[place]), digests[place]))
