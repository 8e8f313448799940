"""The difference between two random arms, adjusted for who was assigned to which."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from spreekruimte.analysis.framings.intervals import (
    FEWEST_OPINIONS,
    Estimate,
    Support,
    judge_support,
    refuse,
    widen_for_any_time,
)
from spreekruimte.analysis.verdicts import bound_share_anytime

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Opinions in the smaller arm, and of the rarer kind in either, from which the asymptotic
# sequence is trusted: with hardly any of one kind a difference is far from normal.
ASYMPTOTIC_FROM, RARER_FROM = 40, 10
# Part of the chance to miss that is spent before that.
SPENT_BEFORE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Two arms, divided by what was known of the respondents before they were assigned.

    Attributes
    ----------
    agree, opinions
        Shape (strata, 2): answers "admissible", and opinions, in arms 0 and 1.
    people
        Shape (strata,): all respondents, of other arms and without an opinion too. They
        weigh the strata: what is estimated is the mean effect among people like them.
    """

    agree: Ints
    opinions: Ints
    people: Ints


def contrast_arms(strata: Strata, level: float) -> Estimate:
    """Estimate the share that finds the case admissible in arm 1, less that in arm 0.

    Poststratification (Holt and Smith 1979; Miratrix, Sekhon and Yu 2013, "Adjusting
    treatment effect estimates by post-stratification in randomized experiments"): the
    mean of the differences within strata, weighted by the people in each. Strata too
    thin for a difference of their own are taken together; in the end that is the plain
    difference, which random assignment makes unbiased too.

    The interval for one look is the normal one. Its variance counts that the weights
    are those of a sample, and adds one opinion either way to each arm (Agresti and Caffo
    2000), since an arm in which all agree is not certain.

    The anytime interval spends a fifth of its chance to miss while an arm has fewer
    than `ASYMPTOTIC_FROM` opinions, or fewer than `RARER_FROM` of one kind, on the
    difference between the exact sequences of either arm, and the rest on the asymptotic
    sequence from there on. So looking on does not add up, and no interval depends on the
    order of the answers.

    Parameters
    ----------
    strata
        Any number of them, also empty ones.
    level
        Of both intervals, in (0, 1).

    Returns
    -------
    Estimate
        Within [-1, 1]; refused where an arm has fewer than `FEWEST_OPINIONS` opinions.
    """
    arms = strata.opinions.sum(axis=0)
    support = judge_support(int(arms.min()))
    if support is not Support.TOLD:
        return refuse(support)
    joined = _join_thin(strata)
    value, error = _poststratify(joined)
    reach = error * float(ndtri(0.5 + level / 2.0))
    alpha = 1.0 - level
    agree = strata.agree.sum(axis=0)
    rarer = np.minimum(agree, arms - agree).min()
    if arms.min() < ASYMPTOTIC_FROM or rarer < RARER_FROM:
        low, high = _bound_exactly(agree, arms, SPENT_BEFORE * alpha)
        # The adjusted value of few opinions can lie beyond what the plain shares allow.
        low, high = min(low, value), max(high, value)
    else:
        widened = error * widen_for_any_time(int(arms.sum()), (1.0 - SPENT_BEFORE) * alpha)
        low, high = value - widened, value + widened
    return Estimate(
        value,
        max(low, -1.0),
        min(high, 1.0),
        max(value - reach, -1.0),
        min(value + reach, 1.0),
        support,
    )


def _join_thin(strata: Strata) -> Strata:
    """Take strata with too few opinions together, with the smallest other one if need be."""
    fewest = strata.opinions.min(axis=1)
    thin = fewest < FEWEST_OPINIONS
    together = np.flatnonzero(thin & (strata.people > 0))
    whole = np.flatnonzero(~thin)
    rest = strata.opinions[together].sum(axis=0).min() if len(together) else FEWEST_OPINIONS
    if rest < FEWEST_OPINIONS and len(whole):
        # Of equally small ones the first, so that it is the same one every time.
        smallest = whole[fewest[whole].argmin()]
        together = np.append(together, smallest)
        whole = whole[whole != smallest]
    parts = [np.array([place]) for place in whole] + ([together] if len(together) else [])
    return Strata(
        np.array([strata.agree[part].sum(axis=0) for part in parts]),
        np.array([strata.opinions[part].sum(axis=0) for part in parts]),
        np.array([strata.people[part].sum() for part in parts]),
    )


def _poststratify(strata: Strata) -> tuple[float, float]:
    """Give the weighted mean difference and its standard error."""
    people = int(strata.people.sum())
    weights = strata.people / people
    shares = strata.agree / strata.opinions
    differences = shares[:, 1] - shares[:, 0]
    value = float(weights @ differences)
    # One opinion either way per arm, shared out over its cells, so that none is beyond doubt.
    added = strata.opinions / strata.opinions.sum(axis=0)
    drawn = (strata.agree + added) / (strata.opinions + 2.0 * added)
    within = (drawn * (1.0 - drawn) / (strata.opinions - 1.0)).sum(axis=1)
    between = float(weights @ (differences - value) ** 2) / people
    return value, math.sqrt(float(weights**2 @ within) + between)


def _bound_exactly(agree: Ints, opinions: Ints, alpha: float) -> tuple[float, float]:
    low, high = bound_share_anytime(agree, opinions - agree, 1.0 - alpha / 2.0)
    return float(low[1] - high[0]), float(high[1] - low[0])
