"""Whether a rule asks more than the public does, or less: overreach and underreach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules.predicates import FALSE, TRUE, Truth
from spreekruimte.analysis.rules.room import weigh

HALF = 0.5
"""The public finds admissible what more than half of it finds admissible."""

SURE = 0.9
"""From which probability a context counts as one that shows it."""

LEVEL = 0.95
"""The level of the intervals."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far a rule is from the public; all figures are shares of the weight of all contexts.

    Attributes
    ----------
    share
        Where rule and public part, by the posterior mean.
    low, high
        The interval of that share, at 95%.
    shown
        Where they part with a probability of at least 0.9, one context at a time.
    where
        The places of these contexts, the heaviest first: the cases that show it.
    """

    share: float
    low: float
    high: float
    shown: float
    where: NDArray[np.int64]


def measure_overreach(
    holds: Truth, draws: NDArray[np.float64], weights: NDArray[np.float64]
) -> Reach:
    """Measure where a rule forbids, or warns, what the public finds admissible.

    Each draw of the posterior says of all contexts at once which of them more than half of the
    public finds admissible, so it gives one value of the share; the interval is between quantiles
    of these. Drawing contexts together keeps what they have in common, which one interval per
    context would lose.

    Parameters
    ----------
    holds
        Where the rule holds, as `evaluate` gives, shape (contexts,); where that is undecided it
        neither forbids nor leaves free.
    draws
        Joint posterior draws of the share of the public that finds a context admissible, shape
        (draws, contexts), 0 to 1.
    weights
        How often each context occurs, shape (contexts,), 0 or more, together above 0.

    Raises
    ------
    ValueError
        If shapes differ, there is no draw, or the weights are not what they should be.
    """
    _check_shapes(holds, draws, weights)
    return _measure((holds == TRUE)[None, :] & (draws > HALF), weights)


def measure_underreach(
    holds: Truth, draws: NDArray[np.float64], weights: NDArray[np.float64]
) -> Reach:
    """Measure where a rule leaves free what the public finds inadmissible; see the other one."""
    _check_shapes(holds, draws, weights)
    return _measure((holds == FALSE)[None, :] & (draws < HALF), weights)


def _check_shapes(holds: Truth, draws: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
    contexts = holds.shape
    if draws.ndim != 2 or not len(draws) or draws.shape[1:] != contexts:
        raise ValueError("There are draws of each context.")
    if weights.shape != contexts:
        raise ValueError("Each context has a weight.")


def _measure(parts: NDArray[np.bool_], weights: NDArray[np.float64]) -> Reach:
    """Sum up where rule and public part, shape (draws, contexts)."""
    is_shown = parts.mean(axis=0) >= SURE
    shown = weigh(is_shown, weights)
    # Not a product of matrices: a threaded library would sum it in an order of its own.
    shares = np.where(parts, weights, 0.0).sum(axis=1) / weights.sum()
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    places = np.flatnonzero(is_shown)
    where = places[np.argsort(-weights[places], kind="stable")]
    return Reach(float(shares.mean()), float(low), float(high), shown, where)
