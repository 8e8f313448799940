from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from spreekruimte.analysis.bridging import factor_model
from spreekruimte.analysis.bridging.factor_model import FactorModel, fit_factor_model

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What Community Notes' own code reached on these ratings from its seed 1, recomputed in
# double precision by benchmarks/factor_model.py.
COMMUNITY_NOTES_ON_VTAIWAN = 0.13258886


@dataclass(frozen=True)
class Ratings:
    users: Ints
    items: Ints
    ratings: Floats
    user_count: int
    item_count: int

    def fit(self, *, max_sweeps: int = 1000) -> FactorModel:
        return fit_factor_model(
            self.users,
            self.items,
            self.ratings,
            user_count=self.user_count,
            item_count=self.item_count,
            max_sweeps=max_sweeps,
        )

    def reorder(self, order: Ints) -> Ratings:
        return Ratings(
            self.users[order],
            self.items[order],
            self.ratings[order],
            self.user_count,
            self.item_count,
        )


def draw_ratings(
    seed: int, users: int = 40, items: int = 15, density: float = 0.6, noise: float = 0.2
) -> Ratings:
    rng = np.random.default_rng(seed)
    user, item = np.nonzero(rng.random((users, items)) < density)
    exact = 0.5 + rng.normal(0, 0.15, items)[item] + rng.normal(0, 0.1, users)[user]
    exact += rng.normal(0, 0.5, users)[user] * rng.normal(0, 0.6, items)[item]
    exact += rng.normal(0, noise, len(user))
    user, item = (np.unique(side, return_inverse=True)[1] for side in (user, item))
    ratings = np.rint(2 * exact).clip(0, 2) / 2
    return Ratings(user, item, ratings, int(user.max()) + 1, int(item.max()) + 1)


def split(parameters: Floats, data: Ratings) -> tuple[float, Floats, Floats, Floats, Floats]:
    users, items = data.user_count, data.item_count
    mu, i_u, f_u, i_n, f_n = np.split(parameters, np.cumsum([1, users, users, items]))
    return float(mu[0]), i_u, f_u, i_n, f_n


def join(model: FactorModel) -> Floats:
    return np.concatenate(
        [
            [model.mu],
            model.user_intercepts,
            model.user_factors,
            model.item_intercepts,
            model.item_factors,
        ]
    )


def measure(parameters: Floats, data: Ratings) -> tuple[float, Floats]:
    """The objective and its gradient, written out; every user and item must have a rating."""
    mu, i_u, f_u, i_n, f_n = split(parameters, data)
    user, item = data.users, data.items
    error = mu + i_u[user] + i_n[item] + f_u[user] * f_n[item] - data.ratings
    objective = np.mean(error**2)
    objective += 0.15 * (np.mean(i_u**2) + np.mean(i_n**2) + mu**2)
    objective += 0.03 * (np.mean(f_u**2) + np.mean(f_n**2))
    slope = 2 * error / len(error)
    users, items = data.user_count, data.item_count
    gradient = np.concatenate(
        [
            [slope.sum() + 0.3 * mu],
            np.bincount(user, slope, users) + 0.3 * i_u / users,
            np.bincount(user, slope * f_n[item], users) + 0.06 * f_u / users,
            np.bincount(item, slope, items) + 0.3 * i_n / items,
            np.bincount(item, slope * f_u[user], items) + 0.06 * f_n / items,
        ]
    )
    return float(objective), gradient


def minimise_densely(data: Ratings, starts: int, tolerance: float = 1e-13) -> tuple[float, Floats]:
    rng = np.random.default_rng(99)
    size = 1 + 2 * (data.user_count + data.item_count)
    results = [
        minimize(
            measure,
            rng.normal(0, 0.4, size),
            args=(data,),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": 20_000, "maxfun": 40_000, "ftol": tolerance, "gtol": 1e-9},
        )
        for _ in range(starts)
    ]
    best = min(results, key=lambda result: float(result.fun))
    return float(best.fun), np.asarray(best.x)


@pytest.mark.parametrize("seed", range(4))
def test_the_gradient_vanishes_at_the_end(seed: int) -> None:
    data = draw_ratings(seed)
    _, gradient = measure(join(data.fit()), data)
    assert np.abs(gradient).max() < 1e-7


@pytest.mark.parametrize("seed", range(4))
def test_the_objective_is_that_of_the_parameters(seed: int) -> None:
    data = draw_ratings(seed)
    model = data.fit()
    assert model.objective == pytest.approx(measure(join(model), data)[0], rel=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_what_a_dense_minimisation_finds(seed: int) -> None:
    data = draw_ratings(seed, users=14, items=9, density=0.8)
    objective, parameters = minimise_densely(data, starts=8)
    model = data.fit()
    assert model.objective == pytest.approx(objective, rel=1e-9)
    mu, i_u, f_u, i_n, f_n = split(parameters, data)
    assert model.mu == pytest.approx(mu, abs=1e-4)
    np.testing.assert_allclose(model.user_intercepts, i_u, atol=1e-4)
    np.testing.assert_allclose(model.item_intercepts, i_n, atol=1e-4)
    np.testing.assert_allclose(
        np.outer(model.user_factors, model.item_factors), np.outer(f_u, f_n), atol=1e-4
    )


@pytest.mark.parametrize("seed", range(5))
def test_where_few_ratings_leave_many_minima_no_random_start_ends_lower(seed: int) -> None:
    data = draw_ratings(seed, users=60, items=20, density=0.2, noise=0.5)
    lowest, _ = minimise_densely(data, starts=4, tolerance=1e-8)
    assert data.fit().objective <= lowest


@pytest.mark.parametrize("noise", [0.2, 2.0])
def test_the_objective_never_rises_over_sweeps(
    noise: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factor_model, "RACE_SWEEPS", (1, 1))
    data = draw_ratings(5, users=200, items=30, density=0.3, noise=noise)
    objectives = [data.fit(max_sweeps=sweeps).objective for sweeps in range(1, 40)]
    assert objectives[0] > objectives[-1]
    assert np.diff(objectives).max() <= 0.0


def test_it_says_when_it_ran_out_of_sweeps() -> None:
    data = draw_ratings(1)
    assert not data.fit(max_sweeps=1).converged
    assert data.fit().converged


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 50), order=st.permutations(range(40)))
def test_the_order_of_ratings_does_not_change_one_bit(seed: int, order: list[int]) -> None:
    data = draw_ratings(seed, users=12, items=6, density=0.9)
    data = data.reorder(np.arange(40))
    one, other = data.fit(), data.reorder(np.array(order)).fit()
    for field in fields(FactorModel):
        left, right = np.asarray(getattr(one, field.name)), np.asarray(getattr(other, field.name))
        assert left.tobytes() == right.tobytes()


def test_other_labels_permute_the_answer() -> None:
    data = draw_ratings(3)
    rng = np.random.default_rng(8)
    users, items = rng.permutation(data.user_count), rng.permutation(data.item_count)
    renamed = Ratings(users[data.users], items[data.items], data.ratings, len(users), len(items))
    model, other = data.fit(), renamed.fit()
    assert other.objective == pytest.approx(model.objective, rel=1e-11)
    np.testing.assert_allclose(other.user_intercepts[users], model.user_intercepts, atol=1e-5)
    np.testing.assert_allclose(other.user_factors[users], model.user_factors, atol=1e-5)
    np.testing.assert_allclose(other.item_intercepts[items], model.item_intercepts, atol=1e-5)
    np.testing.assert_allclose(other.item_factors[items], model.item_factors, atol=1e-5)


def test_leanings_and_appreciation_of_known_truth_are_found() -> None:
    rng = np.random.default_rng(4)
    leanings, stances = rng.choice([-0.6, 0.6], 300), rng.uniform(-0.5, 0.5, 60)
    appreciation = rng.uniform(-0.15, 0.15, 60)
    user, item = np.nonzero(rng.random((300, 60)) < 0.5)
    exact = 0.5 + appreciation[item] + leanings[user] * stances[item]
    model = Ratings(user, item, exact, 300, 60).fit()
    assert abs(np.corrcoef(model.user_factors, leanings)[0, 1]) > 0.999
    assert abs(np.corrcoef(model.item_factors, stances)[0, 1]) > 0.999
    assert np.corrcoef(model.item_intercepts, appreciation)[0, 1] > 0.999


def test_equal_ratings_have_the_answer_that_one_can_work_out() -> None:
    # The intercepts share q alike, at a penalty of 3 x 0.15 (q / 3)^2; the factors give s,
    # at 2 x 0.03 s. Least for ratings of 1: 1 - q - s = 0.03 and 0.1 q = 0.06.
    model = Ratings(np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6), np.ones(24), 6, 4).fit()
    assert model.mu == pytest.approx(0.2, abs=1e-6)
    np.testing.assert_allclose(model.user_intercepts, 0.2, atol=1e-6)
    np.testing.assert_allclose(model.item_intercepts, 0.2, atol=1e-6)
    np.testing.assert_allclose(model.user_factors, -np.sqrt(0.37), atol=1e-6)
    np.testing.assert_allclose(model.item_factors, -np.sqrt(0.37), atol=1e-6)


def test_ratings_of_zero_leave_nothing() -> None:
    model = Ratings(np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6), np.zeros(24), 6, 4).fit()
    assert not join(model).any()
    assert model.converged


def test_one_rating_is_enough_for_an_answer() -> None:
    model = Ratings(np.array([0]), np.array([0]), np.array([1.0]), 1, 1).fit()
    assert model.mu == pytest.approx(0.2, abs=1e-6)
    assert model.user_factors[0] * model.item_factors[0] == pytest.approx(0.37, abs=1e-6)
    assert model.converged


def test_who_and_what_has_no_rating_gets_zero_and_changes_nothing() -> None:
    data = draw_ratings(2)
    more = Ratings(data.users, data.items, data.ratings, data.user_count + 3, data.item_count + 2)
    model, padded = data.fit(), more.fit()
    assert padded.objective == pytest.approx(model.objective, rel=1e-12)
    np.testing.assert_allclose(padded.item_intercepts[:-2], model.item_intercepts, atol=1e-6)
    np.testing.assert_allclose(padded.user_intercepts[:-3], model.user_intercepts, atol=1e-6)
    for left_out in (padded.user_intercepts[-3:], padded.user_factors[-3:]):
        assert not left_out.any()
    for left_out in (padded.item_intercepts[-2:], padded.item_factors[-2:]):
        assert not left_out.any()


def test_without_ratings_all_is_zero() -> None:
    nothing = np.empty(0, dtype=np.int64)
    model = Ratings(nothing, nothing, np.empty(0), 3, 2).fit()
    assert join(model).tolist() == [0.0] * 11
    assert (model.objective, model.sweeps, model.converged) == (0.0, 0, True)


@pytest.mark.parametrize("seed", range(4))
def test_most_users_have_a_negative_factor(seed: int) -> None:
    factors = draw_ratings(seed).fit().user_factors
    assert np.count_nonzero(factors < 0) >= np.count_nonzero(factors > 0)


def test_among_as_many_users_on_both_sides_the_sum_is_negative() -> None:
    # Two users, opposed, of whom the second rates less firmly.
    ratings = np.array([1.0, 0.0, 1.0, 0.0, 0.4, 0.6, 0.4, 0.6])
    model = Ratings(np.repeat([0, 1], 4), np.tile(np.arange(4), 2), ratings, 2, 4).fit()
    assert np.sign(model.user_factors).tolist() == [-1.0, 1.0]
    assert model.user_factors.sum() < 0


@pytest.mark.parametrize(
    ("users", "items", "ratings", "complaint"),
    [
        ([0, 1], [0], [1.0], "equally long"),
        ([[0]], [[0]], [[1.0]], "equally long"),
        ([2], [0], [1.0], "users must lie from 0 below 2"),
        ([-1], [0], [1.0], "users must lie from 0 below 2"),
        ([0], [3], [1.0], "items must lie from 0 below 3"),
        ([0], [0], [1.5], "between 0 and 1"),
        ([0], [0], [-0.5], "between 0 and 1"),
        ([0], [0], [float("nan")], "between 0 and 1"),
        ([0, 0], [1, 1], [1.0, 0.0], "twice"),
        ([0, 1, 0], [1, 1, 1], [1.0, 0.0, 1.0], "twice"),
    ],
)
def test_what_is_no_rating_is_refused(
    users: list[int], items: list[int], ratings: list[float], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        fit_factor_model(
            np.array(users), np.array(items), np.array(ratings), user_count=2, item_count=3
        )


def read_vtaiwan(folder: Path) -> Ratings:
    """Votes as ratings, of users with at least 10 on items with at least 5, as Community Notes."""
    votes: dict[tuple[int, int], int] = {}
    with (folder / "polis" / "vtaiwan.uberx" / "votes.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            votes[int(line["voter-id"]), int(line["comment-id"])] = int(line["vote"])
    pairs = np.array(list(votes))
    ratings = (np.array(list(votes.values())) + 1) / 2
    enough = (np.bincount(pairs[:, 0])[pairs[:, 0]] >= 10) & (
        np.bincount(pairs[:, 1])[pairs[:, 1]] >= 5
    )
    users = np.unique(pairs[enough, 0], return_inverse=True)[1]
    items = np.unique(pairs[enough, 1], return_inverse=True)[1]
    return Ratings(users, items, ratings[enough], int(users.max()) + 1, int(items.max()) + 1)


def test_on_vtaiwan_the_objective_is_not_above_that_of_community_notes(shared_data: Path) -> None:
    data = read_vtaiwan(shared_data)
    model = data.fit()
    assert model.objective == pytest.approx(measure(join(model), data)[0], rel=1e-12)
    assert model.objective <= COMMUNITY_NOTES_ON_VTAIWAN
