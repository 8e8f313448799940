"""A figure with its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its interval."""

    value: float
    low: float
    high: float


class Reason(StrEnum):
    """Why a figure cannot be told."""

    TOO_FEW_SIGNALS = auto()
    TOO_FEW_INCIDENTS = auto()
    NO_CLEAR_EXCITATION = auto()
    """As good without signals that set off others: then there is no pace at which they do."""
    NO_CLEAR_WAVE = auto()
    """As good without a wave of signals: then there is nothing that decays."""
    ONE_OUTCOME = auto()
    """All incidents ended the same, so nothing can explain the difference."""
    NO_DIFFERENCE_IN_FUSS = auto()
    NO_DIFFERENCE_IN_PUBLIC = auto()
    """What the public finds differs between incidents no more than the errors of the shares do."""
    INSEPARABLE = auto()
    """Predictors run so much in parallel that no data could tell them apart."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a figure cannot be told, why, and what it would take.

    Attributes
    ----------
    found, needed
        What there is and what it would take: a number of signals or incidents, or the statistic
        that stayed below its bar.
    """

    reason: Reason
    found: float
    needed: float
