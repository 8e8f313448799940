"""Agreement across groups: what every group can live with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, polygamma, psi

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

PRETENDED_OPINIONS = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class GroupAgreement:
    """Agreement across groups per statement.

    Attributes
    ----------
    estimate, low, high
        Shape (statements,), 0 to 1: the geometric mean over groups of the share that
        agrees, and its interval.
    evidence
        Shape (statements,): the fewest opinions in any group.
    log_mean, log_spread
        Shape (statements,): mean and standard deviation of the logarithm.
    """

    estimate: Floats
    low: Floats
    high: Floats
    evidence: Counts
    log_mean: Floats
    log_spread: Floats

    def select(self, columns: Counts) -> GroupAgreement:
        """Keep the statements at `columns`, in that order."""
        return GroupAgreement(
            estimate=self.estimate[columns],
            low=self.low[columns],
            high=self.high[columns],
            evidence=self.evidence[columns],
            log_mean=self.log_mean[columns],
            log_spread=self.log_spread[columns],
        )


def agree_across_groups(agree: Counts, disagree: Counts, *, level: float) -> GroupAgreement:
    """Measure agreement across groups.

    Every group weighs the same, whatever its size, and one group that disagrees pulls
    the whole down: that is the geometric mean of the groups' shares. Unlike a product
    of shares it stays on the scale of a share for any number of groups, so it can be
    compared between conversations. Each group begins with two pretended opinions on
    either side, so a group of which few spoke counts as hardly in favour; and its
    uncertainty widens the interval. The logarithm of a share with a beta posterior
    has mean psi(a) - psi(a + b) and variance psi'(a) - psi'(a + b), so the mean and
    spread of the logarithm of the geometric mean are exact; its quantiles are taken
    from the normal distribution.

    Parameters
    ----------
    agree, disagree
        Shape (groups, statements); without groups, one row with everybody.
    level
        Probability that the interval holds, in (0, 1).
    """
    yes = agree + PRETENDED_OPINIONS
    whole = yes + disagree + PRETENDED_OPINIONS
    groups = len(agree)
    log_mean = np.add.reduce(psi(yes) - psi(whole), axis=0) / groups
    variance = np.add.reduce(polygamma(1, yes) - polygamma(1, whole), axis=0) / groups**2
    log_spread = np.sqrt(variance)
    reach = float(ndtri(0.5 + level / 2.0)) * log_spread
    return GroupAgreement(
        estimate=np.exp(log_mean),
        low=np.exp(log_mean - reach),
        high=np.minimum(np.exp(log_mean + reach), 1.0),
        evidence=(agree + disagree).min(axis=0),
        log_mean=log_mean,
        log_spread=log_spread,
    )


def rank_statements(agreement: GroupAgreement) -> Counts:
    """Rank statements from 1, shape (statements,): by the low end of the interval.

    Ranking by what is certain keeps few votes from carrying a statement to the top.
    Ties stand in the order of the statements.
    """
    order = np.argsort(-agreement.low, kind="stable")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks


def chance_of_top(agreement: GroupAgreement, size: int = 10) -> Floats:
    """Give the chance that each statement belongs to the `size` with most agreement.

    The bar is set where the chances to exceed it add up to `size`; the chances are
    those of the normal distribution of the logarithm. Shape (statements,), 0 to 1.
    """
    if len(agreement.log_mean) <= size:
        return np.ones(len(agreement.log_mean))
    # The normal distribution passes beyond a share of one, so the bar may have to as well.
    low, high = agreement.log_mean.min() - 10.0, agreement.log_mean.max() + 10.0
    for _ in range(80):
        bar = (low + high) / 2.0
        chances = ndtr((agreement.log_mean - bar) / agreement.log_spread)
        if float(np.add.reduce(chances)) > size:
            low = bar
        else:
            high = bar
    return np.asarray(chances)
