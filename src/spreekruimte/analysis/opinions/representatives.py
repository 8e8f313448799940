"""Statements that represent a group: where it differs from everybody else."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from spreekruimte.analysis.opinions.classes import (
    assign_classes,
    fit_classes,
    place_for_classes,
)
from spreekruimte.analysis.opinions.results import Representative
from spreekruimte.analysis.opinions.sheets import OpinionSheets

Floats = NDArray[np.float64]

FALSE_DISCOVERY = 0.05
FEWEST_OPINIONS = 5
PARTS = 3


def find_representatives(
    sheets: OpinionSheets,
    sample: OpinionSheets,
    labels: NDArray[np.int32],
    *,
    seed: int,
    certain: float,
    false_discovery: float = FALSE_DISCOVERY,
) -> tuple[Representative, ...]:
    """Find the statements on which a group differs from all others.

    A statement is never used both to make the groups and to tell them apart: even
    opinions without any structure would then differ (Kriegeskorte et al. 2009,
    "Circular analysis in systems neuroscience: the dangers of double dipping"). So the
    statements are dealt into parts, and each part is tested on groups that were found
    anew without it. The shares are compared by a two-sided z test with Yates'
    correction, and the false discovery rate is held over all groups and statements
    (Benjamini and Hochberg 1995).

    Parameters
    ----------
    sheets
        The opinions.
    sample
        The reference sample of them, in which groups are found.
    labels
        Shape (sheets,): the group of each, numbered from 0, all with members; -1 unassigned.
    seed
        Seed of the search for groups, 64 bits.
    certain
        Least probability at which a participant counts as a member.
    false_discovery
        Highest expected share of false ones among the statements named, in (0, 1).

    Returns
    -------
    tuple of Representative
        By group, then from the largest difference to the smallest.
    """
    parts = np.arange(sheets.statement_count) % PARTS
    found = np.stack(
        [
            _label_without(sheets, sample, labels, parts == part, seed=seed, certain=certain)
            for part in range(PARTS)
        ]
    )
    agree, opinions = _count_by_label(
        sheets.indptr, sheets.columns, sheets.values, found, parts, int(labels.max()) + 1
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


def _label_without(
    sheets: OpinionSheets,
    sample: OpinionSheets,
    labels: NDArray[np.int32],
    left_out: NDArray[np.bool_],
    *,
    seed: int,
    certain: float,
) -> NDArray[np.int32]:
    """Label each sheet with a group found without the statements left out, shape (sheets,).

    The groups get the numbers of those in `labels` with which they share most members.
    """
    # Not at the top: see "What is loaded when" in ARCHITECTURE.md.
    from scipy.optimize import linear_sum_assignment

    groups = int(labels.max()) + 1
    known = sample.select_opinions(~left_out[sample.columns])
    model = fit_classes(known, place_for_classes(known, groups), groups, seed)
    # A statement without known opinions has one rate in all classes: it tells nothing.
    share, _ = assign_classes(sheets, model)
    likeliest = share.argmax(axis=1)
    pairs = np.bincount((labels + 1) * groups + likeliest, minlength=(groups + 1) * groups)
    shared = pairs.reshape(groups + 1, groups)[1:]
    numbers, classes = linear_sum_assignment(shared, maximize=True)
    number = np.empty(groups, dtype=np.int32)
    number[classes] = numbers
    return np.where(share.max(axis=1) >= certain, number[likeliest], np.int32(-1))


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


@numba.njit(cache=True, nogil=True)
def _count_by_label(
    indptr: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    labels: NDArray[np.int32],
    parts: NDArray[np.int64],
    groups: int,
) -> tuple[Floats, Floats]:
    """Count agreement and opinions per group, by the labels that belong to each part."""
    agree = np.zeros((groups, len(parts)))
    opinions = np.zeros((groups, len(parts)))
    for row in range(len(indptr) - 1):
        for at in range(indptr[row], indptr[row + 1]):
            column = columns[at]
            group = labels[parts[column], row]
            if group >= 0:
                opinions[group, column] += 1.0
                agree[group, column] += values[at] > 0
    return agree, opinions
