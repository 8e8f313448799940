"""Polis' statistics of votes per statement and group, from given groups.

Polis counts a pass as a vote that was seen, adds one to what it counts and two to what
it divides by, and tests with one pseudo-vote more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from spreekruimte.analysis.votes.matrix import (
    AGREE,
    DISAGREE,
    Flags,
    Floats,
    Indices,
    Ints,
    VoteMatrix,
)

META_PRIORITY = 49.0
"""What Polis gives a statement about the participant instead of the topic: seven, squared."""


Opinion = Literal["agree", "disagree"]
OPINIONS: tuple[Opinion, Opinion] = ("agree", "disagree")


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counted votes; the arrays share one shape, (statements,) or (groups, statements).

    Attributes
    ----------
    counts
        How many gave each opinion.
    seen
        How many voted at all, passes included.
    """

    counts: dict[Opinion, Ints]
    seen: Ints

    def add_groups(self) -> Tally:
        """Add the groups up: from shape (groups, statements) to (statements,)."""
        counts = {opinion: self.counts[opinion].sum(axis=0) for opinion in OPINIONS}
        return Tally(counts=counts, seen=self.seen.sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """How probable one opinion is, with its test against one half.

    Attributes
    ----------
    count
        How many gave the opinion; the shape of all arrays.
    seen
        How many voted at all.
    probability
        ``(count + 1) / (seen + 2)``, between 0 and 1.
    test
        z of the share against one half, one pseudo-vote added.
    """

    count: Ints
    seen: Ints
    probability: Floats
    test: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Repness:
    """How much more probable one opinion is in a group than in all other groups together.

    Attributes
    ----------
    ratio
        Shape (groups, statements): the group's probability over that of the others.
    test
        Shape (groups, statements): z of the difference of two shares.
    """

    ratio: Floats
    test: Floats


def count_by_group(matrix: VoteMatrix, labels: Indices, groups: int) -> Tally:
    """Count the votes of the members of each group on each statement.

    Parameters
    ----------
    labels
        Shape (participants,): 0 to `groups` - 1, or -1 for none.
    groups
        Number of groups.

    Returns
    -------
    Tally
        Shape (groups, statements).
    """
    group = labels[matrix.rows]
    statements = matrix.statement_count

    def count(chosen: Flags) -> Ints:
        cells = group[chosen].astype(np.int64) * statements + matrix.columns[chosen]
        return np.bincount(cells, minlength=groups * statements).reshape(groups, statements)

    member = group >= 0
    return Tally(
        counts={
            "agree": count(member & (matrix.values == AGREE)),
            "disagree": count(member & (matrix.values == DISAGREE)),
        },
        seen=count(member),
    )


def count_all(matrix: VoteMatrix) -> Tally:
    """Count the votes of all participants, in a group or not; shape (statements,)."""
    one_group = np.zeros(matrix.participant_count, dtype=np.int32)
    return count_by_group(matrix, one_group, 1).add_groups()


def measure_support(count: Ints, seen: Ints) -> Support:
    """Smooth the share ``count / seen`` and test it against one half.

    The test is ``2 sqrt(n) (x / n - 1/2)`` with ``x = count + 1`` and ``n = seen + 1``.
    """
    trials = seen + 1
    return Support(
        count=count,
        seen=seen,
        probability=(count + 1) / (seen + 2),
        test=2 * np.sqrt(trials) * ((count + 1) / trials - 0.5),
    )


def compare_groups(count: Ints, seen: Ints) -> Repness:
    """Compare each group's share ``count / seen`` with that of all other groups together.

    Shape (groups, statements) in and out. The test is that of two proportions, one
    pseudo-vote added to each count; 0 where everyone who saw the statement gave the
    opinion.
    """
    others = count.sum(axis=0) - count
    seen_by_others = seen.sum(axis=0) - seen
    ratio = ((count + 1) / (seen + 2)) / ((others + 1) / (seen_by_others + 2))
    inside, outside = seen + 1, seen_by_others + 1
    pooled = (count + others + 2) / (inside + outside)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / inside + 1 / outside))
    gap = (count + 1) / inside - (others + 1) / outside
    test = np.divide(gap, spread, out=np.zeros_like(gap), where=pooled < 1)
    return Repness(ratio=ratio, test=test)


def multiply_over_groups(support: Support) -> Floats:
    """Give the group-informed consensus: the product of the groups' probabilities.

    Shape (statements,), between 0 and 1; multiplied in the order of the groups.
    """
    product: Floats = np.multiply.reduce(support.probability, axis=0)
    return product


def weigh_priorities(tally: Tally, extremity: Floats, meta: Flags) -> Floats:
    """Give the weights by which Polis draws the statement that it shows next.

    Parameters
    ----------
    tally
        Shape (statements,): the votes of all members of groups.
    extremity
        Shape (statements,): see `space.measure_extremity`.
    meta
        Shape (statements,): statements about the participant instead of the topic.

    Returns
    -------
    Floats
        Shape (statements,), above 0: ``importance^2``, and up to 81 times that while few
        have seen the statement.
    """
    agreed, disagreed = tally.counts["agree"], tally.counts["disagree"]
    passed = tally.seen - agreed - disagreed
    agreeing = (agreed + 1) / (tally.seen + 2)
    passing = (passed + 1) / (tally.seen + 2)
    importance = (1 - passing) * (extremity + 1) * agreeing
    newness = 1 + 8 * np.exp2(tally.seen / -5)
    return np.where(meta, META_PRIORITY, (importance * newness) ** 2)
