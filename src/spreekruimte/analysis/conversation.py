"""How well people talk with each other: figures of a conversation, each with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, chdtrc, ndtri

from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.verdicts.intervals import bound_share

LEVEL = 0.95
"""The probability of every interval of a conversation."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many judged before and after, and how many of them went up, towards admissible, or down.

    Counts of different people can be added.
    """

    people: int = 0
    towards: int = 0
    away: int = 0

    def __add__(self, other: ChangeCounts) -> ChangeCounts:
        """Count the people of both."""
        return ChangeCounts(
            self.people + other.people, self.towards + other.towards, self.away + other.away
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """How judgements changed.

    Attributes
    ----------
    share
        Who judges otherwise than before.
    towards, away
        How many went up, towards admissible, and how many down.
    """

    share: Estimate
    towards: int
    away: int


def estimate_share(count: int, whole: int) -> Estimate | None:
    """Give a share with the interval of Jeffreys (`bound_share`); None of nothing.

    Parameters
    ----------
    count
        From 0 to the whole.
    """
    if not whole:
        return None
    low, high = bound_share(np.array([count]), np.array([whole - count]), LEVEL)
    return Estimate(count / whole, float(low[0]), float(high[0]))


def estimate_wait(waited: Floats, is_answered: Flags) -> Estimate | None:
    """Give the median time until a question is answered, those that still wait included.

    A question without an answer says that its time is longer than it waited. So the curve is that
    of Kaplan and Meier (1958, "Nonparametric estimation from incomplete observations"); the
    interval of the median is that of Brookmeyer and Crowley (1982, "A confidence interval for the
    median survival time"), on the scale of the logarithm of minus the logarithm.

    Parameters
    ----------
    waited
        Shape (questions,): until the answer or, without one, until now; from 0, in any unit.
    is_answered
        Shape (questions,).

    Returns
    -------
    Estimate or None
        In the same unit; infinite where fewer than half were answered for as far as one can see.
        None without questions.
    """
    if not len(waited):
        return None
    times, counts = np.unique(waited[is_answered].astype(np.float64), return_counts=True)
    at_risk = len(waited) - np.searchsorted(np.sort(waited), times, side="left")
    survival = np.asarray(np.cumprod(1.0 - counts / at_risk), dtype=np.float64)
    low, high = _bound_survival(survival, counts, at_risk)
    return Estimate(_half_of(times, survival), _half_of(times, low), _half_of(times, high))


def estimate_reciprocity(speakers: Counts, addressed: Counts) -> Estimate | None:
    """Give the share of the pairs in conversation of whom both answered the other.

    Each pair counts once, however much it said: the census of dyads (Wasserman and Faust 1994,
    "Social network analysis", section 13.4), mutual ones among those with any tie.

    Parameters
    ----------
    speakers, addressed
        Shape (answers,): codes from 0 of who answered, and of who was answered. Who answers
        themselves does not count.

    Returns
    -------
    Estimate or None
        None where nobody answered anybody.
    """
    is_between = speakers != addressed
    size = int(max(speakers.max(initial=0), addressed.max(initial=0))) + 1
    ties = np.unique(speakers[is_between] * size + addressed[is_between])
    first, second = np.divmod(ties, size)
    pairs = np.unique(np.minimum(first, second) * size + np.maximum(first, second))
    return estimate_share(len(ties) - len(pairs), len(pairs))


def estimate_diversity(counts: Counts) -> Estimate | None:
    """Give how evenly the groups take part: 0 if all who do are of one group, 1 if equally many.

    That is the chance that two people who take part are of different groups (Simpson 1949,
    "Measurement of diversity"), as a part of the most that it can be with so many groups. The
    shares of the groups have the posterior of Dirichlet from one half each. The first two moments
    of the index under it are exact, and the figure and its interval are those of the beta
    distribution with these moments. The ends of the range are truths that no such interval holds,
    so it is drawn to 1 where Pearson's test does not tell the groups from equally many, and to 0
    where one group alone takes part.

    Parameters
    ----------
    counts
        Shape (groups,): how many of each group take part.

    Returns
    -------
    Estimate or None
        None with fewer than two groups, or where nobody takes part.
    """
    if len(counts) < 2 or not counts.sum():
        return None
    prior = counts + 0.5
    whole = float(prior.sum())
    squares = prior * (prior + 1.0)
    fourths = squares * (prior + 2.0) * (prior + 3.0)
    same = float(squares.sum()) / (whole * (whole + 1.0))
    product = float(squares.sum()) ** 2 - float((squares**2).sum()) + float(fourths.sum())
    second = product / (whole * (whole + 1.0) * (whole + 2.0) * (whole + 3.0))
    most = 1.0 - 1.0 / len(counts)
    mean, variance = (1.0 - same) / most, (second - same**2) / most**2
    strength = mean * (1.0 - mean) / variance - 1.0
    ends = betaincinv(mean * strength, (1.0 - mean) * strength, [_TAIL, 1.0 - _TAIL])
    is_alone = int((counts > 0).sum()) == 1
    return Estimate(
        mean,
        0.0 if is_alone else float(ends[0]),
        1.0 if _may_be_even(counts) else float(ends[1]),
    )


def count_changes(before: Counts, after: Counts) -> ChangeCounts:
    """Compare the judgements of the same people before and after.

    Parameters
    ----------
    before, after
        Shape (people,): 1 admissible, -1 not admissible, 0 don't know.
    """
    return ChangeCounts(len(before), int((after > before).sum()), int((after < before).sum()))


def estimate_changes(counts: ChangeCounts) -> Changes | None:
    """Give the share that judges otherwise, with its interval; None of nobody."""
    share = estimate_share(counts.towards + counts.away, counts.people)
    return None if share is None else Changes(share, counts.towards, counts.away)


_TAIL = (1.0 - LEVEL) / 2.0


def _may_be_even(counts: Counts) -> bool:
    expected = float(counts.sum()) / len(counts)
    distance = float((((counts - expected) ** 2) / expected).sum())
    return bool(chdtrc(len(counts) - 1, distance) >= 1.0 - LEVEL)


def _bound_survival(survival: Floats, counts: Counts, at_risk: Counts) -> tuple[Floats, Floats]:
    """Bound the curve at each time by Greenwood's variance, on the scale log(-log S)."""
    left = at_risk - counts
    is_open = left > 0
    steps = np.divide(counts, at_risk * left, out=np.zeros(len(counts)), where=is_open)
    low, high = np.zeros(len(counts)), np.ones(len(counts))
    logs = np.log(survival[is_open])
    reach = float(ndtri(1.0 - _TAIL)) * np.sqrt(np.cumsum(steps)[is_open]) / -logs
    low[is_open] = np.exp(logs * np.exp(reach))
    high[is_open] = np.exp(logs * np.exp(-reach))
    # Where nobody is left the variance says nothing: the last bound that was known stays.
    if len(high) and not is_open[-1]:
        high[-1] = high[-2] if len(high) > 1 else 1.0
    return low, high


def _half_of(times: Floats, curve: Floats) -> float:
    """Give the first time at which a falling curve is at one half or below."""
    below = np.flatnonzero(curve <= 0.5)
    return float(times[below[0]]) if len(below) else math.inf
