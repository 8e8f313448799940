"""What each level of an attribute changes, on average over the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.vignettes.clustered import (
    Estimates,
    Pairs,
    Regression,
    combine,
    fit_clustered,
)
from spreekruimte.analysis.vignettes.study import Answers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def estimate_effects(answers: Answers, *, restricted: Pairs = ()) -> Estimates:
    """Estimate average marginal component effects: each level against the first of its attribute.

    As Hainmueller, Hopkins and Yamamoto (2014, "Causal inference in conjoint analysis"): least
    squares on dummies, errors clustered by respondent. Attributes of which some levels are never
    shown together get their products in the regression, and the effect of a level is averaged over
    the levels of the other attribute with equal weights.

    Where the first level is not allowed beside a level of the other attribute, there is no direct
    comparison there; it goes by way of the last level that is allowed there, and that last level
    itself is averaged over the direct comparisons only. This is how the R package cregg averages,
    with the same numbers.

    Parameters
    ----------
    restricted
        Pairs of attributes tied together by forbidden combinations, by their places.

    Raises
    ------
    InputError
        If the effect of a level cannot be told apart from another.
    """
    regression = fit_clustered(answers, restricted)
    levels = regression.columns.levels
    mains = np.flatnonzero((levels >= 0).sum(axis=1) == 1)
    weights = np.zeros((len(mains), len(levels)))
    for row, main in enumerate(mains):
        weights[row] = _average(regression, int(main), restricted)
    return combine(regression, weights, levels[mains])


def estimate_interactions(answers: Answers, pairs: Sequence[tuple[int, int]]) -> Estimates:
    """Estimate how much more, or less, two levels change together than each does alone.

    The difference between two differences, against the first level of both attributes: the average
    component interaction effects of Hainmueller, Hopkins and Yamamoto (2014). There is one for
    each two levels for which all four combinations were shown.

    Parameters
    ----------
    pairs
        Of attributes, by their places, all in one regression.

    Raises
    ------
    InputError
        If the effect of a level cannot be told apart from another.
    """
    regression = fit_clustered(answers, pairs)
    levels = regression.columns.levels
    rows = [
        place
        for place in np.flatnonzero(regression.kept & ((levels >= 0).sum(axis=1) == 2))
        if _is_direct(answers, levels[place])
    ]
    weights = np.zeros((len(rows), len(levels)))
    weights[np.arange(len(rows)), rows] = 1.0
    return combine(regression, weights, levels[rows])


def _average(regression: Regression, main: int, restricted: Pairs) -> Floats:
    """Give the weights of the coefficients in the effect of one level."""
    levels = regression.columns.levels
    attribute = int(np.argmax(levels[main]))
    weights = np.zeros(len(levels))
    weights[main] = 1.0
    is_beside = regression.kept & (levels[:, attribute] == levels[main, attribute])
    for pair in restricted:
        if attribute in pair:
            products = np.flatnonzero(is_beside & (levels[:, list(pair)] >= 0).all(axis=1))
            weights[products] = 1.0 / (1 + len(products))
    return weights


def _is_direct(answers: Answers, levels: Ints) -> bool:
    """Say whether two levels, and the first ones of their attributes, were shown in all ways."""
    first, second = np.flatnonzero(levels >= 0)
    one = answers.shown[:, first] == levels[first]
    other = answers.shown[:, second] == levels[second]
    base, other_base = answers.shown[:, first] == 0, answers.shown[:, second] == 0
    return all((a & b).any() for a in (one, base) for b in (other, other_base))
