"""Chance that follows from a seed, inside compiled loops."""

from __future__ import annotations

import numba
import numpy as np

STEP = np.uint64(0x9E3779B97F4A7C15)


@numba.njit(cache=True, nogil=True)
def draw(state: np.uint64) -> np.uint64:
    """Turn a counter into 64 random bits (splitmix64: Steele, Lea and Flood 2014).

    Add `STEP` to the counter before each draw.
    """
    mixed = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
