"""Statements that represent a group: where it differs from everybody else."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from spreekruimte.analysis.opinions.classes import ClassModel
from spreekruimte.analysis.opinions.results import Representative
from spreekruimte.analysis.opinions.sheets import OpinionSheets

Floats = NDArray[np.float64]

FALSE_DISCOVERY = 0.05
FEWEST_OPINIONS = 5


def find_representatives(
    sheets: OpinionSheets,
    model: ClassModel,
    *,
    certain: float,
    false_discovery: float = FALSE_DISCOVERY,
) -> tuple[Representative, ...]:
    """Find the statements on which a group differs from all others.

    Who belongs to a group is decided anew for each statement, without that statement:
    otherwise it would be used twice, once to make the groups and once to tell them
    apart. The shares are compared by a two-sided z test with Yates' correction, and
    the false discovery rate is held over all groups and statements (Benjamini and
    Hochberg 1995).

    Parameters
    ----------
    sheets
        The opinions.
    model
        The groups, in the order in which they are numbered.
    certain
        Least probability at which a participant counts as a member.
    false_discovery
        Highest expected share of false ones among the statements named, in (0, 1).

    Returns
    -------
    tuple of Representative
        By group, then from the largest difference to the smallest.
    """
    agree, opinions = _count_without_statement(
        sheets.indptr,
        sheets.columns,
        sheets.values,
        np.log(model.rates),
        np.log1p(-model.rates),
        np.log(model.weights),
        certain,
    )
    others, other_opinions = agree.sum(0) - agree, opinions.sum(0) - opinions
    tested = (opinions >= FEWEST_OPINIONS) & (other_opinions >= FEWEST_OPINIONS)
    adjusted = np.ones_like(agree)
    adjusted[tested] = adjust_for_discovery(
        compare_shares(agree[tested], opinions[tested], others[tested], other_opinions[tested])
    )
    shares = agree / np.maximum(opinions, 1.0)
    other_shares = others / np.maximum(other_opinions, 1.0)
    group, column = np.nonzero(adjusted <= false_discovery)
    distance = np.abs(shares - other_shares)[group, column]
    return tuple(
        Representative(
            group=int(group[i]),
            column=int(column[i]),
            group_share=float(shares[group[i], column[i]]),
            other_share=float(other_shares[group[i], column[i]]),
            adjusted_p=float(adjusted[group[i], column[i]]),
        )
        for i in np.lexsort((column, -distance, group))
    )


def compare_shares(
    agree: Floats, opinions: Floats, others: Floats, other_opinions: Floats
) -> Floats:
    """Give the two-sided p-values of equal shares: the z test with Yates' correction."""
    pooled = (agree + others) / (opinions + other_opinions)
    inverse = 1.0 / opinions + 1.0 / other_opinions
    spread = np.sqrt(pooled * (1.0 - pooled) * inverse)
    gap = np.abs(agree / opinions - others / other_opinions) - 0.5 * inverse
    z = np.divide(np.maximum(gap, 0.0), spread, out=np.zeros_like(gap), where=spread > 0.0)
    return np.asarray(2.0 * ndtr(-z))


def adjust_for_discovery(p_values: Floats) -> Floats:
    """Adjust p-values so that those below a level have that false discovery rate."""
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")[::-1]
    ranked = p_values[order] * count / np.arange(count, 0, -1)
    adjusted = np.empty(count)
    adjusted[order] = np.minimum.accumulate(np.minimum(ranked, 1.0))
    return adjusted


@numba.njit(cache=True)
def _count_without_statement(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    log_agree: Floats,
    log_disagree: Floats,
    log_weights: Floats,
    certain: float,
) -> tuple[Floats, Floats]:
    """Count agreement and opinions per group, each opinion with a membership learnt without it."""
    classes = len(log_weights)
    agree = np.zeros((classes, len(log_agree)))
    opinions = np.zeros((classes, len(log_agree)))
    whole = np.empty(classes)
    without = np.empty(classes)
    for row in range(len(indptr) - 1):
        whole[:] = log_weights
        for at in range(indptr[row], indptr[row + 1]):
            table = log_agree if values[at] > 0 else log_disagree
            for k in range(classes):
                whole[k] += table[columns[at], k]
        for at in range(indptr[row], indptr[row + 1]):
            column = columns[at]
            table = log_agree if values[at] > 0 else log_disagree
            for k in range(classes):
                without[k] = whole[k] - table[column, k]
            group = _pick_group(without, certain)
            if group >= 0:
                opinions[group, column] += 1.0
                agree[group, column] += values[at] > 0
    return agree, opinions


@numba.njit(cache=True)
def _pick_group(log_share: Floats, certain: float) -> int:
    """Give the likeliest group, or -1 where it is not likely enough."""
    best = np.argmax(log_share)
    summed = 0.0
    for k in range(len(log_share)):
        summed += np.exp(log_share[k] - log_share[best])
    return best if summed * certain <= 1.0 else -1
