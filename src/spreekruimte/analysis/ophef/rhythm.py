"""The base of the fuss: what would come in on a quiet day, by hour of the day and day of the week.

The base is fitted to the series itself, robustly: what came in during a burst says nothing about
quiet days. The bins that count are *included*. To begin with, these are the quieter half of the
days; then, in turns, the base is fitted to the included bins, and a bin is included if its count
could come from that base at all. So a burst cannot hide by raising its own base.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, chdtrc

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.ophef.dispersion import Dispersion, estimate_dispersion
from spreekruimte.analysis.ophef.intensity import DAY, HOUR, Counts

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_DAYS, FEWEST_WEEKS = 3, 2
PSEUDO_COUNT = 1.0
TURNS = 8
SWEEPS = 3
UNLIKELY = 0.001
"""The weekend has hours of its own if chance makes as much of a difference more rarely."""

LASTING = 6 * HOUR
"""Over so many seconds, or two bins, it is looked for how long a rise lasts."""

IMPOSSIBLE = 0.05
"""A count that the base exceeds or equals in fewer than so many *series* is not of the base."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each bin stands: its slot of the day, its day of the week, and its day; (bins,)."""

    slots: NDArray[np.int64]
    weekdays: NDArray[np.int64]
    days: NDArray[np.int64]

    @property
    def day_count(self) -> int:
        """How many days are touched."""
        return int(self.days[-1]) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """How the intensity goes up and down with the hours and the days; all factors above 0.

    Attributes
    ----------
    hours
        Factor of each slot of the day, of an hour or of the width of a bin if that is wider, from
        midnight; shape (slots,).
    weekdays
        Factor of each day of the week, shape (7,); the first is the day that begins at second 0
        of the clock.
    rest
        Factor of each slot of each day of the week beside these two: the hours of a weekend that
        are other than those of other days; shape (7, slots).
    """

    hours: Floats
    weekdays: Floats
    rest: Floats

    def follow(self, places: Places) -> Floats:
        """Give the factor of each bin, shape (bins,)."""
        factors = self.hours[places.slots] * self.weekdays[places.weekdays]
        return np.asarray(factors * self.rest[places.weekdays, places.slots])


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """What would come in without bursts.

    A count comes from a negative binomial distribution with the mean `expected`.

    Attributes
    ----------
    expected
        Signals per bin, above 0, shape (bins,).
    rhythm
        The rhythm in `expected`.
    dispersion
        By how much counts vary more than a Poisson process.
    included
        Which bins it was fitted to, shape (bins,).
    """

    expected: Floats
    rhythm: Rhythm
    dispersion: Dispersion
    included: Flags


def locate_bins(counts: Counts) -> Places:
    """Tell where each bin stands in the day and in the week."""
    # By its middle, which no rounding takes over the edge.
    middles = counts.starts + counts.width / 2.0
    days = np.floor(middles / DAY).astype(np.int64)
    slots = np.floor((middles - days * DAY) / max(counts.width, HOUR)).astype(np.int64)
    return Places(slots, days % 7, days - days[0])


def fit_base(counts: Counts, *, without: Flags | None = None, rhythm: Rhythm | None = None) -> Base:
    """Fit the base of a series of counts.

    Parameters
    ----------
    counts
        Signals of the incident.
    without
        Bins that are known to be of a burst, shape (bins,).
    rhythm
        Of a longer series with the same rhythm, such as all other signals of the organisation: as
        `fit_base` gives it for that series, in bins as wide, or of an hour where these are
        narrower. Without it, the rhythm is fitted too.

    Raises
    ------
    InputError
        If the rhythm is of bins of another width.

    Notes
    -----
    A rhythm of the day needs `FEWEST_DAYS` days, one of the week `FEWEST_WEEKS` weeks; with fewer,
    it is flat, since a burst cannot be told from a rhythm that was seen once. Factors are ratios
    of sums with `PSEUDO_COUNT` signals that come in evenly, so they are flat where little is known.
    The weekend, whichever two days it is, has hours of its own only if they differ from those of
    other days by more than chance, by a chi-square test at `UNLIKELY`.
    """
    places = locate_bins(counts)
    if rhythm is not None and len(rhythm.hours) != _count_slots(counts):
        raise InputError("The rhythm is that of bins of another width.")
    allowed = np.ones(len(counts), dtype=np.bool_) if without is None else ~without
    base = _fit(counts, places, _take_quieter_half(counts, places, allowed), rhythm)
    for _ in range(TURNS):
        included = allowed & _could_be(counts, base)
        if not included.any() or np.array_equal(included, base.included):
            break
        base = _fit(counts, places, included, rhythm)
    return base


def _take_quieter_half(counts: Counts, places: Places, allowed: Flags) -> Flags:
    """Include the quieter half of the days of each day of the week, and their allowed bins."""
    totals = np.bincount(places.days, weights=counts.counts * allowed)
    # A day that is mostly of bursts or mostly not watched is judged by what is left of it.
    watched = np.bincount(places.days, weights=allowed)
    totals = np.where(watched > 0.0, totals / np.maximum(watched, 1.0), np.inf)
    weekdays = (places.weekdays[0] + np.arange(places.day_count)) % 7
    if places.day_count < 7 * FEWEST_WEEKS:
        weekdays = np.zeros(places.day_count, dtype=np.int64)
    is_quiet = np.zeros(places.day_count, dtype=np.bool_)
    for weekday in np.unique(weekdays):
        days = np.flatnonzero(weekdays == weekday)
        order = days[np.argsort(totals[days], kind="stable")]
        is_quiet[order[: (len(days) + 1) // 2]] = True
    included = allowed & is_quiet[places.days]
    return included if included.any() else np.ones_like(allowed)


def _fit(counts: Counts, places: Places, included: Flags, rhythm: Rhythm | None) -> Base:
    """Fit level, rhythm and dispersion to the included bins."""
    observed = counts.counts[included].astype(np.float64)
    known, parameters = (rhythm, 1) if rhythm else _fit_rhythm(counts, places, included)
    shape = known.follow(places)
    # Half a signal more than came in: where none did, the base is low and not nothing.
    expected = shape * ((observed.sum() + 0.5) / shape[included].sum())
    dispersion = estimate_dispersion(
        (counts.counts * included).astype(np.float64),
        expected * included,
        lags=max(round(LASTING / counts.width), 2),
        parameters=parameters,
    )
    return Base(expected, known, dispersion, included)


def _fit_rhythm(counts: Counts, places: Places, included: Flags) -> tuple[Rhythm, int]:
    """Fit the factors in turns, each given the others, and tell how many numbers that took."""
    observed = counts.counts[included].astype(np.float64)
    slots, weekdays = places.slots[included], places.weekdays[included]
    slot_count, parameters = _count_slots(counts), 1
    hours, week = np.ones(slot_count), np.ones(7)
    level = (observed.sum() + 0.5) / len(observed)
    for _ in range(SWEEPS):
        if places.day_count >= FEWEST_DAYS:
            hours = _fit_factors(observed, level * week[weekdays], slots, slot_count)
        if places.day_count >= 7 * FEWEST_WEEKS:
            week = _fit_factors(observed, level * hours[slots], weekdays, 7)
        level = (observed.sum() + 0.5) / (hours[slots] * week[weekdays]).sum()
    parameters += sum(len(each) - 1 for each in (hours, week) if (each != 1.0).any())
    plain = Rhythm(hours, week, np.ones((7, slot_count)))
    if places.day_count < 7 * FEWEST_WEEKS or slot_count == 1:
        return plain, parameters
    expected = level * hours[slots] * week[weekdays]
    rest = _fit_weekend(observed, expected, slots, weekdays, slot_count)
    return replace(plain, rest=rest), parameters + (slot_count - 1) * bool((rest != 1.0).any())


def _fit_weekend(
    observed: Floats,
    expected: Floats,
    slots: NDArray[np.int64],
    weekdays: NDArray[np.int64],
    slot_count: int,
) -> Floats:
    """Give the factors of slots at the weekend and on other days, beside those of all days.

    The weekend is the two days in a row whose hours differ most from those of the others. All
    factors are 1 where they differ by no more than chance. The result has shape (7, slots).
    """
    best, found = UNLIKELY / 7.0, np.ones((7, slot_count))
    for first in range(7):
        is_weekend = np.isin(np.arange(7), [first, (first + 1) % 7])
        cells = is_weekend[weekdays] * slot_count + slots
        chance = _compare_cells(observed, expected, cells, slot_count - 1)
        if chance < best:
            factors = _fit_factors(observed, expected, cells, 2 * slot_count)
            best, found = chance, factors.reshape(2, slot_count)[is_weekend.astype(np.int64)]
    return found


def _fit_factors(
    observed: Floats, expected: Floats, places: NDArray[np.int64], count: int
) -> Floats:
    came = np.bincount(places, weights=observed, minlength=count) + PSEUDO_COUNT
    factors = came / (np.bincount(places, weights=expected, minlength=count) + PSEUDO_COUNT)
    return np.asarray(factors / factors.mean())


def _compare_cells(
    observed: Floats, expected: Floats, cells: NDArray[np.int64], freedom: int
) -> float:
    """Give the p-value of cells that differ from what is expected of them.

    The chi-square of the cells, whose counts vary as far as those of one cell do among each other:
    with a dispersion of the moments, from 0.
    """
    due, came = np.bincount(cells, weights=expected), np.bincount(cells, weights=observed)
    used = np.count_nonzero(due)
    among = observed - (came / np.maximum(due, 1e-300))[cells] * expected
    lost = len(observed) / (len(observed) - used)
    squares = np.square(expected)
    excess = float((np.square(among) * lost - expected).sum()) / float(squares.sum())
    chance = due + max(excess, 0.0) * np.bincount(cells, weights=squares)
    differences = np.square(came - due) / np.maximum(chance, 1e-300)
    return float(chdtrc(freedom, float(differences.sum())))


def _count_slots(counts: Counts) -> int:
    return round(DAY / max(counts.width, HOUR))


def _could_be(counts: Counts, base: Base) -> Flags:
    """Tell which counts the base could give: not so high as it gives in hardly any series."""
    size = 1.0 / base.dispersion.mean
    observed = np.maximum(counts.counts, 1)
    tail = betainc(observed, size, base.expected / (base.expected + size))
    return np.asarray((counts.counts == 0) | (tail * len(counts) >= IMPOSSIBLE))
