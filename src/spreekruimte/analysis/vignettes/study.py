"""A study with vignettes: what was shown to whom, and what was found of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST = 2
"""So many respondents at least have seen a level of which a number is given."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a context, and its levels; effects are told against the first of them."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers to vignettes, those of one respondent beside each other.

    Attributes
    ----------
    attributes
        What the vignettes are made of.
    shown
        The place of the level that each vignette had of each attribute, shape
        (answers, attributes).
    outcomes
        From 0 to 1, 1 for who finds posting admissible, shape (answers,).
    respondents
        Who answered, numbered from 0 without gaps, rising, shape (answers,).
    """

    attributes: tuple[Attribute, ...]
    shown: Ints
    outcomes: Floats
    respondents: Ints

    @property
    def respondent_count(self) -> int:
        """How many people answered."""
        return int(self.respondents[-1]) + 1

    @property
    def sizes(self) -> Ints:
        """How many levels each attribute has, shape (attributes,)."""
        return count_levels(self.attributes)


def count_levels(attributes: Sequence[Attribute]) -> Ints:
    """Give how many levels each attribute has, shape (attributes,)."""
    return np.array([len(each.levels) for each in attributes], dtype=np.int64)


def make_answers(
    attributes: Sequence[Attribute], shown: Ints, outcomes: Floats, respondents: Ints
) -> Answers:
    """Check the answers of a study, and put those of one respondent beside each other.

    Parameters
    ----------
    attributes, shown, outcomes
        As in `Answers`.
    respondents
        Any numbers that tell people apart, shape (answers,).

    Raises
    ------
    InputError
        If fewer than `FEWEST` people answered, an outcome is outside of 0 to 1, or a level was
        seen by fewer than `FEWEST`.
    ValueError
        If the shapes differ, or a level is none of its attribute.
    """
    sizes = count_levels(attributes)
    if shown.shape != (len(outcomes), len(sizes)) or respondents.shape != outcomes.shape:
        raise ValueError("Each answer has a level of each attribute, an outcome and a respondent.")
    if ((shown < 0) | (shown >= sizes)).any():
        raise ValueError("Each level that was shown is one of its attribute.")
    people, numbers = np.unique(respondents, return_inverse=True)
    if len(people) < FEWEST:
        raise InputError(
            "This study has {count} respondents; nothing can be said with fewer than {fewest}.",
            count=len(people),
            fewest=FEWEST,
        )
    if not ((outcomes >= 0.0) & (outcomes <= 1.0)).all():
        raise InputError("An answer to a vignette is a number from 0 to 1.")
    order = np.argsort(numbers, kind="stable")
    answers = Answers(tuple(attributes), shown[order], outcomes[order], numbers[order])
    require_support(answers)
    return answers


def require_support(answers: Answers, group: str = "") -> None:
    """Refuse a study, or one `group` of its respondents, in which a level was hardly seen.

    Raises
    ------
    InputError
        If fewer than `FEWEST` respondents have seen a level; names it.
    """
    for place, attribute in enumerate(answers.attributes):
        seen = np.unique(answers.respondents * len(attribute.levels) + answers.shown[:, place])
        counts = np.bincount(seen % len(attribute.levels), minlength=len(attribute.levels))
        if (counts < FEWEST).any():
            raise InputError(
                "Of {attribute}, {level} was seen by {count} respondents{group}; nothing can be "
                "said of it with fewer than {fewest}.",
                attribute=attribute.name,
                level=attribute.levels[int(np.argmin(counts))],
                count=int(counts.min()),
                group=f" of {group}" if group else "",
                fewest=FEWEST,
            )


def find_restricted_pairs(forbidden: Ints) -> list[tuple[int, int]]:
    """Give the pairs of attributes that some forbidden combination ties together, in order.

    Parameters
    ----------
    forbidden
        Combinations that are never shown, shape (combinations, attributes): the place of a level,
        or -1 where any level is meant.
    """
    tied = {pair for rule in forbidden for pair in combinations(np.flatnonzero(rule >= 0), 2)}
    return sorted((int(first), int(second)) for first, second in tied)
