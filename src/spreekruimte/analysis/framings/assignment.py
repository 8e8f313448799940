"""Whether respondents were shown the arms as often as was declared."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from spreekruimte.analysis.framings.respondents import Ints

Floats = NDArray[np.float64]

# Deviations of about sqrt(share / this) are found soonest.
CONCENTRATION = 200.0


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """The evidence that arms were not assigned as declared.

    Attributes
    ----------
    log_e_value
        Logarithm of the evidence against the declared shares; infinite if an arm was
        assigned that is not declared.
    p_value
        Valid however often one looks: the chance that it ever falls to p is at most p.
    """

    log_e_value: float
    p_value: float


def check_assignment(assigned: Ints, shares: Floats) -> SampleRatio:
    """Test the numbers assigned against the declared shares.

    The mixture martingale of Lindon and Malek (2022, "Anytime-valid inference for
    multinomial count data"): the likelihood under a Dirichlet mixture around the
    declared shares, over that under the shares themselves. Count everyone who was
    assigned, also who left without an answer: an arm that drives people off shows here.

    Parameters
    ----------
    assigned
        Respondents per arm, from 0; of any shape.
    shares
        Declared share of each arm, of the same shape, from 0, adding up to 1.

    Raises
    ------
    ValueError
        Where the shapes differ, a number is below 0, or the shares do not add up to 1.
    """
    if assigned.shape != shares.shape:
        raise ValueError("every arm has a declared share")
    if assigned.min(initial=0) < 0 or shares.min(initial=0.0) < 0.0:
        raise ValueError("numbers and shares of arms are not below 0")
    if not math.isclose(float(shares.sum()), 1.0, abs_tol=1e-9):
        raise ValueError("declared shares add up to 1")
    declared = shares > 0.0
    if assigned[~declared].any():
        return SampleRatio(math.inf, 0.0)
    numbers, expected = assigned[declared], shares[declared]
    prior = CONCENTRATION * expected
    # Exactly the same for nobody as for the prior alone.
    grown = gammaln(prior + numbers) - gammaln(prior) - numbers * np.log(expected)
    total = gammaln(CONCENTRATION) - gammaln(CONCENTRATION + numbers.sum())
    log_e_value = float(grown.sum() + total)
    return SampleRatio(log_e_value, math.exp(-max(log_e_value, 0.0)))
