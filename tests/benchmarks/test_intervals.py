from itertools import product

import numpy as np
from benchmarks.intervals import ANYTIME_LEVEL, TRUE_SHARES, sum_misses

from spreekruimte.analysis.verdicts import bound_share

OPINIONS = 10


def enumerate_misses(share: float) -> float:
    """Add up the chances of all sequences of opinions in which the interval misses once."""
    missed = 0.0
    for sequence in product((0, 1), repeat=OPINIONS):
        agree, size = np.cumsum(sequence), np.arange(1, OPINIONS + 1)
        low, high = bound_share(agree, size - agree, ANYTIME_LEVEL)
        if np.any((share < low) | (share > high)):
            missed += share ** agree[-1] * (1.0 - share) ** (OPINIONS - agree[-1])
    return float(missed)


def test_misses_add_up_over_all_sequences() -> None:
    found = sum_misses(bound_share, OPINIONS)
    for place in (3, 7, 9):
        assert abs(found[place] - enumerate_misses(float(TRUE_SHARES[place]))) < 1e-12
    assert found.max() > 0.0
