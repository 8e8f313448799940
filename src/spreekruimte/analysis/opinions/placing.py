"""Which opinion group somebody votes most like, from the counts of each group alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# As sure as the engine has to be to count somebody as a member.
SURE = 0.6
FEWEST_VOTES = 3


def weigh_groups(
    agree: Counts, disagree: Counts, sizes: Counts, rows: Counts, columns: Counts, values: Counts
) -> Floats:
    """Give the chance of each group for each person, if votes within a group are independent.

    That is the naive classifier of Bayes: before any vote a group is as likely as it is large, and
    each rate of agreement starts from one half, with one pretended opinion on either side.

    Parameters
    ----------
    agree, disagree
        Shape (groups, statements): the opinions of the members of each group.
    sizes
        Shape (groups,): how many members each group has.
    rows, columns, values
        Shape (votes,): person from 0, statement, and vote (1 agree, -1 disagree, 0 pass); in any
        order, one vote for a person and a statement. Passes say nothing.

    Returns
    -------
    Floats
        Shape (people, groups), each row adding up to 1; people are counted to the last row.

    Raises
    ------
    ValueError
        If there are no groups.
    """
    if not len(sizes):
        raise ValueError("without opinion groups nobody can be placed in one")
    order = np.lexsort((columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    rate = (agree + 1.0) / (agree + disagree + 2.0)
    said = np.where(values > 0, np.log(rate)[:, columns], np.log1p(-rate)[:, columns])
    said[:, values == 0] = 0.0
    people = int(rows.max(initial=-1)) + 1
    logs = np.stack([np.bincount(rows, weights=each, minlength=people) for each in said], axis=1)
    logs = logs + np.log(np.maximum(sizes, 1))
    weights = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def place_people(
    agree: Counts, disagree: Counts, sizes: Counts, rows: Counts, columns: Counts, values: Counts
) -> Counts:
    """Give the group of each person, shape (people,); -1 where that is not sure enough.

    A group is told of who gave at least `FEWEST_VOTES` opinions and fits it with a chance of at
    least `SURE`. The arguments are those of `weigh_groups`.
    """
    chances = weigh_groups(agree, disagree, sizes, rows, columns, values)
    opinions = np.bincount(rows[values != 0], minlength=len(chances))
    is_sure = (chances.max(axis=1, initial=0.0) >= SURE) & (opinions >= FEWEST_VOTES)
    return np.where(is_sure, chances.argmax(axis=1), -1)
