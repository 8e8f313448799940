"""Where a function crosses zero."""

from __future__ import annotations

from collections.abc import Callable


def find_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Find where a function crosses zero, to 1e-12, by the method of Brent (1973).

    Raises
    ------
    ValueError
        If the function has the same sign at both ends.
    """
    # Not at the top: see "What is loaded when" in ARCHITECTURE.md.
    from scipy.optimize import brentq

    return float(brentq(function, low, high, xtol=1e-12))
