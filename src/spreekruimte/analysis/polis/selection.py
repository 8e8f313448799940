"""Polis' lists: the statements that represent a group, and those on which all agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.polis.statistics import OPINIONS, Opinion, Repness, Support
from spreekruimte.analysis.votes.matrix import Flags, Floats

SIGNIFICANT = 1.2816
"""The z above which Polis calls a test significant: 90%, one-sided."""

LISTED = 5


@dataclass(frozen=True, slots=True)
class ConsensusStatement:
    """A statement on which participants as a whole are of one opinion.

    `count` of the `seen` gave the opinion; `probability` and `test` as in `Support`.
    """

    column: int
    count: int
    seen: int
    probability: float
    test: float


@dataclass(frozen=True, slots=True)
class RepresentativeStatement:
    """A statement that represents a group.

    `opinion` is the one that sets the group apart most; the figures belong to it.
    `best_agree` marks the statement that Polis puts on the list because the group agrees
    with it; its own `opinion` can still be "disagree".
    """

    column: int
    opinion: Opinion
    count: int
    seen: int
    probability: float
    test: float
    ratio: float
    ratio_test: float
    best_agree: bool


@dataclass(frozen=True, slots=True, eq=False)
class Distinction:
    """One opinion in one group: what selection looks at, each of shape (statements,)."""

    probability: Floats
    test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def significant(self) -> Flags:
        """Whether the opinion prevails in the group and sets it apart."""
        return (self.test > SIGNIFICANT) & (self.ratio_test > SIGNIFICANT)


def choose_consensus(support: Support, eligible: Flags) -> tuple[ConsensusStatement, ...]:
    """Choose up to five statements on which most participants are of this opinion.

    They have a probability above one half and a significant test, and are ranked by the
    product of both. Shape (statements,) for `support` and `eligible`.
    """
    passing = eligible & (support.probability > 0.5) & (support.test > SIGNIFICANT)
    strength = support.probability * support.test
    ranked = sorted(np.flatnonzero(passing), key=lambda column: -strength[column])
    return tuple(
        ConsensusStatement(
            column=int(column),
            count=int(support.count[column]),
            seen=int(support.seen[column]),
            probability=float(support.probability[column]),
            test=float(support.test[column]),
        )
        for column in ranked[:LISTED]
    )


def choose_representatives(
    supports: dict[Opinion, Support], repness: dict[Opinion, Repness], group: int, eligible: Flags
) -> tuple[RepresentativeStatement, ...]:
    """Choose up to five statements that represent a group.

    Those for which one opinion both prevails in the group and sets it apart, ranked by
    ratio, probability and both tests multiplied; before them the one that the group
    agrees with most. Where no statement qualifies, only that one, or else the one that
    sets the group apart most. Agreements stand before disagreements.

    Statements are looked at in their order in the matrix, which decides ties.

    Parameters
    ----------
    supports, repness
        Per opinion, of shape (groups, statements).
    group
        Row of those.
    eligible
        Shape (statements,).
    """
    agree, disagree = (
        Distinction(
            supports[opinion].probability[group],
            supports[opinion].test[group],
            repness[opinion].ratio[group],
            repness[opinion].test[group],
        )
        for opinion in OPINIONS
    )
    columns = [int(column) for column in np.flatnonzero(eligible)]
    has_opinion = (supports["agree"].count[group] + supports["disagree"].count[group]) > 0
    favourite = _find_favourite(agree, [column for column in columns if has_opinion[column]])
    by_agreement = agree.ratio_test > disagree.ratio_test
    strength = np.where(by_agreement, _multiply(agree), _multiply(disagree))
    qualified = agree.significant | disagree.significant
    ranked = sorted(
        (column for column in columns if qualified[column] and column != favourite),
        key=lambda column: -strength[column],
    )
    head = [] if favourite is None else [favourite]
    if not head and not ranked:
        head = _find_most_distinct(np.maximum(agree.ratio_test, disagree.ratio_test), columns)
    chosen = (head + ranked)[:LISTED]

    def describe(column: int) -> RepresentativeStatement:
        opinion: Opinion = "agree" if by_agreement[column] else "disagree"
        support, distinction = supports[opinion], repness[opinion]
        return RepresentativeStatement(
            column=column,
            opinion=opinion,
            count=int(support.count[group, column]),
            seen=int(support.seen[group, column]),
            probability=float(support.probability[group, column]),
            test=float(support.test[group, column]),
            ratio=float(distinction.ratio[group, column]),
            ratio_test=float(distinction.test[group, column]),
            best_agree=column == favourite,
        )

    return tuple(describe(column) for column in sorted(chosen, key=lambda c: not by_agreement[c]))


def _find_favourite(agree: Distinction, columns: Iterable[int]) -> int | None:
    """Find what the group agrees with most, in Polis' way, which depends on the order.

    The measure by which the next statement must win follows from the best one so far.
    """
    by_agreement = agree.probability * agree.test
    by_distinction = agree.ratio * agree.ratio_test * agree.probability * agree.test
    best: int | None = None
    for column in columns:
        if best is None:
            prevails = agree.test[column] > SIGNIFICANT
            if prevails or (agree.ratio[column] > 1 and agree.probability[column] > 0.5):
                best = column
            continue
        measure = by_distinction if agree.ratio[best] > 1 else by_agreement
        if measure[column] > measure[best]:
            best = column
    return best


def _find_most_distinct(test: Floats, columns: Iterable[int]) -> list[int]:
    """Find the statement with the largest test; no item where there are no statements."""
    best: list[int] = []
    bar = -np.inf
    for column in columns:
        if test[column] > bar:
            # Polis keeps the test to beat in single precision, which decides ties.
            best, bar = [column], float(np.float32(test[column]))
    return best


def _multiply(distinction: Distinction) -> Floats:
    """Multiply ratio, probability and both tests: by this Polis ranks within a group."""
    # Polis keeps the test of the ratio in single precision, which decides near ties.
    rounded = distinction.ratio_test.astype(np.float32).astype(np.float64)
    return distinction.ratio * rounded * distinction.probability * distinction.test
