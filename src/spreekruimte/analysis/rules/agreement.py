"""How far a rule list agrees with the public, told on situations that it was not learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

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


def measure_agreement(says_one: NDArray[np.bool_], shares: NDArray[np.float64]) -> Agreement:
    """Measure how far a list agrees with the public.

    The interval is that of a share of which each situation is one observation. What is averaged
    lies between 0 and 1 and so varies no more than observations of 0 or 1 do: the interval is wide
    enough, and often wider than it need be. It is about situations like these, so it holds for a
    list that was not chosen by them.

    Parameters
    ----------
    says_one
        What the list says of each situation, shape (situations,), 1 or more of them.
    shares
        The share of the public that finds label 1 of each, shape (situations,), 0 to 1.

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
    low, high = bound_share(np.array([count * estimate]), np.array([count * (1 - estimate)]), LEVEL)
    # Parts of an observation near 0 or all can leave the estimate outside.
    ends = min(float(low[0]), estimate), max(float(high[0]), estimate)
    most = float(np.maximum(shares, 1.0 - shares).mean())
    return Agreement(estimate, *ends, most, count)
