from __future__ import annotations

import numpy as np
import pytest
from benchmarks.scoring import adjusted_rand, factor_objective, rank_correlation


def test_the_rand_index_of_equal_partitions_is_one_whatever_their_names() -> None:
    assert adjusted_rand(np.array([0, 0, 1, 1, 2]), np.array([2, 2, -1, -1, 0])) == 1.0
    assert adjusted_rand(np.array([0, 0, 0]), np.array([5, 5, 5])) == 1.0


def test_the_rand_index_of_partitions_worked_out_by_hand() -> None:
    # Of 6 pairs, 1 is together in both; 2 and 3 are together in either; by chance 1 is.
    truth, found = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])
    assert adjusted_rand(truth, found) == pytest.approx((1 - 1) / (2.5 - 1))
    # Together in both 1, in either 2 and 1; by chance 1/3.
    assert adjusted_rand(truth, np.array([0, 0, 1, 2])) == pytest.approx(
        (1 - 1 / 3) / (1.5 - 1 / 3)
    )


def test_unrelated_partitions_have_a_rand_index_about_zero() -> None:
    rng = np.random.default_rng(1)
    assert abs(adjusted_rand(rng.integers(0, 3, 5_000), rng.integers(0, 4, 5_000))) < 0.01


def test_ranks_correlate_by_order_alone() -> None:
    values = np.array([0.1, 5.0, 0.3, 2.0])
    assert rank_correlation(values, np.exp(values)) == pytest.approx(1.0)
    assert rank_correlation(values, -values) == pytest.approx(-1.0)


def test_the_objective_worked_out_by_hand() -> None:
    data = {"users": np.array([0, 0]), "items": np.array([0, 2]), "ratings": np.array([1.0, 0.5])}
    answer = {
        "mu": np.array(0.2),
        "user_intercepts": np.array([0.1, 9.0]),
        "user_factors": np.array([0.5, 9.0]),
        "item_intercepts": np.array([0.3, 9.0, 0.1]),
        "item_factors": np.array([0.4, 9.0, 0.2]),
    }
    # Predicted are 0.8 and 0.5; the second user and the second item have no rating.
    expected = 0.04 / 2 + 0.15 * (0.01 + 0.1 / 2 + 0.04) + 0.03 * (0.25 + 0.2 / 2)
    assert factor_objective(data, answer) == pytest.approx(expected)
