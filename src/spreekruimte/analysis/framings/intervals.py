"""Estimates with the interval for one look and the interval for any number of looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Fewer opinions than this are not made into a number, nor into a stratum of their own.
FEWEST_OPINIONS = 10
# The number of opinions at which asymptotic sequences are at their narrowest.
TUNED_TO = 500


class Support(IntEnum):
    """Whether there is a number, and if not, why."""

    TOLD = 0
    NO_OPINIONS = 1
    TOO_FEW_OPINIONS = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its intervals; all NaN where `support` says why there is none.

    Attributes
    ----------
    low, high
        Ends of the interval that holds however often one looks.
    once_low, once_high
        Ends of the interval for who looks once, at a time fixed beforehand.
    """

    value: float
    low: float
    high: float
    once_low: float
    once_high: float
    support: Support


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Figures of one shape, with the fields of `Estimate`; `support` holds its codes."""

    value: Floats
    low: Floats
    high: Floats
    once_low: Floats
    once_high: Floats
    support: Ints

    @property
    def excludes_zero(self) -> NDArray[np.bool_]:
        """Whether the anytime interval leaves zero out; never where there is no figure."""
        return np.asarray((self.low > 0.0) | (self.high < 0.0))


def refuse(support: Support) -> Estimate:
    """Give no figure, and why."""
    nan = math.nan
    return Estimate(nan, nan, nan, nan, nan, support)


def judge_support(fewest: int) -> Support:
    """Tell whether arms of which the smallest has `fewest` opinions support a figure."""
    if fewest == 0:
        return Support.NO_OPINIONS
    return Support.TOO_FEW_OPINIONS if fewest < FEWEST_OPINIONS else Support.TOLD


def stack_estimates(estimates: Sequence[Estimate], shape: tuple[int, ...]) -> Estimates:
    """Put estimates into arrays of a shape, in row-major order."""
    rows = np.array(
        [[e.value, e.low, e.high, e.once_low, e.once_high, e.support] for e in estimates]
    ).reshape(-1, 6)
    value, low, high, once_low, once_high, support = (column.reshape(shape) for column in rows.T)
    return Estimates(value, low, high, once_low, once_high, support.astype(np.int64))


def widen_for_any_time(opinions: int, alpha: float) -> float:
    """Give how many standard errors an asymptotic confidence sequence reaches either way.

    Theorem 2.2 of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024, "Time-uniform
    central limit theory and asymptotic confidence sequences"), tuned as they propose, to be
    narrowest at `TUNED_TO` opinions.

    Parameters
    ----------
    opinions
        On which the standard error rests, from 1.
    alpha
        Chance to ever miss, in (0, 1).
    """
    spread = -2.0 * math.log(alpha)
    time = opinions * (spread + math.log1p(spread)) / TUNED_TO
    bar = math.log(math.sqrt(time + 1.0) / alpha)
    return math.sqrt(2.0 * (1.0 + 1.0 / time) * bar)
