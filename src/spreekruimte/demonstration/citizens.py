"""Simulate citizens from what is true of them: the same seed gives the same people.

Each belongs to a group, and answers by the parts of that group, one answer apart from the other.
Whoever passes does so whatever they think, so that passing tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.ballots.about import ABOUT
from spreekruimte.cases.shares import FULL_CONTEXT, Arm
from spreekruimte.demonstration.truths import Truth

UNSURE, PASSING = 0.05, 0.08
# So many reasons a citizen votes on, at least.
FEWEST_REASONS = 7
# One in so many first does not know; one in so many looks at the results and can judge anew.
IN_DOUBT, LOOKING = 40, 8
# Which part of those who look and find it admissible found it not so before.
MOVED = 0.15
# Which part tells something about themselves.
TELLS = 0.6
WITHOUT_MEASURE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Citizens:
    """Simulated citizens, a row each.

    Attributes
    ----------
    group
        Shape (people,): to which group each belongs, from 0.
    judgement, measure
        Shape (people,): as `ballots.models.Ballot.answer` has it.
    first
        Shape (people,): the judgement before results.
    looks
        Shape (people,): who looks at the results between `first` and `judgement`.
    opinions
        Shape (people, reasons): what each would answer to each reason.
    patience
        Shape (people,): on how many reasons each votes.
    about
        What each tells, by question; empty for who tells nothing.
    """

    group: NDArray[np.int64]
    judgement: NDArray[np.int64]
    first: NDArray[np.int64]
    looks: NDArray[np.bool_]
    measure: NDArray[np.int64]
    opinions: NDArray[np.int64]
    patience: NDArray[np.int64]
    about: list[dict[str, str]]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.group)


def simulate(truth: Truth, people: int, seed: int, arms: Sequence[Arm] = ()) -> Citizens:
    """Draw citizens from the truth about a case.

    Parameters
    ----------
    arms
        The text on which each is asked; without, all are asked on the post with all context. It
        changes their judgement and nothing else of them.
    """
    rng = np.random.default_rng(seed)
    shares = np.array([group.share for group in truth.groups])
    group = rng.choice(len(shares), size=people, p=shares)
    known = sorted({*arms, FULL_CONTEXT})
    place = np.array([known.index(arm) for arm in arms or [FULL_CONTEXT] * people])
    admissible = np.array([[each.admissible_in(arm) for arm in known] for each in truth.groups])
    agree = np.array([reason.agree for reason in truth.reasons]).T
    measures = np.array([each.measure for each in truth.groups]).cumsum(axis=1)
    drawn = (rng.random((people, 1)) > measures[group]).sum(axis=1)
    judgement = answer_by_chance(rng, admissible[group, place], UNSURE)
    first, looks = _look(judgement, seed)
    return Citizens(
        group=group,
        judgement=judgement,
        first=first,
        looks=looks,
        measure=np.where(rng.random(people) < UNSURE, WITHOUT_MEASURE, np.minimum(drawn, 8)),
        opinions=answer_by_chance(rng, agree[group]),
        patience=rng.integers(FEWEST_REASONS, len(truth.reasons) + 1, people),
        about=_describe(rng, people),
    )


def _look(judgement: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Draw what each answered first, and give who looks at results after that."""
    number = np.arange(len(judgement))
    rng = np.random.default_rng([seed, LOOKING])
    moves = (number % LOOKING == 1) & (judgement == 1) & (rng.random(len(judgement)) < MOVED)
    in_doubt = number % IN_DOUBT == 0
    first = np.where(in_doubt, 0, np.where(moves, -1, judgement))
    return first, in_doubt | (number % LOOKING == 1)


def answer_by_chance(
    rng: np.random.Generator, chance: NDArray[np.float64], passing: float = PASSING
) -> NDArray[np.int64]:
    """Give 1 with that chance and else -1; and 0 in part of all cases."""
    answers = np.where(rng.random(chance.shape) < chance, 1, -1)
    return np.where(rng.random(chance.shape) < passing, 0, answers)


def _describe(rng: np.random.Generator, people: int) -> list[dict[str, str]]:
    tells = rng.random(people) < TELLS
    drawn = [
        np.array(list(about.options))[rng.integers(len(about.options), size=people)].tolist()
        for about in ABOUT.values()
    ]
    return [
        dict(zip(ABOUT, answers, strict=True)) if told else {}
        for told, answers in zip(tells.tolist(), zip(*drawn, strict=True), strict=True)
    ]
