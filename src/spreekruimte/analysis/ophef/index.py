"""How large the fuss was, in one number, and whose fuss it was.

Two indexes stand side by side: the one that is in force unspoken, which counts media items and
phone calls, and a robust one, which a few loud people cannot push up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.concentration import measure_concentration
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.intervals import LEVEL, Share, bound_count, estimate_share
from spreekruimte.analysis.ophef.signals import UNKNOWN, Direction, Kind, Signals
from spreekruimte.analysis.verdicts import bound_share

LOUDEST = 10
"""How many authors are *the loudest*."""


@dataclass(frozen=True, slots=True)
class ItemsPlusCalls:
    """The items-plus-calls index, as in the formula: media items plus phone calls.

    Attributes
    ----------
    media_items, calls
        Number of each, from 0, the employer's own included, as the formula asks nothing of them.
    index
        Their sum, which is a count and exact. Its interval tells how large the mean is of which
        such a count is a draw: the exact interval of a Poisson mean, which is too narrow where
        signals set off each other.
    """

    media_items: int
    calls: int
    index: Estimate


@dataclass(frozen=True, slots=True)
class RobustIndex:
    """The robust index: unique authors plus unique outlets, each counted once however loud.

    The employer's own signals and the hours of its staff do not count.

    Attributes
    ----------
    authors, outlets
        Number of different known ones, from 0.
    unknown
        Signals of which neither author nor outlet is known, from 0.
    index
        `value` is what is certain, unknown signals counting as one author together, so that
        nameless signals, however many, move it by 1. From there, `low`, to `high`, where each of
        them is an author of its own: the truth lies between, whatever the chance.
    """

    authors: int
    outlets: int
    unknown: int
    index: Estimate


@dataclass(frozen=True, slots=True)
class FirstAmplifier:
    """The first signal that reached anybody and was not the employer's own.

    Attributes
    ----------
    kind
        What it is.
    time
        Seconds, as in `Signals.times`.
    author, outlet
        Codes, `UNKNOWN` where not known.
    reach
        How many people it may have reached, above 0.
    """

    kind: Kind
    time: float
    author: int
    outlet: int
    reach: float


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose fuss it was; all but `employers` without the employer's own and its hours.

    Attributes
    ----------
    unique_authors
        Number of different known authors, from 0.
    first_amplifier
        None where no signal is known to have reached anybody.
    loudest
        Share of the `LOUDEST` authors in the signals of which the author is known. The interval is
        for these authors, taken as given; chosen after the fact, their share is somewhat too high.
    outside
        Share from outside the jurisdiction, of the signals of which that is known.
    directions
        Share of each direction but unknown, of the signals of which it is known.
    employers
        Share of the employer's own in all signals but the hours of its staff.
    concentration
        The chance that two signals of known authors have one author; None with fewer than two.
    """

    unique_authors: int
    first_amplifier: FirstAmplifier | None
    loudest: Share
    outside: Share
    directions: Mapping[Direction, Share]
    employers: Share
    concentration: Estimate | None


def count_items_plus_calls(signals: Signals) -> ItemsPlusCalls:
    """Give the items-plus-calls index of an incident, exactly as in the formula."""
    counts = np.bincount(signals.kinds, minlength=len(Kind))
    items, calls = int(counts[Kind.MEDIA_ITEM]), int(counts[Kind.CALL])
    low, high = bound_count(items + calls)
    return ItemsPlusCalls(items, calls, Estimate(float(items + calls), float(low), float(high)))


def count_robustly(signals: Signals) -> RobustIndex:
    """Give the robust index of an incident."""
    fuss = signals.is_fuss
    authors = _count_different(signals.authors[fuss])
    outlets = _count_different(signals.outlets[fuss])
    unknown = int((fuss & (signals.authors == UNKNOWN) & (signals.outlets == UNKNOWN)).sum())
    low, high = authors + outlets + min(unknown, 1), authors + outlets + unknown
    return RobustIndex(authors, outlets, unknown, Estimate(float(low), float(low), float(high)))


def sum_staff_hours(signals: Signals) -> float:
    """Give the hours that the staff spent on an incident, as far as they were written down."""
    return float(signals.amounts[signals.kinds == Kind.STAFF_HOURS].sum())


def describe_voices(signals: Signals) -> Voices:
    """Tell whose fuss an incident was."""
    fuss, all_signals = signals.is_fuss, signals.kinds != Kind.STAFF_HOURS
    clusters = _number_authors(signals.authors)
    has_author = fuss & (signals.authors != UNKNOWN)
    per_author = np.bincount(clusters[has_author])
    is_known = fuss & (signals.direction != Direction.UNKNOWN)
    return Voices(
        unique_authors=int(np.count_nonzero(per_author)),
        first_amplifier=_find_first_amplifier(signals),
        loudest=_share_loudest(per_author),
        outside=estimate_share(signals.outside == 1, fuss & (signals.outside != UNKNOWN), clusters),
        directions={
            each: estimate_share(signals.direction == each, is_known, clusters)
            for each in (Direction.AGAINST, Direction.NEITHER, Direction.DEFENCE)
        },
        employers=estimate_share(signals.employers, all_signals, clusters),
        concentration=measure_concentration(per_author),
    )


def _count_different(codes: NDArray[np.int64]) -> int:
    # Sorting is several times quicker than the table in which numpy's `unique` looks codes up.
    known = np.sort(codes[codes != UNKNOWN])
    return int(np.count_nonzero(np.diff(known)) + min(len(known), 1))


def _number_authors(authors: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each author a number from 0, and each signal without a known author one of its own."""
    unknown = authors == UNKNOWN
    _, numbers = np.unique(authors, return_inverse=True)
    numbers[unknown] = len(authors) + np.arange(int(unknown.sum()))
    return numbers.astype(np.int64)


def _share_loudest(per_author: NDArray[np.int64]) -> Share:
    """Give the share of the loudest authors, ties counting the same whoever is taken."""
    known, count = int(per_author.sum()), int(np.sort(per_author)[::-1][:LOUDEST].sum())
    if not known:
        return Share(np.nan, 0.0, 1.0, 0)
    low, high = bound_share(np.array([count]), np.array([known - count]), LEVEL)
    return Share(count / known, float(low[0]), float(high[0]), known)


def _find_first_amplifier(signals: Signals) -> FirstAmplifier | None:
    # What is not known is not above 0.
    places = np.flatnonzero(signals.is_fuss & (signals.reach > 0.0))
    if not len(places):
        return None
    first = places[0]
    return FirstAmplifier(
        kind=Kind(int(signals.kinds[first])),
        time=float(signals.times[first]),
        author=int(signals.authors[first]),
        outlet=int(signals.outlets[first]),
        reach=float(signals.reach[first]),
    )
