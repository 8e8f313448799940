"""The intercept-and-factor model of Community Notes, solved exactly.

The rating that user u gives to item n is predicted as mu + i_u + i_n + f_u f_n: what
everyone gives, what this user gives to everything, what everyone gives to this item,
and how well the leanings of the two match. The intercept of an item is therefore its
appreciation once leaning is taken out: agreement across groups, without groups.

Source of the model: Wojcik et al. (2022), "Birdwatch: Crowd wisdom and bridging
algorithms can inform understanding and reduce the spread of misinformation",
arXiv 2210.15723. Minimised is, with means over all ratings, users and items that have any::

    mean (r - mu - i_u - i_n - f_u f_n)^2
      + 0.15 (mean i_u^2 + mean i_n^2 + mu^2) + 0.03 (mean f_u^2 + mean f_n^2)

How: given the items, each user is a ridge system of two unknowns, and the other way
round. One sweep solves all users, then all items, then mu. Alone that would be slow in
the directions that leave each prediction as it is and merely move parts of it between
the terms; so each sweep ends with the least penalty along those (`factor_sweep`).
Successive sweeps are extrapolated (Anderson 1965, depth one), and an extrapolation that
raises the objective is taken back. The objective has local minima where ratings are
few; so several starts, all taken from the ratings, run for a while, and the lowest
goes on.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from spreekruimte.analysis.bridging.factor_sweep import (
    Floats,
    Indices,
    Ints,
    Ratings,
    RatingTable,
    arrange_ratings,
    solve_users,
    square,
    sweep,
)

PLAIN_SWEEPS = 20
PLAIN_TOLERANCE = 1e-6
# Starts per side, and the sweeps that each gets: fewest and most, and for how many
# ratings together.
STARTS, STARTS_WORK = (1, 32), 1_000_000
RACE_SWEEPS, RACE_WORK = (10, 50), 5_000_000
# Starts that run at the same time; each ends where it would alone.
RUNNERS = 2
# Typical length of the factors of items at a start; small ones would be pulled to zero.
START_LENGTH = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class FactorModel:
    """A fitted model; users and items without ratings have zeros.

    Attributes
    ----------
    mu
        Global intercept.
    user_intercepts, user_factors
        Shape (users,). Most users have a negative factor: that fixes the sign.
    item_intercepts, item_factors
        Shape (items,).
    objective
        Value of the objective at these parameters.
    sweeps
        Passes over the ratings, those of all starts included.
    converged
        Whether the last sweeps lowered the objective by less than the tolerance.
    """

    mu: float
    user_intercepts: Floats
    item_intercepts: Floats
    user_factors: Floats
    item_factors: Floats
    objective: float
    sweeps: int
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Descent:
    """Where a descent ended: `state` has a row (intercept, factor) per item, then (mu, 0)."""

    state: Floats
    objective: float
    sweeps: int
    converged: bool


def fit_factor_model(
    users: NDArray[np.integer],
    items: NDArray[np.integer],
    ratings: NDArray[np.floating],
    *,
    user_count: int,
    item_count: int,
    tolerance: float = 1e-12,
    max_sweeps: int = 1000,
) -> FactorModel:
    """Fit the model; the answer is the same, bit for bit, for any order of the ratings.

    Parameters
    ----------
    users, items
        Shape (ratings,): who rated what; from 0 below `user_count`, `item_count`.
        No pair occurs twice.
    ratings
        Shape (ratings,): 0 to 1, held in single precision.
    tolerance
        Stop when two sweeps in a row lower the objective by less than this part of it.
    max_sweeps
        Sweeps of the last descent, after the starts; at least 1.

    Raises
    ------
    ValueError
        Shapes that differ, indices or ratings out of range, or a pair rated twice.
    """
    _check(users, items, ratings, user_count, item_count)
    if not len(ratings):
        return _empty_model(user_count, item_count)
    table = arrange_ratings(
        np.ascontiguousarray(users, dtype=np.int32),
        np.ascontiguousarray(items, dtype=np.int32),
        np.ascontiguousarray(ratings, dtype=np.float32),
        user_count,
        item_count,
    )
    flat = np.zeros((item_count + 1, 2))
    flat[-1, 0] = float(np.add.reduce(table.ratings, dtype=np.float64)) / len(ratings)
    plain = _descend(table, flat, PLAIN_TOLERANCE, PLAIN_SWEEPS)
    enough = _afford(RACE_SWEEPS, RACE_WORK, len(ratings))
    with ThreadPoolExecutor(max_workers=RUNNERS) as pool:
        race = list(
            pool.map(
                lambda start: _descend(table, start, PLAIN_TOLERANCE, enough),
                _starts(table, plain.state),
            )
        )
    winner = min(race, key=lambda descent: descent.objective)
    last = _descend(table, winner.state, tolerance, max_sweeps)
    solved = solve_users(table, last.state)
    sign = _choose_sign(solved[:, 1])
    return FactorModel(
        mu=float(last.state[-1, 0]),
        user_intercepts=solved[:, 0].copy(),
        item_intercepts=last.state[:-1, 0].copy(),
        user_factors=sign * solved[:, 1],
        item_factors=sign * last.state[:-1, 1],
        objective=last.objective,
        sweeps=plain.sweeps + sum(descent.sweeps for descent in race) + last.sweeps,
        converged=last.converged,
    )


def _check(
    users: NDArray[np.integer],
    items: NDArray[np.integer],
    ratings: NDArray[np.floating],
    user_count: int,
    item_count: int,
) -> None:
    if not users.shape == items.shape == ratings.shape or users.ndim != 1:
        raise ValueError("users, items and ratings must be flat and equally long")
    for name, indices, count in (("users", users, user_count), ("items", items, item_count)):
        if len(indices) and not 0 <= indices.min() <= indices.max() < count:
            raise ValueError(f"{name} must lie from 0 below {count}")
    if len(ratings) and not (ratings.min() >= 0 and ratings.max() <= 1):
        raise ValueError("ratings must lie between 0 and 1")


def _empty_model(user_count: int, item_count: int) -> FactorModel:
    return FactorModel(
        mu=0.0,
        user_intercepts=np.zeros(user_count),
        item_intercepts=np.zeros(item_count),
        user_factors=np.zeros(user_count),
        item_factors=np.zeros(item_count),
        objective=0.0,
        sweeps=0,
        converged=True,
    )


def _descend(table: RatingTable, state: Floats, tolerance: float, max_sweeps: int) -> _Descent:
    """Sweep until the objective hardly falls; it never rises."""
    best, best_state = np.inf, state
    safe: Floats | None = None
    last: tuple[Floats, Floats] | None = None
    small_gains = 0
    for count in range(1, max_sweeps + 1):
        objective, image = sweep(table, state)
        if objective > best and safe is not None:
            state, safe, last = safe, None, None
            continue
        small_gains = small_gains + 1 if best - objective <= tolerance * objective else 0
        if objective <= best:
            best, best_state = objective, state
        if small_gains == 2:
            return _Descent(best_state, best, count, converged=True)
        step = image if last is None else _extrapolate(last, (state, image))
        safe, last, state = image, (state, image), step
    return _Descent(best_state, best, max_sweeps, converged=False)


def _extrapolate(last: tuple[Floats, Floats], now: tuple[Floats, Floats]) -> Floats:
    """Go to where the change made by a sweep would vanish, were it linear in the state."""
    change = now[1] - now[0]
    bend = change - (last[1] - last[0])
    size = float(np.add.reduce(bend * bend, axis=None))
    if size == 0.0:
        return now[1]
    weight = float(np.add.reduce(bend * change, axis=None)) / size
    return now[1] - weight * (now[1] - last[1])


def _afford(limits: tuple[int, int], work: int, rating_count: int) -> int:
    """Say how often the ratings can be gone through, within limits."""
    return min(limits[1], max(limits[0], work // rating_count))


def _starts(table: RatingTable, plain: Floats) -> list[Floats]:
    """Propose states to start from, given the best one without factors.

    Chosen are the items and the users whose ratings the intercepts explain least. For a
    chosen item, the factor of each item starts as the sum over users of the residuals
    of both multiplied: what goes along with it. For a chosen user, it starts as that
    user's residuals. Either is a step of the iteration towards the leading direction
    of all residuals.
    """
    wanted = _afford(STARTS, STARTS_WORK, len(table.ratings))
    users = solve_users(table, plain)
    residuals = _take_residuals(table.indptr, table.items, table.ratings, users, plain)
    item_loss, user_loss = _sum_squares(table.indptr, table.items, residuals, len(plain) - 1)
    chosen = np.argsort(-item_loss, kind="stable")[:wanted]
    directions = [*_follow(table.indptr, table.items, residuals, len(plain) - 1, chosen)]
    for user in np.argsort(-user_loss, kind="stable")[:wanted]:
        own = slice(table.indptr[user], table.indptr[user + 1])
        direction = np.zeros(len(plain) - 1)
        direction[table.items[own]] = residuals[own]
        directions.append(direction)
    return [_start_along(direction, plain, table.item_counts) for direction in directions]


def _start_along(direction: Floats, plain: Floats, item_counts: Ints) -> Floats:
    length = np.sqrt(square(direction) / np.count_nonzero(item_counts))
    start = plain.copy()
    if length > 0.0:
        start[:-1, 1] = direction * (START_LENGTH / length)
    return start


def _choose_sign(factors: Floats) -> float:
    """Make most factors negative; among as many, their sum."""
    surplus = np.count_nonzero(factors > 0) - np.count_nonzero(factors < 0)
    return -1.0 if (surplus, float(np.add.reduce(factors))) > (0, 0.0) else 1.0


@njit(cache=True, nogil=True)
def _take_residuals(
    indptr: Ints, items: Indices, ratings: Ratings, users: Floats, state: Floats
) -> Ratings:
    """Subtract the intercepts: shape (ratings,)."""
    residuals = np.empty_like(ratings)
    for u in range(len(users)):
        for k in range(indptr[u], indptr[u + 1]):
            residuals[k] = ratings[k] - state[-1, 0] - users[u, 0] - state[items[k], 0]
    return residuals


@njit(cache=True, nogil=True)
def _sum_squares(
    indptr: Ints, items: Indices, residuals: Ratings, item_count: int
) -> tuple[Floats, Floats]:
    """Sum the squared residuals per item and per user."""
    of_items = np.zeros(item_count)
    of_users = np.zeros(len(indptr) - 1)
    for u in range(len(of_users)):
        for k in range(indptr[u], indptr[u + 1]):
            loss = np.float64(residuals[k]) ** 2
            of_items[items[k]] += loss
            of_users[u] += loss
    return of_items, of_users


@njit(cache=True, nogil=True)
def _follow(
    indptr: Ints, items: Indices, residuals: Ratings, item_count: int, chosen: Ints
) -> Floats:
    """Sum, over the users of each chosen item, its residual times that of every item.

    Shape (chosen, items).
    """
    place = np.full(item_count, -1)
    for c in range(len(chosen)):
        place[chosen[c]] = c
    directions = np.zeros((len(chosen), item_count))
    for u in range(len(indptr) - 1):
        for k in range(indptr[u], indptr[u + 1]):
            c = place[items[k]]
            if c < 0:
                continue
            for other in range(indptr[u], indptr[u + 1]):
                directions[c, items[other]] += np.float64(residuals[k]) * residuals[other]
    return directions
