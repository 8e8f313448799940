"""The share that finds the case admissible in each arm."""

from __future__ import annotations

import numpy as np

from spreekruimte.analysis.framings.intervals import (
    FEWEST_OPINIONS,
    Estimates,
    Support,
)
from spreekruimte.analysis.framings.respondents import ADMISSIBLE, INADMISSIBLE, Cells
from spreekruimte.analysis.verdicts import bound_share, bound_share_anytime


def measure_shares(cells: Cells, level: float) -> Estimates:
    """Estimate the share of each arm among those in it who gave an opinion.

    The anytime interval is that of `bound_share_anytime`, the interval for one look that
    of `bound_share`. Nothing is adjusted: each arm is told as it was asked.

    Parameters
    ----------
    cells
        From `count_cells`.
    level
        Of the intervals, in (0, 1).

    Returns
    -------
    Estimates
        Shape (1 + groups, framings, sides): the whole first, with those without a group,
        then each group; in [0, 1].
    """
    whole = cells.counts.sum(axis=0, keepdims=True)
    counts = np.concatenate([whole, cells.counts[:-1]])
    agree, disagree = counts[..., ADMISSIBLE], counts[..., INADMISSIBLE]
    opinions = agree + disagree
    told = opinions >= FEWEST_OPINIONS
    support = np.select(
        [opinions == 0, ~told], [Support.NO_OPINIONS, Support.TOO_FEW_OPINIONS], Support.TOLD
    )
    low, high = bound_share_anytime(agree, disagree, level)
    once_low, once_high = bound_share(agree, disagree, level)
    return Estimates(
        value=np.where(told, agree / np.maximum(opinions, 1), np.nan),
        low=np.where(told, low, np.nan),
        high=np.where(told, high, np.nan),
        once_low=np.where(told, once_low, np.nan),
        once_high=np.where(told, once_high, np.nan),
        support=support.astype(np.int64),
    )
