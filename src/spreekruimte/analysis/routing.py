"""What to ask whom next: which reason is put before a respondent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

EVENLY = 0.1
"""The share of the draws in which every reason is as likely as any other."""

_SEED = b"spreekruimte routing 1"
# The increment and the mixing constants of SplitMix64.
_STEP, _MIX, _MIX_AGAIN = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@dataclass(frozen=True, slots=True, eq=False)
class ReasonCounts:
    """How often each answer was given to each reason: whole numbers from 0, shape (reasons,).

    Raises
    ------
    ValueError
        If the shapes differ or a count is negative.
    """

    agreed: NDArray[np.int64]
    disagreed: NDArray[np.int64]
    passed: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse what cannot be counts."""
        counts = (self.agreed, self.disagreed, self.passed)
        if len({each.shape for each in counts}) != 1 or self.agreed.ndim != 1:
            raise ValueError("The counts of the answers have one shape, (reasons,).")
        if any((each < 0).any() for each in counts):
            raise ValueError("A count is 0 or more.")


@dataclass(frozen=True, slots=True)
class Draw:
    """Which reason was drawn.

    Attributes
    ----------
    place
        Its place among the weights.
    probability
        How likely it was to be drawn, above 0 and at most 1.
    """

    place: int
    probability: float


def weigh_reasons(counts: ReasonCounts) -> NDArray[np.float64]:
    """Give the weight of each reason in the draw, shape (reasons,), above 0, together 1.

    With ``a`` who agree, ``d`` who disagree and ``p`` who pass, the share of agreement has, before
    anything is known, the same chance to lie anywhere: a Beta(1, 1) distribution. Then::

        n = a + d + 2,  q = (a + 1) / n
        variance = q (1 - q) / (n + 1)               of the share, given the answers
        opinions = n / (n + p)                       how often an answer is an opinion
        weight = (1 - EVENLY) variance opinions / (sum of these) + EVENLY / reasons

    So a reason is asked more, the less certain its agreement is: with few opinions, and with
    divided ones; and less, the more often people pass on it. What is drawn in proportion to its
    variance ends with a number of opinions in proportion to ``sqrt(q (1 - q))``, which makes the
    sum of the variances as small as so many answers can (Neyman 1934, "On the two different
    aspects of the representative method"). The even part keeps every reason asked, so that an
    early majority can still be seen to turn.

    Agreement itself does not count, unlike in Polis: what most people like is not shown more.
    """
    if not counts.agreed.size:
        return np.zeros(0)
    n = counts.agreed + counts.disagreed + 2.0
    share = (counts.agreed + 1) / n
    gain = share * (1 - share) / (n + 1) * n / (n + counts.passed)
    weights: NDArray[np.float64] = (1 - EVENLY) * gain / gain.sum() + EVENLY / gain.size
    return weights


def seed_draw(*, round_name: str, pseudonym: str, answered: int) -> int:
    """Give the seed of one draw, 64 bits: the same for one respondent at one step of one round.

    Parameters
    ----------
    answered
        How many reasons the respondent has answered.
    """
    text = "\n".join((round_name, pseudonym, str(answered))).encode("utf-8")
    return int.from_bytes(hashlib.sha256(_SEED + b"\n" + text).digest()[:8], "big")


def draw_reason(
    weights: NDArray[np.float64],
    *,
    ids: NDArray[np.uint64],
    without: Sequence[int],
    seed: int,
) -> Draw | None:
    """Draw one reason in proportion to the weights; None if there is none to draw.

    Each reason runs for a time that is exponentially distributed with its weight as rate, and
    follows from the seed and its id; the first to arrive is drawn (Efraimidis and Spirakis 2006).
    So a respondent who comes back is given the same reason, also where others were added or
    hidden meanwhile, unless that was the one, or weights have changed enough to let another
    overtake it.

    Parameters
    ----------
    weights
        Shape (reasons,), above 0.
    ids
        Shape (reasons,): what names each reason for good.
    without
        The places that are not drawn, each once.
    """
    if len(without) == len(weights):
        return None
    is_running = np.ones(len(weights), dtype=np.bool_)
    for place in without:
        is_running[place] = False
    place, together = _run_race(weights, ids, is_running, np.uint64(seed))
    return Draw(place, min(1.0, float(weights[place]) / together))


# Compiled: it is on the way of every answer, and each step of numpy takes longer than the race.
# Without letting go of the interpreter, which costs more than the race, too.
@njit(cache=True)
def _run_race(
    weights: NDArray[np.float64],
    ids: NDArray[np.uint64],
    is_running: NDArray[np.bool_],
    seed: np.uint64,
) -> tuple[int, float]:
    """Give the place of the first to arrive, and the weight of all who run together."""
    first, earliest, together = -1, np.inf, 0.0
    for place in range(len(weights)):
        if is_running[place]:
            together += weights[place]
            arrival = -np.log(_uniform(ids[place], seed)) / weights[place]
            if first < 0 or arrival < earliest:
                first, earliest = place, arrival
    return first, together


@njit(cache=True)
def _uniform(number: np.uint64, seed: np.uint64) -> float:
    """Give a number between 0 and 1: SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = number * np.uint64(_STEP) + seed
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_MIX)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX_AGAIN)
    mixed ^= mixed >> np.uint64(31)
    return (np.float64(mixed >> np.uint64(11)) + 0.5) * 2.0**-53
