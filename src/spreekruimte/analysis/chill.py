"""Chill: public servants who would stay silent where the public finds speaking admissible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtri, stdtrit

from spreekruimte.analysis.roots import find_root
from spreekruimte.analysis.rules.overreach import HALF, LEVEL, SURE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FEWEST = 20
"""So many have answered where there is a figure: with fewer, colleagues can be guessed."""
RARELY = 0.05
"""No figure where the public may well find none of the contexts admissible, by this chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """What respondents would do, one context in each answer.

    Attributes
    ----------
    respondents
        Who answered, any numbers that tell people apart, shape (answers,).
    contexts
        The place of the context, shape (answers,).
    is_silent
        Whether this respondent would stay silent there, shape (answers,). Who does not know is
        left out.
    """

    respondents: Ints
    contexts: Ints
    is_silent: Flags


@dataclass(frozen=True, slots=True)
class Chill:
    """The share that would stay silent where the public finds speaking admissible.

    Attributes
    ----------
    share, low, high
        Of the answers, with its 95% interval, 0 to 1.
    respondents
        How many people answered on one of `contexts` at least.
    contexts
        The places of the contexts that the public finds admissible with a probability of at least
        0.9, rising.
    """

    share: float
    low: float
    high: float
    respondents: int
    contexts: tuple[int, ...]


def measure_chill(silence: Silence, draws: Floats, holds: Flags) -> Chill | None:
    """Measure chill over the contexts where a rule holds.

    Each draw of the posterior says which contexts the public finds admissible. For each, the share
    has a variance clustered by respondent (linearisation of a ratio, Binder 1983), and by that an
    effective number of answers; the share then has the posterior of so many answers under Jeffreys'
    prior (Korn and Graubard 1998, "Confidence intervals for proportions with small expected number
    of positive counts", with that prior in place of Clopper and Pearson's, and as there fewer where
    the variance comes from few people). The interval is of the mixture of all draws, so it holds
    both that respondents are few and that the public is not known for certain.

    Parameters
    ----------
    draws
        Joint posterior draws of the share of the public that finds a context admissible, shape
        (draws, contexts).
    holds
        Where the rule holds, shape (contexts,); all of it for the chill of a whole guideline.

    Returns
    -------
    Chill or None
        None with fewer than 20 respondents, or where the public may find nothing of it admissible.
    """
    is_admissible = (draws > HALF) & holds
    places = np.flatnonzero(is_admissible.mean(axis=0) >= SURE)
    people = np.unique(silence.respondents[np.isin(silence.contexts, places)])
    if len(people) < FEWEST:
        return None
    found = [
        (*_find_posterior(silence, chosen), count)
        for chosen, count in zip(*np.unique(is_admissible, axis=0, return_counts=True), strict=True)
        if chosen[silence.contexts].any()
    ]
    silent, spoken, weights = np.array(found).T
    if weights.sum() < (1.0 - RARELY) * len(draws):
        return None
    weights /= weights.sum()
    low, high = (
        _find_quantile(silent, spoken, weights, level)
        for level in ((1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0)
    )
    share = float((weights * silent / (silent + spoken)).sum())
    return Chill(share, low, high, len(people), tuple(places.tolist()))


def _find_posterior(silence: Silence, chosen: Flags) -> tuple[float, float]:
    """Give the parameters of the beta posterior of the share over the contexts that are chosen."""
    asked = chosen[silence.contexts]
    _, person = np.unique(silence.respondents[asked], return_inverse=True)
    is_silent = silence.is_silent[asked]
    answers = np.bincount(person)
    silent = np.bincount(person, is_silent)
    total, share = int(answers.sum()), float(is_silent.mean())
    # In order of size, so that the sum is the same however people are numbered.
    squares = np.sort((silent - share * answers) ** 2)
    clusters = len(answers)
    spread = float(squares.sum()) * clusters / max(clusters - 1, 1) / total**2
    # Answers that are all alike tell nothing of how they hang together: then each person is one.
    effective = min(share * (1.0 - share) / spread, total) if spread > 0.0 else clusters
    # The spread of few people is itself not known well.
    certain = 0.5 + LEVEL / 2.0
    effective *= float(ndtri(certain) / stdtrit(max(clusters - 1, 1), certain)) ** 2
    return effective * share + 0.5, effective * (1.0 - share) + 0.5


def _find_quantile(silent: Floats, spoken: Floats, weights: Floats, level: float) -> float:
    def distance(share: float) -> float:
        return float((weights * betainc(silent, spoken, share)).sum()) - level

    return find_root(distance, 0.0, 1.0)
