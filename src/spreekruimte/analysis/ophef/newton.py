"""Newton's method with a step as long as it pays, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Evaluate = Callable[[Floats], tuple[float, Floats, Floats]]
"""From a state to the height there, its slope, and its second derivatives."""

STEPS, TRIES = 60, 30
TOLERANCE = 1e-5
LONGEST = 2.0
"""No parameter moves further in one step, or by so many times its size where that is above 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Top:
    """Where a climb ended: the height, the state, and the second derivatives there."""

    height: float
    state: Floats
    bend: Floats


def climb(evaluate: Evaluate, start: Floats, low: Floats, high: Floats) -> Top:
    """Climb from `start` until a step gains less than `TOLERANCE`.

    Each step solves Newton's system, damped (Levenberg 1944, Marquardt 1963) until it does not
    lead down. A parameter at a bound that would be pushed over it rests; one whose bounds are equal
    is held.

    Parameters
    ----------
    evaluate
        May give ``-inf`` where a state is not allowed.
    start, low, high
        Shape (parameters,); the start is allowed and within the bounds.
    """
    state = start
    height, slope, bend = evaluate(state)
    damping = 1e-3
    for _ in range(STEPS):
        free = ((state > low) | (slope > 0.0)) & ((state < high) | (slope < 0.0)) & (low < high)
        before = height
        for _ in range(TRIES):
            ahead = state.copy()
            ahead[free] += _step(state[free], slope[free], bend[np.ix_(free, free)], damping)
            ahead = np.clip(ahead, low, high)
            there = evaluate(ahead)
            if there[0] >= height:
                state, (height, slope, bend) = ahead, there
                damping = max(1e-10, damping * 0.1)
                break
            damping *= 10.0
        if height - before < TOLERANCE:
            break
    return Top(height, state, bend)


def _step(state: Floats, slope: Floats, bend: Floats, damping: float) -> Floats:
    longest = LONGEST * np.maximum(1.0, np.abs(state))
    damped = -bend + np.diag(damping * (np.abs(np.diag(bend)) + 1e-8))
    return np.asarray(np.clip(np.linalg.solve(damped, slope), -longest, longest))
