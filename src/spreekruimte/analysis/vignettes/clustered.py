"""Least squares on dummies, with errors clustered by respondent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import stdtrit

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.study import Answers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pairs = Sequence[tuple[int, int]]

NOTHING_LEFT = 1e-9
"""A column of which less than this share is not explained by those before it says nothing new."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Numbers with their errors and 95% intervals.

    Attributes
    ----------
    levels
        Which level of which attributes each is about, shape (estimates, attributes); -1 for an
        attribute that it is not about.
    values, errors, low, high
        Shape (estimates,); the interval is by Student's t, and not a number where the error is 0,
        since answers that are all alike do not tell how they vary.
    """

    levels: Ints
    values: Floats
    errors: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The dummies of a regression: the intercept, main effects, then products of two.

    Attributes
    ----------
    levels
        What each dummy stands for, shape (columns, attributes), -1 where it does not look.
    active
        The columns that are 1 for each answer, shape (answers, terms); -1 for none.
    """

    levels: Ints
    active: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A fitted regression.

    Attributes
    ----------
    columns
        Its dummies.
    kept
        Which of them say something that those before do not, shape (columns,).
    values
        Coefficients, 0 where not kept, shape (columns,).
    covariance
        Of the coefficients, shape (columns, columns).
    clusters
        How many respondents answered.
    """

    columns: Columns
    kept: NDArray[np.bool_]
    values: Floats
    covariance: Floats
    clusters: int


def lay_out(answers: Answers, pairs: Pairs) -> Columns:
    """Make the dummies: all levels but the first of each attribute, and their products in `pairs`.

    Parameters
    ----------
    pairs
        Places of two attributes each.
    """
    width, sizes = len(answers.attributes), answers.sizes
    levels, active, start = [np.full((1, width), -1)], [np.zeros(len(answers.shown), np.int64)], 1
    for places in [(place,) for place in range(width)] + [tuple(pair) for pair in pairs]:
        # The level of the first attribute runs fastest, as in R: it decides which is kept.
        grid = np.indices([sizes[place] - 1 for place in reversed(places)])
        one = np.full((grid[0].size, width), -1)
        code, step = np.zeros(len(answers.shown), np.int64), 1
        is_on = np.ones(len(answers.shown), dtype=np.bool_)
        for axis, place in enumerate(places):
            one[:, place] = grid[len(places) - 1 - axis].ravel() + 1
            code += (answers.shown[:, place] - 1) * step
            is_on &= answers.shown[:, place] > 0
            step *= int(sizes[place]) - 1
        levels.append(one)
        active.append(np.where(is_on, start + code, -1))
        start += len(one)
    return Columns(np.concatenate(levels), np.stack(active, axis=1))


def fit_clustered(answers: Answers, pairs: Pairs) -> Regression:
    """Regress the outcomes on the attributes and the products of `pairs`.

    The covariance is that of Liang and Zeger (1986, "Longitudinal data analysis using generalized
    linear models") times ``n / (n - 1)`` with ``n`` respondents: linearisation of a sample of
    clusters (Binder 1983), as the R package survey computes it. Sums go over the answers once, and
    per respondent over the dummies of that respondent only.

    A dummy that follows from those before it is left out: a product of levels that were never
    shown together, or the last of those whose sum is another dummy.

    Raises
    ------
    InputError
        If a main effect cannot be told apart from others.
    """
    columns = lay_out(answers, pairs)
    size = len(columns.levels)
    gram, moments = _sum_up(columns.active, answers.outcomes, size)
    kept = _choose_columns(gram)
    _require_main_effects(answers, columns, kept)
    bread = np.zeros((size, size))
    bread[np.ix_(kept, kept)] = invert(gram[np.ix_(kept, kept)])
    values = np.einsum("ij,j->i", bread, moments)
    slopes = np.append(values, 0.0)
    residuals = answers.outcomes - slopes[columns.active].sum(axis=1)
    meat = sum_clusters(columns.active, residuals, answers.respondents, size)
    clusters = answers.respondent_count
    covariance = np.einsum("ij,jk->ik", np.einsum("ij,jk->ik", bread, meat), bread)
    return Regression(columns, kept, values, covariance * clusters / (clusters - 1), clusters)


def combine(regression: Regression, weights: Floats, levels: Ints) -> Estimates:
    """Give linear combinations of the coefficients.

    Parameters
    ----------
    weights
        Shape (estimates, columns).
    levels
        As in `Estimates`.
    """
    variances = measure_variances(weights, regression.covariance)
    values = np.einsum("ri,i->r", weights, regression.values)
    return bound(values, np.sqrt(np.maximum(variances, 0.0)), levels, regression.clusters - 1)


def bound(values: Floats, errors: Floats, levels: Ints, freedom: int) -> Estimates:
    """Put 95% intervals around values, by Student's t with so many degrees of freedom."""
    reach = np.where(errors > 0.0, errors * float(stdtrit(freedom, 0.975)), np.nan)
    return Estimates(levels, values, errors, values - reach, values + reach)


def measure_variances(weights: Floats, covariance: Floats) -> Floats:
    """Give the variance of linear combinations, shape (combinations,), of shape (.., columns)."""
    return np.asarray((np.einsum("ri,ij->rj", weights, covariance) * weights).sum(axis=1))


@njit(cache=True, nogil=True)
def invert(matrix: Floats) -> Floats:
    """Invert a symmetric, positive definite matrix (Gauss and Jordan).

    By itself, as a library that spreads the work over threads sums in another order elsewhere, and
    loses more by it than it wins at this size.
    """
    inverse = matrix.copy()
    for pivot in range(len(inverse)):
        scale = 1.0 / inverse[pivot, pivot]
        inverse[pivot, pivot] = 1.0
        for column in range(len(inverse)):
            inverse[pivot, column] *= scale
        for row in range(len(inverse)):
            if row != pivot:
                factor = inverse[row, pivot]
                inverse[row, pivot] = 0.0
                for column in range(len(inverse)):
                    inverse[row, column] -= factor * inverse[pivot, column]
    return inverse


def _choose_columns(gram: Floats) -> NDArray[np.bool_]:
    """Take columns out one by one, and keep those of which something was left."""
    left, kept = gram.copy(), np.zeros(len(gram), dtype=np.bool_)
    for place, whole in enumerate(np.diag(gram)):
        if left[place, place] > NOTHING_LEFT * whole:
            kept[place] = True
            left -= left[:, place, None] * (left[place] / left[place, place])
    return kept


def _require_main_effects(answers: Answers, columns: Columns, kept: NDArray[np.bool_]) -> None:
    is_main = (columns.levels >= 0).sum(axis=1) == 1
    for place in np.flatnonzero(is_main & ~kept):
        attribute = int(np.argmax(columns.levels[place]))
        raise InputError(
            "The effect of {level}, {attribute}, cannot be told from that of another attribute: "
            "the two were always shown together.",
            level=answers.attributes[attribute].levels[columns.levels[place, attribute]],
            attribute=answers.attributes[attribute].name,
        )


@njit(cache=True, nogil=True)
def _sum_up(active: Ints, outcomes: Floats, size: int) -> tuple[Floats, Floats]:
    """Give the products of all columns with each other and with the outcomes."""
    gram, moments = np.zeros((size, size)), np.zeros(size)
    for row in range(len(active)):
        for one in active[row]:
            if one >= 0:
                moments[one] += outcomes[row]
                for other in active[row]:
                    if other >= 0:
                        gram[one, other] += 1.0
    return gram, moments


@njit(cache=True, nogil=True)
def sum_clusters(active: Ints, residuals: Floats, respondents: Ints, size: int) -> Floats:
    """Give the sum over respondents of the products of their summed residuals per column.

    Parameters
    ----------
    active
        As in `Columns`.
    residuals
        Shape (answers,).
    respondents
        Rising, shape (answers,).
    size
        How many columns there are.
    """
    meat, score = np.zeros((size, size)), np.zeros(size)
    touched, is_touched = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_)
    count = 0
    for row in range(len(active)):
        for one in active[row]:
            if one < 0:
                continue
            score[one] += residuals[row]
            if not is_touched[one]:
                is_touched[one] = True
                touched[count] = one
                count += 1
        if row + 1 == len(active) or respondents[row + 1] != respondents[row]:
            _add_products(meat, score, touched[:count])
            score[:], is_touched[:] = 0.0, False
            count = 0
    return meat


@njit(cache=True, nogil=True)
def _add_products(meat: Floats, score: Floats, touched: Ints) -> None:
    for first in touched:
        for second in touched:
            meat[first, second] += score[first] * score[second]
