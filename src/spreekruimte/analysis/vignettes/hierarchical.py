"""A hierarchical model that predicts the share of each combination of levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import expit, logit

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import invert, sum_clusters
from spreekruimte.analysis.vignettes.combinations import Terms, arrange_terms, find_coefficients
from spreekruimte.analysis.vignettes.study import Answers, Attribute

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPREAD = 1.0
"""Scale of the half-normal prior on how far the levels of a term lie apart, in logits."""
WIDE = 10.0
"""Standard deviation of the prior of the intercept, in logits."""
ROUNDS = 100
TOLERANCE = 1e-3
PULLING, ERRING = 2.0, 0.5
"""The power of a spread in its prior along its logarithm: to pull to 0 by, and to tell errors by.

With 2 it is uniform in the variance. The other is between 0, with which spreads are 0 too often
and intervals too narrow, and 1; chosen by simulation, so that intervals hold whatever effects
there are.
"""


@dataclass(frozen=True, slots=True, eq=False)
class ContextModel:
    """A fitted model: the logit of a share is the intercept and one coefficient of each term.

    Attributes
    ----------
    attributes
        What the vignettes are made of.
    terms
        Of the model.
    values
        The coefficients, pulled to 0, shape (coefficients,).
    covariance
        Of their errors, clustered by respondent, shape (coefficients, coefficients).
    pull
        The part of the covariance that comes of pulling them to 0, of the same shape. Other
        studies of the same would err alike in this.
    spreads
        By which the coefficients of each term were pulled: how far these are taken to lie from 0,
        in logits, shape (terms,).
    """

    attributes: tuple[Attribute, ...]
    terms: Terms
    values: Floats
    covariance: Floats
    pull: Floats
    spreads: Floats


def fit_context_model(answers: Answers, pairs: Sequence[tuple[int, int]] = ()) -> ContextModel:
    """Fit the shares of all combinations, with a varying coefficient for each level and product.

    ``logit p = b + sum of u``, one ``u`` for the level of each attribute and for each combination
    of two attributes in `pairs`, normal with a spread of its own per term. The coefficients are
    at their mode, the spreads at that of the marginal posterior along their logarithm by the
    Laplace approximation, both found by steps of Newton. Far below `SPREAD` the prior is uniform in
    the variance. For normal means that pulls as hard as one can without ever losing by it on
    average (Stein 1981; Morris and Tang 2011, "Estimating random effects via adjustment for density
    maximization"); two or three levels are hardly pulled.

    The model is of the share among all, not of one respondent, so respondents have no coefficient;
    that their own answers hang together is in the covariance. This is the mean squared error of
    what was pulled, not the posterior variance: with ``H`` the information and prior, ``J`` the
    scores summed per respondent (Liang and Zeger 1986), ``P`` the precision of the prior and ``S``
    how far coefficients do lie from 0, squared, it is ``H^-1 (J + P S P) H^-1``. ``S`` follows from
    spreads under a prior that hardly keeps them off 0: one that does tells of effects where there
    are none, which makes intervals too wide.

    Parameters
    ----------
    pairs
        Of attributes, by their places.

    Raises
    ------
    InputError
        If all answers are alike.
    """
    share = float(answers.outcomes.mean())
    if share in (0.0, 1.0):
        raise InputError("All answers are alike, so nothing can be said of what changes them.")
    terms = arrange_terms(answers.sizes, pairs)
    active = find_coefficients(terms, answers.shown)
    values, spreads = np.zeros(len(terms.owners)), np.full(len(terms.starts), 0.5)
    values[0] = logit(share)
    for _ in range(ROUNDS):
        before = values
        slope, information = _evaluate(active, answers.outcomes, before)
        target = slope + np.einsum("ij,j->i", information, before)
        values, spreads = _settle(information, target, spreads, terms, PULLING)
        if np.abs(values - before).max() < TOLERANCE:
            break
    covariance, pull = _measure_error(answers, active, values, spreads, terms)
    return ContextModel(answers.attributes, terms, values, covariance, pull, spreads)


def _settle(
    information: Floats, target: Floats, spreads: Floats, terms: Terms, power: float
) -> tuple[Floats, Floats]:
    """Raise coefficients and spreads in turn where the likelihood is taken as quadratic."""
    for _ in range(ROUNDS):
        inverse = invert(information + np.diag(_weigh(spreads, terms.owners)))
        values = np.einsum("ij,j->i", inverse, target)
        slope, bend = _climb_spreads(values, inverse, spreads, terms.owners)
        step = np.clip((slope + power) / bend, -1.0, 1.0)
        spreads = spreads * np.exp(step)
        if np.abs(step).max() < TOLERANCE:
            break
    return values, spreads


def _weigh(spreads: Floats, owners: Ints) -> Floats:
    """Give the precision of the prior of each coefficient."""
    return np.asarray(np.concatenate([[WIDE**-2], spreads[owners[1:]] ** -2]))


def _climb_spreads(
    values: Floats, inverse: Floats, spreads: Floats, owners: Ints
) -> tuple[Floats, Floats]:
    """Give slope and bend along the logarithm of each spread, where its prior is half-normal.

    The bend is the expected one where all levels are seen as often (Searle, Casella and McCulloch
    1992, "Variance components"), and no less than is good for a step of Newton.
    """
    counts = np.bincount(owners[1:])
    squares = np.bincount(owners[1:], values[1:] ** 2) / spreads**2
    vague = np.bincount(owners[1:], np.diag(inverse)[1:]) / spreads**2
    known = counts - vague
    prior = (spreads / SPREAD) ** 2
    bend = np.maximum(2.0 * known**2 / counts, known) + 2.0 * prior
    return squares - known - prior, bend


def _measure_error(
    answers: Answers, active: Ints, values: Floats, spreads: Floats, terms: Terms
) -> tuple[Floats, Floats]:
    """Give the mean squared error of the coefficients, clustered, and the part of the pull."""
    slope, information = _evaluate(active, answers.outcomes, values)
    target = slope + np.einsum("ij,j->i", information, values)
    _, true_spreads = _settle(information, target, spreads, terms, ERRING)
    precision = _weigh(spreads, terms.owners)
    inverse = invert(information + np.diag(precision))
    residuals = answers.outcomes - expit(values[active].sum(axis=1))
    meat = sum_clusters(active, residuals, answers.respondents, len(values))
    clusters = answers.respondent_count
    pulled = np.diag(precision**2 / _weigh(true_spreads, terms.owners))
    chance, pull = (
        np.einsum("ij,jk->ik", np.einsum("ij,jk->ik", inverse, middle), inverse)
        for middle in (meat * clusters / (clusters - 1), pulled)
    )
    return chance + pull, pull


@njit(cache=True, nogil=True)
def _evaluate(active: Ints, outcomes: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Give the slope of the log-likelihood and its information, in one pass over the answers."""
    size = len(values)
    slope, information = np.zeros(size), np.zeros((size, size))
    for row in range(len(active)):
        height = 0.0
        for one in active[row]:
            height += values[one]
        share = 1.0 / (1.0 + np.exp(-height))
        weight = share * (1.0 - share)
        for one in active[row]:
            slope[one] += outcomes[row] - share
            for other in active[row]:
                information[one, other] += weight
    return slope, information
