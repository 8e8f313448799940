"""Proportional-odds regression of an ordered outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit, stdtrit

from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.newton import Top, climb
from spreekruimte.analysis.ophef.profile import bound_by_profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPREAD = 2.5
"""Standard deviation of the normal prior on a slope, per standard deviation of its predictor."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Outcomes and what may explain them.

    Attributes
    ----------
    steps
        The outcomes that occur, rising, shape (steps,).
    levels
        Which of them each incident has, shape (incidents,).
    predictors
        Shape (incidents, nodes, predictors): a predictor that is known is the same at all nodes;
        one that is measured with error stands at the nodes of its distribution.
    weights
        Of the nodes, together 1.
    precision
        Of the prior of each slope, shape (predictors,).
    """

    steps: Ints
    levels: Ints
    predictors: Floats
    weights: Floats
    precision: Floats


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalFit:
    """A fitted regression: ``P(outcome <= steps[k]) = 1 / (1 + exp(slopes x - cutpoints[k]))``.

    Attributes
    ----------
    design
        What it was fitted to.
    top
        The highest penalised likelihood; the state holds the cutpoints, then the slopes.
    log_likelihood
        There, without the prior.
    """

    design: Design
    top: Top
    log_likelihood: float

    @property
    def cutpoints(self) -> Floats:
        """Shape (steps - 1,), rising."""
        return self.top.state[: len(self.design.steps) - 1]

    @property
    def slopes(self) -> Floats:
        """Shape (predictors,): logarithms of odds ratios per unit."""
        return self.top.state[len(self.design.steps) - 1 :]


def arrange_design(outcomes: Ints, predictors: Floats, weights: Floats | None = None) -> Design:
    """Make the design of a regression.

    Parameters
    ----------
    outcomes
        Shape (incidents,).
    predictors
        Shape (incidents, predictors), or (incidents, nodes, predictors) with `weights`.
    weights
        Of the nodes, together 1.
    """
    steps, levels = np.unique(outcomes, return_inverse=True)
    spread = predictors if weights is not None else predictors[:, None, :]
    weights = np.ones(1) if weights is None else weights
    means = (spread * weights[None, :, None]).sum(axis=1)
    return Design(steps, levels, spread, weights, means.var(axis=0) / SPREAD**2)


def fit_ordinal(design: Design) -> OrdinalFit:
    """Fit the proportional-odds model (McCullagh 1980, "Regression models for ordinal data").

    The posterior mode under a flat prior on the cutpoints and, on each slope, a normal one with
    standard deviation `SPREAD` per standard deviation of its predictor (after Gelman, Jakulin,
    Pittau and Su 2008): weak enough to hide no effect, and finite where predictors separate the
    outcomes. Steps between those that occur get no chance, since nothing is known of them.

    A predictor with nodes is integrated out per incident: the likelihood is that of the outcome
    given the measurement, so that error in a predictor does not pull its slope towards 0.
    """
    counts = np.bincount(design.levels)[:-1].cumsum()
    shares = counts / len(design.levels)
    start = np.concatenate([np.log(shares / (1.0 - shares)), np.zeros(len(design.precision))])
    top = _climb(design, start, start - np.inf, start + np.inf)
    slopes = top.state[len(design.steps) - 1 :]
    return OrdinalFit(design, top, top.height + 0.5 * float((design.precision * slopes**2).sum()))


def bound_slope(fit: OrdinalFit, predictor: int, level: float) -> Estimate:
    """Give a slope with its interval by the profile of the penalised likelihood.

    With half a squared quantile of Student's t instead of chi-squared, with as many degrees of
    freedom as there are incidents beyond the parameters: with few incidents, chi-squared makes it
    too narrow.
    """
    freedom = max(1, len(fit.design.levels) - len(fit.top.state))
    drop = 0.5 * float(stdtrit(freedom, 0.5 + level / 2.0)) ** 2
    place = len(fit.design.steps) - 1 + predictor
    below, above = fit.top.state - np.inf, fit.top.state + np.inf

    def profile(value: float, near: Floats) -> tuple[float, Floats]:
        start, low, high = near.copy(), below.copy(), above.copy()
        start[place] = low[place] = high[place] = value
        top = _climb(fit.design, start, low, high)
        return top.height, top.state

    step = 0.5 * float(np.sqrt(np.linalg.inv(-fit.top.bend)[place, place]))
    value = float(fit.top.state[place])
    _, low, high = bound_by_profile(
        profile, fit.top.state, value=value, low=-np.inf, high=np.inf, step=step, drop=drop
    )
    return Estimate(value, low, high)


def predict_cumulative(fit: OrdinalFit, predictors: Floats) -> Floats:
    """Give the chance that an outcome is at or below each step, shape (rows, steps).

    Averaged over what is not known of the cutpoints and slopes, by the normal approximation of
    their posterior.

    Parameters
    ----------
    predictors
        Shape (rows, predictors).
    """
    cuts = len(fit.cutpoints)
    covariance = np.linalg.inv(-fit.top.bend)
    chances = np.ones((len(predictors), cuts + 1))
    for cut in range(cuts):
        direction = np.concatenate(
            [np.tile(np.eye(cuts)[cut], (len(predictors), 1)), -predictors], axis=1
        )
        middle = (direction * fit.top.state).sum(axis=1)
        sd = np.sqrt(np.einsum("ri,ij,rj->r", direction, covariance, direction))
        chances[:, cut] = (expit(middle[:, None] + sd[:, None] * _NODES) * _WEIGHTS).sum(axis=1)
    return np.maximum.accumulate(chances, axis=1)


def _climb(design: Design, start: Floats, low: Floats, high: Floats) -> Top:
    def evaluate(state: Floats) -> tuple[float, Floats, Floats]:
        return _evaluate(design.levels, design.predictors, design.weights, design.precision, state)

    return climb(evaluate, start, low, high)


@njit(cache=True, nogil=True)
def _evaluate(
    levels: Ints, predictors: Floats, weights: Floats, precision: Floats, state: Floats
) -> tuple[float, Floats, Floats]:
    """Give the penalised log-likelihood, its slope and its second derivatives."""
    slopes = len(precision)
    cuts = len(state) - slopes
    slope = np.zeros(len(state))
    bend = np.zeros((len(state), len(state)))
    for cut in range(1, cuts):
        if state[cut] <= state[cut - 1]:
            return -np.inf, slope, bend
    height = 0.0
    for incident in range(len(levels)):
        height += _add_incident(
            levels[incident], predictors[incident], weights, state, cuts, slope, bend
        )
    for k in range(slopes):
        height -= 0.5 * precision[k] * state[cuts + k] ** 2
        slope[cuts + k] -= precision[k] * state[cuts + k]
        bend[cuts + k, cuts + k] -= precision[k]
    return height, slope, bend


@njit(cache=True, nogil=True)
def _add_incident(
    level: int,
    predictors: Floats,
    weights: Floats,
    state: Floats,
    cuts: int,
    slope: Floats,
    bend: Floats,
) -> float:
    """Add what one incident gives to slope and bend, and give the logarithm of its chance."""
    size = len(state)
    chance = 0.0
    first, second = np.zeros(size), np.zeros((size, size))
    for node in range(len(weights)):
        pull = 0.0
        for k in range(size - cuts):
            pull += state[cuts + k] * predictors[node, k]
        bottom, top = -np.inf, np.inf
        if level > 0:
            bottom = state[level - 1] - pull
            _add_end(bottom, level - 1, -weights[node], predictors[node], cuts, first, second)
        if level < cuts:
            top = state[level] - pull
            _add_end(top, level, weights[node], predictors[node], cuts, first, second)
        # The curve at the top less that at the bottom, free of cancellation far from the middle.
        apart = 1.0 - np.exp(bottom - top)
        chance += weights[node] * apart / (1.0 + np.exp(-top)) / (1.0 + np.exp(bottom))
    for i in range(size):
        slope[i] += first[i] / chance
        for j in range(size):
            bend[i, j] += second[i, j] / chance - first[i] * first[j] / chance**2
    return float(np.log(chance))


@njit(cache=True, nogil=True)
def _add_end(
    end: float,
    cut: int,
    weight: float,
    predictors: Floats,
    cuts: int,
    first: Floats,
    second: Floats,
) -> None:
    """Add the derivatives of the logistic curve where it is cut off, by cutpoint and slopes."""
    height = 1.0 / (1.0 + np.exp(-end))
    rise = weight * height * (1.0 - height)
    turn = rise * (1.0 - 2.0 * height)
    first[cut] += rise
    second[cut, cut] += turn
    for k in range(len(predictors)):
        first[cuts + k] -= rise * predictors[k]
        second[cut, cuts + k] -= turn * predictors[k]
        second[cuts + k, cut] -= turn * predictors[k]
        for other in range(len(predictors)):
            second[cuts + k, cuts + other] += turn * predictors[k] * predictors[other]
