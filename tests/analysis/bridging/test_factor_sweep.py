from __future__ import annotations

import numpy as np
import pytest

from spreekruimte.analysis.bridging.factor_sweep import (
    Floats,
    RatingTable,
    arrange_ratings,
    solve_users,
    sweep,
)

USERS = np.array([0, 0, 0, 1, 1, 2, 2, 2, 4, 4], dtype=np.int32)
ITEMS = np.array([0, 1, 3, 1, 2, 0, 2, 3, 1, 3], dtype=np.int32)
RATINGS = np.array([1, 0.5, 0, 1, 0, 0.5, 1, 1, 0, 0.5], dtype=np.float32)
USER_COUNT, ITEM_COUNT = 5, 5


def arrange(order: list[int] | None = None) -> RatingTable:
    chosen = list(range(len(RATINGS))) if order is None else order
    return arrange_ratings(USERS[chosen], ITEMS[chosen], RATINGS[chosen], USER_COUNT, ITEM_COUNT)


def draw_state(seed: int) -> Floats:
    state = np.random.default_rng(seed).normal(0, 0.5, (ITEM_COUNT + 1, 2))
    state[4] = 0.0  # nobody rated it
    state[-1, 1] = 0.0
    return state


def measure(state: Floats, users: Floats) -> float:
    """The objective written out, for four users and four items with ratings."""
    predicted = state[-1, 0] + users[USERS, 0] + state[ITEMS, 0]
    predicted += users[USERS, 1] * state[ITEMS, 1]
    intercepts = np.square(users[:, 0]).sum() / 4 + np.square(state[:-1, 0]).sum() / 4
    factors = np.square(users[:, 1]).sum() / 4 + np.square(state[:-1, 1]).sum() / 4
    loss = np.square(predicted - RATINGS).mean()
    return float(loss + 0.15 * (intercepts + state[-1, 0] ** 2) + 0.03 * factors)


def test_ratings_are_arranged_by_user_and_item_whatever_their_order() -> None:
    table = arrange([9, 3, 0, 7, 1, 5, 8, 2, 6, 4])
    assert table.indptr.tolist() == [0, 3, 5, 8, 8, 10]
    assert table.items.tolist() == ITEMS.tolist()
    assert table.ratings.tolist() == RATINGS.tolist()
    assert table.user_counts.tolist() == [3, 2, 3, 0, 2]
    assert table.item_counts.tolist() == [2, 3, 2, 3, 0]


def test_ratings_in_order_are_not_copied() -> None:
    assert arrange_ratings(USERS, ITEMS, RATINGS, 5, 5).ratings is RATINGS


def test_a_pair_rated_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        arrange([0, 1, 2, 0])


@pytest.mark.parametrize("seed", range(3))
def test_users_are_the_best_ones_for_the_items(seed: int) -> None:
    state = draw_state(seed)
    users = solve_users(arrange(), state)
    best = measure(state, users)
    for user in (0, 1, 2, 4):
        for column in (0, 1):
            for change in (-1e-3, 1e-3):
                other = users.copy()
                other[user, column] += change
                assert measure(state, other) > best
    assert not users[3].any()


@pytest.mark.parametrize("seed", range(3))
def test_a_sweep_reports_the_objective_and_goes_to_a_lower_one(seed: int) -> None:
    table, state = arrange(), draw_state(seed)
    objectives = []
    for _ in range(30):
        objective, image = sweep(table, state)
        assert objective == pytest.approx(measure(state, solve_users(table, state)), rel=1e-12)
        objectives.append(objective)
        state = image
    assert np.diff(objectives).max() <= 1e-15
    assert objectives[0] > objectives[-1]


def test_after_a_sweep_intercepts_are_level_and_factors_of_equal_length() -> None:
    table, state = arrange(), draw_state(7)
    _, image = sweep(table, state)
    assert image[:4, 0].mean() == pytest.approx(image[-1, 0], abs=1e-12)
    for _ in range(200):
        _, state = sweep(table, state)
    users = solve_users(table, state)
    assert np.square(users[:, 1]).sum() == pytest.approx(np.square(state[:-1, 1]).sum(), rel=1e-6)
    assert users[[0, 1, 2, 4], 0].mean() == pytest.approx(state[-1, 0], abs=1e-6)


def test_an_item_without_ratings_stays_at_zero() -> None:
    _, image = sweep(arrange(), draw_state(1))
    assert not image[4].any()


def test_without_factors_a_sweep_leaves_them_at_zero() -> None:
    state = draw_state(2)
    state[:, 1] = 0.0
    _, image = sweep(arrange(), state)
    assert not image[:, 1].any()
