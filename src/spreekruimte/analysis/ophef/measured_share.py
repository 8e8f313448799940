"""A predictor that was measured with error: what the public finds, by its ballots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.roots import find_root

Floats = NDArray[np.float64]

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def place_nodes(shares: Floats, errors: Floats, others: Floats) -> Floats | None:
    """Give where the true share of each incident may lie, given its measurement.

    The true shares are taken to be normal around a line in the other predictors, with a variance
    that is what the measured ones vary beyond their errors (Paule and Mandel 1982). Given a
    measurement, the true share is then normal too, nearer to the line the larger its error
    (regression calibration: Carroll, Ruppert, Stefanski and Crainiceanu 2006, chapter 4); it is
    given at the nodes of Gauss and Hermite, weighted by `WEIGHTS`.

    Parameters
    ----------
    shares, errors
        Shape (incidents,): measured shares and their standard errors, 0 or more.
    others
        Shape (incidents, predictors): the other predictors of the same regression.

    Returns
    -------
    Floats or None
        Shape (incidents, nodes); None where the shares vary no more than their errors do.
    """
    line = np.column_stack([np.ones(len(shares)), others])
    freedom = len(shares) - line.shape[1]
    variances = errors**2

    def fit(variance: float) -> tuple[Floats, float]:
        weights = 1.0 / (variance + variances)
        across = line.T @ (weights[:, None] * line)
        fitted = line @ np.linalg.solve(across, line.T @ (weights * shares))
        return fitted, float((weights * (shares - fitted) ** 2).sum()) - freedom

    most = len(shares) * float(shares.var())
    least = 1e-9 * most
    if fit(least)[1] <= 0.0:
        return None
    variance = find_root(lambda each: fit(each)[1], least, most)
    fitted, _ = fit(variance)
    reliability = variance / (variance + variances)
    middle = fitted + reliability * (shares - fitted)
    sd = np.sqrt(variance * (1.0 - reliability))
    return np.asarray(middle[:, None] + sd[:, None] * NODES)
