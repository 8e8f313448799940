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
        The coefficients, shape (coefficients,).
    covariance
        Of what is not known of them, clustered by respondent, shape (coefficients, coefficients).
    spreads
        The standard deviation of the coefficients of each term, in logits, shape (terms,).
    """

    attributes: tuple[Attribute, ...]
    terms: Terms
    values: Floats
    covariance: Floats
    spreads: Floats


def fit_context_model(answers: Answers, pairs: Sequence[tuple[int, int]] = ()) -> ContextModel:
    """Fit the shares of all combinations, with a varying coefficient for each level and product.

    ``logit p = b + sum of u``, one ``u`` for the level of each attribute and for each combination
    of two attributes in `pairs`, normal with a spread of its own per term. The coefficients are
    at their mode, the spreads at that of the marginal posterior by the Laplace approximation, both
    found by steps of Newton. The spreads have a half-normal prior times the spread itself, which
    keeps them off 0 (Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013, "A nondegenerate penalized
    likelihood estimator").

    The model is of the share among all, not of one respondent, so respondents have no coefficient;
    that their own answers hang together is in the covariance: with ``H`` the information and prior,
    and ``J`` the scores summed per respondent (Liang and Zeger 1986), it is ``H^-1 (J + prior)
    H^-1``, which is ``H^-1`` where answers are independent. What is not known of the spreads is
    added to first order (Kass and Steffey 1989).

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
    active, owners = find_coefficients(terms, answers.shown), terms.owners
    counts = np.bincount(owners[1:], minlength=len(terms.starts))
    values, spreads = np.zeros(len(owners)), np.full(len(counts), 0.5)
    values[0] = logit(share)
    for _ in range(ROUNDS):
        before = values
        slope, information = _evaluate(active, answers.outcomes, before)
        target = slope + np.einsum("ij,j->i", information, before)
        values, spreads = _settle(information, target, spreads, owners, counts)
        if np.abs(values - before).max() < TOLERANCE:
            break
    covariance = _cluster(answers, active, values, spreads, terms)
    return ContextModel(answers.attributes, terms, values, covariance, spreads)


def _settle(
    information: Floats, target: Floats, spreads: Floats, owners: Ints, counts: Ints
) -> tuple[Floats, Floats]:
    """Raise coefficients and spreads in turn where the likelihood is taken as quadratic."""
    for _ in range(ROUNDS):
        inverse = invert(information + np.diag(_weigh(spreads, owners)))
        values = np.einsum("ij,j->i", inverse, target)
        slope, bend = _climb_spreads(values, inverse, spreads, owners, counts)
        step = np.clip(slope / bend, -1.0, 1.0)
        spreads = spreads * np.exp(step)
        if np.abs(step).max() < TOLERANCE:
            break
    return values, spreads


def _weigh(spreads: Floats, owners: Ints) -> Floats:
    """Give the precision of the prior of each coefficient."""
    return np.asarray(np.concatenate([[WIDE**-2], spreads[owners[1:]] ** -2]))


def _climb_spreads(
    values: Floats, inverse: Floats, spreads: Floats, owners: Ints, counts: Ints
) -> tuple[Floats, Floats]:
    """Give slope and bend of the marginal posterior along the logarithm of each spread.

    The bend is the expected one where all levels are seen as often (Searle, Casella and McCulloch
    1992, "Variance components"), and no less than is good for a step of Newton.
    """
    squares = np.bincount(owners[1:], values[1:] ** 2, len(counts)) / spreads**2
    vague = np.bincount(owners[1:], np.diag(inverse)[1:], len(counts)) / spreads**2
    known = counts - vague
    prior = (spreads / SPREAD) ** 2
    bend = np.maximum(2.0 * known**2 / counts, known) + 2.0 * prior
    return squares - known + 1.0 - prior, bend


def _cluster(
    answers: Answers, active: Ints, values: Floats, spreads: Floats, terms: Terms
) -> Floats:
    """Give the covariance of the coefficients, clustered, with what is not known of the spreads."""
    owners = terms.owners
    counts = np.bincount(owners[1:], minlength=len(spreads))
    precision = _weigh(spreads, owners)
    _, information = _evaluate(active, answers.outcomes, values)
    inverse = invert(information + np.diag(precision))
    residuals = answers.outcomes - expit(values[active].sum(axis=1))
    meat = sum_clusters(active, residuals, answers.respondents, len(values))
    clusters = answers.respondent_count
    middle = meat * clusters / (clusters - 1) + np.diag(precision)
    # How far the pull to 0 moves, by the logarithm of each spread.
    pull = np.zeros((len(values), len(spreads)))
    rows = np.arange(1, len(values))
    pull[rows, owners[1:]] = 2.0 * (precision * values)[1:]
    _, bend = _climb_spreads(values, inverse, spreads, owners, counts)
    middle += np.einsum("ik,jk->ij", pull / np.maximum(bend, 1.0), pull)
    return np.asarray(np.einsum("ij,jk->ik", np.einsum("ij,jk->ik", inverse, middle), inverse))


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
