"""What is found where people were asked on different texts of a case: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from spreekruimte.analysis.framings import FramingEffects, Support

EFFECTS = tuple(field.name for field in fields(FramingEffects))
"""What each step of the context adds, the weight of context, and the pull of the fuss."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or a difference of shares, of everybody or of one group.

    Attributes
    ----------
    low, high
        Ends of the interval for who looks once.
    anytime_low, anytime_high
        Ends of the interval that holds however often one looks.
    support
        Whether there is a figure, and if not, why; without one all others are None.
    """

    estimate: float | None
    low: float | None
    high: float | None
    anytime_low: float | None
    anytime_high: float | None
    support: Support

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval that holds however often one looks leaves zero out."""
        if self.anytime_low is None or self.anytime_high is None:
            return False
        return self.anytime_low > 0.0 or self.anytime_high < 0.0


Figures = tuple[Figure, ...]
"""Of everybody first, then of each group."""


@dataclass(frozen=True, slots=True)
class ArmResult:
    """What came out where people were asked on one text.

    Attributes
    ----------
    arm
        Its name, such as ``mirror.bare``.
    people
        How many were asked on it.
    admissible, inadmissible
        How many of them answered so: everybody first, then each group.
    shares
        The share that finds the post admissible, of who has an opinion.
    """

    arm: str
    people: int
    admissible: tuple[int, ...]
    inadmissible: tuple[int, ...]
    shares: Figures


@dataclass(frozen=True, slots=True)
class Framings:
    """What is found where people were asked on different texts.

    Attributes
    ----------
    level
        Of all intervals.
    groups
        Sizes of the opinion groups, which follow from the votes on reasons alone.
    arms
        The texts on which anybody was asked: the bare post first, and of each the post before the
        mirror.
    effects
        By the names in `EFFECTS`: differences of the share that finds the post admissible.
    mirror_gap
        The share that finds the mirror admissible, less that for the post.
    assignment
        The chance, if texts were dealt out as declared, that it ever looks so little like it; None
        where nothing was declared.
    """

    level: float
    groups: tuple[int, ...]
    arms: tuple[ArmResult, ...]
    effects: Mapping[str, Figures]
    mirror_gap: Figures
    assignment: float | None

    @property
    def is_dealt_otherwise(self) -> bool:
        """Whether the texts were not dealt out as declared, beyond what chance explains."""
        return self.assignment is not None and self.assignment <= 1.0 - self.level
