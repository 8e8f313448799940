"""How good an answer is, by one yardstick for all engines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
Floats = NDArray[np.float64]


def adjusted_rand(truth: NDArray[np.integer], found: NDArray[np.integer]) -> float:
    """Compare two partitions: 1 if equal, about 0 if unrelated (Hubert and Arabie, 1985).

    Those who are unassigned (-1) count as a group of their own.
    """
    one, other = truth - truth.min(), found - found.min()
    width = int(other.max()) + 1
    cells = np.bincount(one * np.int64(width) + other).astype(np.float64)
    pairs = _count_pairs(cells)
    of_one = _count_pairs(np.bincount(one).astype(np.float64))
    of_other = _count_pairs(np.bincount(other).astype(np.float64))
    expected = of_one * of_other / _count_pairs(np.array([float(len(truth))]))
    most = (of_one + of_other) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def _count_pairs(sizes: Floats) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def rank_correlation(one: Floats, other: Floats) -> float:
    """Correlate ranks (Spearman); there should be hardly any ties."""
    ranks = np.array([np.argsort(np.argsort(values, kind="stable")) for values in (one, other)])
    return float(np.corrcoef(ranks)[0, 1])


def factor_objective(data: Arrays, answer: Arrays) -> float:
    """Compute what the factor model minimises, in double precision.

    Means are over the users and items that have ratings.
    """
    user, item = data["users"], data["items"]
    error = answer["user_intercepts"][user] + float(answer["mu"])
    error += answer["item_intercepts"][item]
    error += answer["user_factors"][user] * answer["item_factors"][item]
    error -= data["ratings"]
    users = np.bincount(user, minlength=len(answer["user_intercepts"])) > 0
    items = np.bincount(item, minlength=len(answer["item_intercepts"])) > 0

    def mean_square(name: str, rated: NDArray[np.bool_]) -> float:
        return float(np.mean(np.square(answer[name][rated])))

    intercepts = mean_square("user_intercepts", users) + mean_square("item_intercepts", items)
    factors = mean_square("user_factors", users) + mean_square("item_factors", items)
    loss = float(np.mean(np.square(error)))
    return loss + 0.15 * (intercepts + float(answer["mu"]) ** 2) + 0.03 * factors
