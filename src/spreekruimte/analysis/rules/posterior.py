"""What a public finds of contexts that were each judged apart, as draws of the posterior."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts.intervals import PRIOR

DRAWS = 2_000
"""How many draws are made: the ends of an interval of 95% lie 50 draws from the outermost."""


def draw_shares(
    admissible: NDArray[np.int64], inadmissible: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Draw the share of the public that finds each context admissible.

    Each context has a posterior of its own, Beta(1/2 + admissible, 1/2 + inadmissible) under the
    prior of Jeffreys: the opinions on one say nothing of another. The seed is a digest of the
    counts, so equal counts give equal draws.

    Parameters
    ----------
    admissible, inadmissible
        How many found so, shape (contexts,), from 0.

    Returns
    -------
    Shape (2,000 draws, contexts), 0 to 1.

    Raises
    ------
    ValueError
        If shapes differ or a count is below 0.
    """
    counts = np.stack((admissible, inadmissible)).astype("<i8")
    if (counts < 0).any():
        raise ValueError("Counts are 0 or more.")
    seed = int.from_bytes(sha256(counts.tobytes()).digest()[:8], "little")
    random = np.random.Generator(np.random.PCG64(seed))
    return random.beta(counts[0] + PRIOR, counts[1] + PRIOR, size=(DRAWS, counts.shape[1]))
