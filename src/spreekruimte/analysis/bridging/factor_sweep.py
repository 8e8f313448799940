"""One sweep of the intercept-and-factor model: all users, all items, mu, then the balance.

A *state* is what a sweep goes from and to: an array of shape (items + 1, 2) with a row
(intercept, factor) per item and (mu, 0) in the last row. The users are no part of it,
since for given items each user's best pair follows exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ratings = NDArray[np.float32]
Indices = NDArray[np.int32]
Ints = NDArray[np.int64]

INTERCEPT_PENALTY = 0.15
FACTOR_PENALTY = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class RatingTable:
    """Ratings sorted by user, then by item, and how heavily each side is penalised.

    A penalty is a mean over users or items, while a user's system sums over ratings:
    per row it weighs `penalty` x ratings / rows.
    """

    indptr: Ints
    items: Indices
    ratings: Ratings
    user_counts: Ints
    item_counts: Ints
    user_ridge: tuple[float, float]
    item_ridge: tuple[float, float]


def arrange_ratings(
    users: Indices, items: Indices, ratings: Ratings, user_count: int, item_count: int
) -> RatingTable:
    """Bring the ratings into their canonical order, in time linear in their number.

    Raises
    ------
    ValueError
        A user rated an item twice.
    """
    if not _is_sorted(users, items):
        # A stable counting sort by item, then by user, orders by (user, item).
        items, users, ratings = _sort_by(items, item_count, users, ratings)
        users, items, ratings = _sort_by(users, user_count, items, ratings)
        if not _is_sorted(users, items):
            raise ValueError("a user rated an item twice")
    user_counts = np.bincount(users, minlength=user_count)
    item_counts = np.bincount(items, minlength=item_count)
    per_user = len(ratings) / np.count_nonzero(user_counts)
    per_item = len(ratings) / np.count_nonzero(item_counts)
    return RatingTable(
        indptr=np.concatenate([[0], np.cumsum(user_counts)]),
        items=items,
        ratings=ratings,
        user_counts=user_counts,
        item_counts=item_counts,
        user_ridge=(INTERCEPT_PENALTY * per_user, FACTOR_PENALTY * per_user),
        item_ridge=(INTERCEPT_PENALTY * per_item, FACTOR_PENALTY * per_item),
    )


def sweep(table: RatingTable, state: Floats) -> tuple[float, Floats]:
    """Give the objective at `state` with the best users for it, and the state after it."""
    users, sums, loss = _solve_users(
        table.indptr, table.items, table.ratings, state, table.user_ridge
    )
    count = len(table.ratings)
    intercepts, factors = square(state[:-1, 0]), square(state[:-1, 1])
    loss += table.item_ridge[0] * intercepts + table.item_ridge[1] * factors
    objective = loss / count + INTERCEPT_PENALTY * state[-1, 0] ** 2
    image = _solve_items(sums, table.item_counts, state[-1, 0], table.item_ridge, count)
    _balance(users, image, table.user_counts, table.item_counts)
    return float(objective), image


def solve_users(table: RatingTable, state: Floats) -> Floats:
    """Give each user's best intercept and factor for the items of `state`: shape (users, 2)."""
    users, _, _ = _solve_users(table.indptr, table.items, table.ratings, state, table.user_ridge)
    return users


def square(values: Floats) -> float:
    """Sum the squares."""
    return float(np.add.reduce(values * values))


@njit(cache=True, nogil=True)
def _is_sorted(users: Indices, items: Indices) -> bool:
    """Tell whether the pairs strictly rise."""
    for k in range(1, len(users)):
        if users[k] < users[k - 1] or (users[k] == users[k - 1] and items[k] <= items[k - 1]):
            return False
    return True


@njit(cache=True, nogil=True)
def _sort_by(
    keys: Indices, key_count: int, others: Indices, ratings: Ratings
) -> tuple[Indices, Indices, Ratings]:
    """Sort by `keys`, keeping the order of what has the same key."""
    place = np.zeros(key_count + 1, np.int64)
    for key in keys:
        place[key + 1] += 1
    for key in range(key_count):
        place[key + 1] += place[key]
    sorted_keys = np.empty_like(keys)
    sorted_others = np.empty_like(others)
    sorted_ratings = np.empty_like(ratings)
    for k in range(len(keys)):
        to = place[keys[k]]
        place[keys[k]] += 1
        sorted_keys[to] = keys[k]
        sorted_others[to] = others[k]
        sorted_ratings[to] = ratings[k]
    return sorted_keys, sorted_others, sorted_ratings


@njit(cache=True, nogil=True)
def _solve_pair(
    count: int, f1: float, f2: float, e0: float, e1: float, ridge: tuple[float, float]
) -> tuple[float, float]:
    """Solve [count + ridge, f1; f1, f2 + ridge] [intercept; factor] = [e0; e1]."""
    a, d = count + ridge[0], f2 + ridge[1]
    determinant = a * d - f1 * f1
    return (d * e0 - f1 * e1) / determinant, (a * e1 - f1 * e0) / determinant


@njit(cache=True, nogil=True)
def _solve_users(
    indptr: Ints, items: Indices, ratings: Ratings, state: Floats, ridge: tuple[float, float]
) -> tuple[Floats, Floats, float]:
    """Solve all users for the given items, and gather what the items need.

    Returns
    -------
    users
        Shape (users, 2): intercept and factor.
    sums
        Shape (items, 4): over the users of each item, sums of f, of f^2, of the
        residual without the item, and of that residual times f.
    loss
        Squared errors plus the penalty of the users.
    """
    users = np.zeros((len(indptr) - 1, 2))
    sums = np.zeros((len(state) - 1, 4))
    mu = state[-1, 0]
    loss = 0.0
    for u in range(len(users)):
        first, end = indptr[u], indptr[u + 1]
        f1, f2, e0, e1, e2 = 0.0, 0.0, 0.0, 0.0, 0.0
        for k in range(first, end):
            n = items[k]
            factor = state[n, 1]
            error = ratings[k] - mu - state[n, 0]
            f1 += factor
            f2 += factor * factor
            e0 += error
            e1 += error * factor
            e2 += error * error
        intercept, factor = _solve_pair(end - first, f1, f2, e0, e1, ridge)
        users[u, 0], users[u, 1] = intercept, factor
        loss += e2 - intercept * e0 - factor * e1
        squared = factor * factor
        for k in range(first, end):
            n = items[k]
            error = ratings[k] - mu - intercept
            sums[n, 0] += factor
            sums[n, 1] += squared
            sums[n, 2] += error
            sums[n, 3] += error * factor
    return users, sums, loss


@njit(cache=True, nogil=True)
def _solve_items(
    sums: Floats, counts: Ints, mu: float, ridge: tuple[float, float], rating_count: int
) -> Floats:
    """Solve all items from their sums, then mu; in the shape of a state."""
    state = np.zeros((len(sums) + 1, 2))
    left = 0.0
    for n in range(len(sums)):
        f1, f2, e0, e1 = sums[n, 0], sums[n, 1], sums[n, 2], sums[n, 3]
        intercept, factor = _solve_pair(counts[n], f1, f2, e0, e1, ridge)
        state[n, 0], state[n, 1] = intercept, factor
        left += e0 - counts[n] * (intercept - mu) - factor * f1
    state[-1, 0] = left / (rating_count * (1.0 + INTERCEPT_PENALTY))
    return state


@njit(cache=True, nogil=True)
def _balance(users: Floats, state: Floats, user_counts: Ints, item_counts: Ints) -> None:
    """Minimise the penalty over all changes that leave every prediction as it is.

    Intercepts may move between users, items and mu; a constant may move from the
    factors of one side into the intercepts of the other; and the factors of one side
    may grow as those of the other shrink. In place.
    """
    items = state[:-1]
    user_size, item_size = int(np.count_nonzero(user_counts)), int(np.count_nonzero(item_counts))
    for _ in range(2):
        _tilt(users, items, item_counts, user_size, item_size)
        _tilt(items, users, user_counts, item_size, user_size)
        _level(users, state, user_counts, item_counts, user_size, item_size)
    user_square, item_square = 0.0, 0.0
    for u in range(len(users)):
        user_square += users[u, 1] * users[u, 1]
    for n in range(len(items)):
        item_square += items[n, 1] * items[n, 1]
    if user_square > 0.0 and item_square > 0.0:
        ratio = (user_square / user_size) / (item_square / item_size)
        items[:, 1] *= ratio**0.25
        users[:, 1] *= ratio**-0.25


@njit(cache=True, nogil=True)
def _tilt(one: Floats, other: Floats, other_counts: Ints, one_size: int, other_size: int) -> None:
    """Add a constant to the factors of `other`, taking its effect from `one`'s intercepts."""
    cross, square, total = 0.0, 0.0, 0.0
    for n in range(len(one)):
        cross += one[n, 0] * one[n, 1]
        square += one[n, 1] * one[n, 1]
    for n in range(len(other)):
        total += other[n, 1]
    constant = (INTERCEPT_PENALTY * cross / one_size - FACTOR_PENALTY * total / other_size) / (
        INTERCEPT_PENALTY * square / one_size + FACTOR_PENALTY
    )
    for n in range(len(one)):
        one[n, 0] -= constant * one[n, 1]
    for n in range(len(other)):
        if other_counts[n]:
            other[n, 1] += constant


@njit(cache=True, nogil=True)
def _level(
    users: Floats,
    state: Floats,
    user_counts: Ints,
    item_counts: Ints,
    user_size: int,
    item_size: int,
) -> None:
    """Make the mean intercepts of users and of items, and mu, equal; their sum stays."""
    items = state[:-1]
    user_mean, item_mean = 0.0, 0.0
    for u in range(len(users)):
        user_mean += users[u, 0]
    for n in range(len(items)):
        item_mean += items[n, 0]
    user_mean /= user_size
    item_mean /= item_size
    third = (user_mean + item_mean + state[-1, 0]) / 3.0
    for u in range(len(users)):
        if user_counts[u]:
            users[u, 0] += third - user_mean
    for n in range(len(items)):
        if item_counts[n]:
            items[n, 0] += third - item_mean
    state[-1, 0] = third
