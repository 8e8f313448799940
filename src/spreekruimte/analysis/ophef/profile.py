"""Intervals from the profile of a likelihood."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Profile = Callable[[float, Floats], tuple[float, Floats]]
"""From a value of the parameter and a state near the best to the height, and the best state."""

GROWTH = 1.4
MARGIN = 1.5
WALK = 60
POINTS = 4_001


def bound_by_profile(
    profile: Profile,
    best: Floats,
    *,
    value: float,
    low: float,
    high: float,
    step: float,
    drop: float,
) -> tuple[float, float, float]:
    """Give the value at which a profile is highest, and the ends of the interval around it.

    The interval holds the values whose height is at most `drop` below the highest; for half a
    quantile of chi-squared with one degree of freedom, it has that level where there is much data
    (Wilks 1938). The profile is walked down on both sides from the best state, with steps that
    grow, and each climb starts from the state before; between the steps it is interpolated.

    Parameters
    ----------
    best, value
        The state at the top, and the value of the parameter there.
    low, high
        Beyond these the parameter does not go; an end there means that the data set no limit.
    step
        The first step, in units of the parameter, above 0.
    drop
        By how much a height may lie below the highest, above 0.
    """
    # Not at the top: see "What is loaded when" in ARCHITECTURE.md.
    from scipy.interpolate import Akima1DInterpolator

    walked = {value: profile(value, best)[0]}
    for direction in (-1.0, 1.0):
        state, reached, stride = best, value, step
        for _ in range(WALK):
            reached = min(high, max(low, reached + direction * stride))
            walked[reached], state = profile(reached, state)
            stride *= GROWTH
            if reached in (low, high) or walked[reached] < max(walked.values()) - drop - MARGIN:
                break
    if len(walked) == 1:
        return value, value, value
    values = np.array(sorted(walked))
    fine = np.linspace(values[0], values[-1], POINTS)
    heights = Akima1DInterpolator(values, [walked[each] for each in values], method="makima")(fine)
    held = fine[heights >= heights.max() - drop]
    return float(fine[heights.argmax()]), float(held[0]), float(held[-1])
