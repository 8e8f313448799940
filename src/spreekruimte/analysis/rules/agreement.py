"""How far a rule list agrees with the public, told on situations that it was not learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from spreekruimte.analysis.rules.overreach import LEVEL
from spreekruimte.analysis.verdicts.intervals import bound_share


@dataclass(frozen=True, slots=True)
class Agreement:
    """The share of the public that finds what a list says, over situations that count alike.

    Attributes
    ----------
    estimate, low, high
        With its 95% interval, 0 to 1.
    most
        What no list can exceed there, since the public is divided itself.
    situations
        How many these are.
    """

    estimate: float
    low: float
    high: float
    most: float
    situations: int


def hold_out(names: Sequence[str], *, seed: str, one_in: int) -> NDArray[np.bool_]:
    """Say which situations are held out, shape (names,).

    Each by a lot that follows from its name and the seed alone, so that it falls the same way
    whatever other situations there are, and equal names fall together.

    Parameters
    ----------
    one_in
        One in so many is held out, in the long run; 2 or more.
    """
    digests = (sha256(f"{seed}\n{name}".encode()).digest() for name in names)
    lots = [int.from_bytes(digest[:8], "big") % one_in for digest in digests]
    is_held: NDArray[np.bool_] = np.array(lots, dtype=np.int64) == 0
    return is_held


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """Single opinions of people who judged several situations.

    Attributes
    ----------
    places
        Which situation each is about, from 0, shape (opinions,).
    finds_one
        Whether it finds label 1, shape (opinions,).
    people
        Whose it is, numbered from 0, shape (opinions,).
    """

    places: NDArray[np.int64]
    finds_one: NDArray[np.bool_]
    people: NDArray[np.int64]

    def only(self, is_kept: NDArray[np.bool_]) -> Opinions:
        """Give those about some of the situations, which are numbered anew in their order."""
        kept = is_kept[self.places]
        renumbered = np.cumsum(is_kept) - 1
        return Opinions(renumbered[self.places[kept]], self.finds_one[kept], self.people[kept])


ROUNDING = 1e-9
"""Agreement that differs by less is the same."""

NO_OPINIONS = Opinions(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64)
)


def measure_agreement(
    says_one: NDArray[np.bool_], shares: NDArray[np.float64], opinions: Opinions = NO_OPINIONS
) -> Agreement:
    """Measure how far a list agrees with the public.

    The interval is about situations like these, so it holds for a list that was not chosen by them.
    It rests on how much the agreement varies between situations, and on what situations have in
    common that the same people judged: with clusters that cross, of which each opinion is in two
    (Cameron, Gelbach and Miller 2011, "Robust inference with multiway clustering"). The variance is
    turned into that of so many opinions of 0 or 1, so that the interval stays within 0 and 1, and
    is made larger by the quantile of Student's t, since few situations tell little of how they
    vary.

    Parameters
    ----------
    says_one
        What the list says of each situation, shape (situations,), 1 or more of them.
    shares
        The share of the public that finds label 1 of each, shape (situations,), 0 to 1.
    opinions
        Those from which shares follow, of people who judged several.

    Raises
    ------
    ValueError
        If shapes differ, there is no situation, or a share is out of range.
    """
    if says_one.shape != shares.shape or not len(shares):
        raise ValueError("A list says something of each situation.")
    if not ((shares >= 0.0) & (shares <= 1.0)).all():
        raise ValueError("Shares are from 0 to 1.")
    agreed = np.where(says_one, shares, 1.0 - shares)
    estimate, count = float(agreed.mean()), len(shares)
    alike = _count_alike(agreed, _add_in_common(says_one, agreed, opinions))
    low, high = bound_share(np.array([alike * estimate]), np.array([alike * (1 - estimate)]), LEVEL)
    # Parts of an observation near 0 or all can leave the estimate outside.
    ends = min(float(low[0]), estimate), max(float(high[0]), estimate)
    most = float(np.maximum(shares, 1.0 - shares).mean())
    return Agreement(estimate, *ends, most, count)


def _count_alike(agreed: NDArray[np.float64], in_common: float) -> float:
    """Give how many opinions of 0 or 1 vary as much in the mean as these situations do."""
    count, mean = len(agreed), float(agreed.mean())
    if float(np.ptp(agreed)) < ROUNDING:
        # Nothing is seen of how they vary, so each is taken to vary as much as can be.
        return float(count)
    spread = float(agreed.var(ddof=1))
    wider = float(stdtrit(count - 1, (1.0 + LEVEL) / 2.0) / ndtri((1.0 + LEVEL) / 2.0))
    return mean * (1.0 - mean) / ((spread / count + in_common) * wider**2)


def _add_in_common(
    says_one: NDArray[np.bool_], agreed: NDArray[np.float64], opinions: Opinions
) -> float:
    """Give what the variance of the mean gains since people judged several situations, from 0."""
    places = opinions.places
    asked = np.bincount(places, minlength=len(agreed))[places]
    apart = (opinions.finds_one == says_one[places]) - agreed[places]
    parts = apart / (asked * len(agreed))
    by_person = np.bincount(opinions.people, weights=parts)
    return max(0.0, float((by_person**2).sum() - (parts**2).sum()))
