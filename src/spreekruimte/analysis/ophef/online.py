"""How much each bin looks like the beginning of a burst, judged by what came before it alone.

While an incident goes on, nobody can look back on it. The automaton of `automaton` is run forwards:
before each bin, base, rhythm and dispersion are those of the bins so far, and the bin is scored
before it is learnt from.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.ophef.automaton import compare_states
from spreekruimte.analysis.ophef.intensity import DAY, HOUR, Counts
from spreekruimte.analysis.ophef.rhythm import locate_bins

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MEMORY = 7.0
"""In so many days what came in weighs a factor e less in the level and the dispersion."""

MOST_DISPERSION = 5.0

CLIPPED_AT = 4.0
"""At so many standard deviations above its mean a count is cut off before it is learnt from."""

LENGTH = 1.0
"""How long a burst lasts on average, and how long a quiet time is looked back upon, in days."""

RARENESS = 30.0
"""How many days lie between bursts on average."""

CERTAIN = 30.0
"""The logarithm of the odds at which the automaton is as sure as it can be, either way."""


def score_online(counts: Counts) -> Floats:
    """Score each bin as the beginning of a burst without looking ahead, shape (bins,), from 0.

    With the automaton as a hidden Markov model, the bins so far give the odds that it is in the
    burst state now (the forward recursion; Rabiner 1989, "A tutorial on hidden Markov models"). The
    score is by how much their logarithm is above its highest value in the day before, and 0 where
    it is not above. So a burst is told once, when it begins or grows: bins in the midst of it tell
    nothing new. The odds have become ``exp(score)`` times what they were at most in that day, so
    one threshold means the same for all series, however much comes in.

    Parameters
    ----------
    counts
        Signals of the incident, or of a whole organisation, per bin.

    Notes
    -----
    The level and the dispersion forget with `MEMORY`; factors of hours and days do not, and are
    ratios to the mean of all bins so far. A count is cut off at `CLIPPED_AT` standard deviations
    above its mean before anything is learnt from it, so that a burst hardly raises its own base.
    """
    places = locate_bins(counts)
    odds = _filter_forwards(
        counts.counts.astype(np.float64),
        places.slots,
        places.weekdays,
        round(DAY / max(counts.width, HOUR)),
        counts.width / DAY,
    )
    return _rise_above(odds, max(round(LENGTH * DAY / counts.width), 1))


@njit(cache=True)
def _filter_forwards(
    counts: Floats, slots: Ints, weekdays: Ints, slot_count: int, width: float
) -> Floats:
    """Give the logarithm of the odds of the burst state after each bin; `width` is in days."""
    odds = np.empty(len(counts))
    # What came in, and in how many bins: of each slot, of each weekday, in all.
    slot_came, slot_seen = np.zeros(slot_count), np.zeros(slot_count)
    day_came, day_seen = np.zeros(7), np.zeros(7)
    all_came, all_seen = max(counts[0], 0.5), 1.0
    # One pretended bin, at the level of the first count, that varies as much as its mean.
    came, due, excess, known = all_came, 1.0, 1.0, 1.0
    keep = math.exp(-width / MEMORY)
    up, down = min(width / RARENESS, 0.5), min(width / LENGTH, 0.5)
    once, burst = 1.0 / width, up
    for at in range(len(counts)):
        slot, day = slots[at], weekdays[at]
        # As if each had been seen once before, at the mean of all.
        mean = all_came / all_seen
        slot_sum = slot_came[slot] + mean * once / slot_count
        day_sum = day_came[day] + mean * once
        factor = slot_sum / (mean * (slot_seen[slot] + once / slot_count))
        factor *= day_sum / (mean * (day_seen[day] + once))
        expected = came / due * factor
        # What is not known yet of the rhythm makes a count vary more.
        unsure = 1.0 / slot_sum + 1.0 / day_sum
        dispersion = min(max(excess / known, 0.0) + unsure, MOST_DISPERSION)
        before = burst * (1.0 - down) + (1.0 - burst) * up
        odds[at] = math.log(before / (1.0 - before))
        odds[at] += compare_states(counts[at], expected, dispersion)
        odds[at] = min(max(odds[at], -CERTAIN), CERTAIN)
        burst = 1.0 / (1.0 + math.exp(-odds[at]))
        deviation = math.sqrt(expected + dispersion * expected**2)
        learnt = min(counts[at], expected + CLIPPED_AT * deviation)
        slot_came[slot], slot_seen[slot] = slot_came[slot] + learnt, slot_seen[slot] + 1.0
        day_came[day], day_seen[day] = day_came[day] + learnt, day_seen[day] + 1.0
        all_came, all_seen = all_came + learnt, all_seen + 1.0
        came, due = keep * came + learnt, keep * due + factor
        # Each bin weighs as much as it can tell: little where hardly anything is expected.
        weight = min(expected, 1.0)
        above = ((learnt - expected) ** 2 - expected) / expected**2 - unsure
        excess, known = keep * excess + weight * above, keep * known + weight
    return odds


@njit(cache=True)
def _rise_above(odds: Floats, window: int) -> Floats:
    """Give by how much each value is above the highest of the `window` values before it.

    The places of values that can still be the highest wait in a queue, from high to low.
    """
    rises = np.zeros(len(odds))
    queue = np.empty(len(odds), dtype=np.int64)
    head, tail = 0, 0
    for at in range(len(odds)):
        while head < tail and queue[head] < at - window:
            head += 1
        if head < tail:
            rises[at] = max(odds[at] - odds[queue[head]], 0.0)
        while head < tail and odds[queue[tail - 1]] <= odds[at]:
            tail -= 1
        queue[tail] = at
        tail += 1
    return rises
