from functools import cache
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import (
    OUTCOMES,
    Rules,
    bound_influence,
    count_cost_to_flip,
    count_cost_to_flip_bounded,
    decide_outcomes,
    make_thresholds,
)

Ints = NDArray[np.int64]
Pools = list[tuple[int, int]]
"""(agree, disagree) of each group and, last, of the participants without a group."""

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8)
BANDS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.49)


def split(points: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Turn points of shape (points, 2 * pools) into agrees and disagrees, whole and groups."""
    pools = points.reshape(len(points), -1, 2)
    whole, groups = pools.sum(axis=1), pools[:, :-1]
    return whole[:, 0], whole[:, 1], groups[:, :, 0].T, groups[:, :, 1].T


def decide_points(points: Ints, rules: Rules) -> NDArray[np.int8]:
    return decide_outcomes(*split(points), rules)


def count_points(points: Ints, rules: Rules) -> Ints:
    return count_cost_to_flip(*split(points), rules)


@cache
def sphere(dimensions: int, radius: int) -> Ints:
    """All steps that add or remove exactly so many accounts."""
    if dimensions == 1:
        return np.array([[radius], [-radius]] if radius else [[0]])
    parts = []
    for first in range(-radius, radius + 1):
        rest = sphere(dimensions - 1, radius - abs(first))
        parts.append(np.column_stack([np.full(len(rest), first), rest]))
    return np.concatenate(parts)


def search_by_hand(pools: Pools, rules: Rules, farthest: int) -> int:
    """Try all ways to add or remove 1, 2, 3, ... accounts until the outcome changes."""
    start = np.array(pools, dtype=np.int64).reshape(1, -1)
    outcome = decide_points(start, rules)[0]
    for radius in range(1, farthest + 1):
        points = start + sphere(start.shape[1], radius)
        points = points[(points >= 0).all(axis=1)]
        if (decide_points(points, rules) != outcome).any():
            return radius
    return farthest + 1


def check_against_search(pools: Pools, rules: Rules) -> tuple[str, int]:
    """Compare with the search, as far as that takes no more than a moment."""
    point = np.array(pools, dtype=np.int64).reshape(1, -1)
    outcome, cost = OUTCOMES[decide_points(point, rules)[0]], int(count_points(point, rules)[0])
    farthest = {1: 40, 2: 18, 3: 9, 4: 6}[len(pools)]
    found = search_by_hand(pools, rules, min(farthest, cost))
    assert found == min(cost, farthest + 1)
    return outcome, cost


def draw_rules(rng: np.random.Generator) -> Rules:
    return Rules(
        anytime_level=float(rng.choice(LEVELS)),
        near_half=float(rng.choice(BANDS)),
        min_opinions=int(rng.integers(1, 12)),
        min_group_opinions=int(rng.integers(1, 8)),
    )


def draw_pools(rng: np.random.Generator, groups: int) -> Pools:
    most = (40, 14, 9, 6)[groups]
    counts = rng.integers(0, most + 1, (groups + 1, 2))
    if rng.random() < 0.5:  # hardly anybody without a group
        counts[-1] = rng.integers(0, 2, 2)
    if groups > 1 and rng.random() < 0.7:  # two groups against each other
        counts[0, 0] += rng.integers(0, most)
        counts[1, 1] += rng.integers(0, most)
    return [(int(agree), int(disagree)) for agree, disagree in counts]


@pytest.mark.parametrize("groups", [0, 1, 2, 3])
def test_the_cost_is_what_a_search_of_all_ways_finds(groups: int) -> None:
    rng = np.random.default_rng(1000 + groups)
    seen: dict[str, set[int]] = {}
    for _ in range(180):
        outcome, cost = check_against_search(draw_pools(rng, groups), draw_rules(rng))
        seen.setdefault(outcome, set()).add(cost)
    assert set(seen) == set(OUTCOMES)
    assert len(seen["divided"]) >= 6
    assert len(seen["undecided"]) >= 5


small_pools = st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16)), min_size=1, max_size=3)
lax_rules = st.builds(
    Rules,
    anytime_level=st.floats(0.05, 0.9),
    near_half=st.floats(0.01, 0.49),
    min_opinions=st.integers(1, 15),
    min_group_opinions=st.integers(1, 15),
)


@settings(max_examples=150, deadline=None)
@given(pools=small_pools, rules=lax_rules)
def test_the_cost_is_what_a_search_finds_under_any_rules(pools: Pools, rules: Rules) -> None:
    check_against_search(pools, rules)


def rules_of(level: float, whole: int, group: int, near: float) -> Rules:
    return Rules(anytime_level=level, min_opinions=whole, min_group_opinions=group, near_half=near)


@pytest.mark.parametrize(
    ("pools", "rules", "cost"),
    [
        # The whole ends up between against and near half.
        ([(9, 0), (1, 14)], rules_of(0.05, 1, 5, 0.3), 2),
        ([(0, 9), (21, 0)], rules_of(0.3, 5, 1, 0.25), 1),
        ([(12, 2), (0, 3), (1, 15)], rules_of(0.05, 2, 7, 0.3), 3),
        # Groups are silenced with more moves than the fewest.
        ([(12, 2), (0, 10), (0, 0), (1, 0), (0, 3)], rules_of(0.5, 7, 4, 0.35), 6),
        ([(2, 1), (1, 9), (8, 1), (5, 0), (1, 1)], rules_of(0.6, 3, 1, 0.35), 4),
        ([(11, 0), (1, 18)], rules_of(0.1, 6, 1, 0.4), 8),
        # A group is emptied.
        ([(5, 0), (0, 4), (0, 7), (0, 1)], rules_of(0.1, 2, 4, 0.45), 3),
        ([(3, 0), (0, 2), (3, 10), (0, 0)], rules_of(0.1, 4, 1, 0.4), 2),
        # Disagrees are removed where agrees could have been added.
        ([(5, 0), (1, 11), (0, 0)], rules_of(0.1, 5, 1, 0.4), 3),
        # Of the accounts that empty a group, agrees are taken.
        ([(11, 41), (45, 22), (0, 4)], rules_of(0.3, 31, 50, 0.15), 3),
        ([(10, 68), (28, 7), (158, 79)], rules_of(0.9, 6, 31, 0.15), 5),
        # Points of the lattice are met only where even and odd fit.
        ([(13, 2), (3, 12), (11, 14), (0, 1)], rules_of(0.2, 11, 6, 0.15), 3),
    ],
)
def test_each_way_to_end_a_division_is_found_where_it_is_the_cheapest(
    pools: Pools, rules: Rules, cost: int
) -> None:
    point = np.array(pools, dtype=np.int64).reshape(1, -1)
    assert OUTCOMES[decide_points(point, rules)[0]] == "divided"
    assert count_points(point, rules)[0] == cost
    assert search_by_hand(pools, rules, cost) == cost


def check_neighbours(pools: Ints, rules: Rules) -> None:
    """Check that each cost is 1 and the least of its neighbours', 0 where the outcome differs.

    The cost is the only function of which that holds everywhere, so this checks numbers
    that no search could reach.
    """
    start = pools.reshape(1, -1)
    steps = np.concatenate([np.eye(start.shape[1]), -np.eye(start.shape[1])]).astype(np.int64)
    points = np.concatenate([start, start + steps])
    points = points[(points >= 0).all(axis=1)]
    outcomes, costs = decide_points(points, rules), count_points(points, rules)
    assert costs.min() >= 1
    assert costs[0] == 1 + np.where(outcomes[1:] == outcomes[0], costs[1:], 0).min()


def draw_large(rng: np.random.Generator, groups: int, most: int) -> Ints:
    sizes = rng.integers(0, most, groups + 1)
    if rng.random() < 0.3:
        sizes[-1] = 0
    share = 0.5 + rng.choice([-1.0, 1.0], groups + 1) * rng.uniform(0.0, 0.35, groups + 1)
    agree = rng.binomial(sizes, share)
    return np.column_stack([agree, sizes - agree])


@pytest.mark.parametrize("most", [120, 3_000, 60_000])
def test_large_costs_agree_with_those_of_their_neighbours(most: int) -> None:
    rng = np.random.default_rng(most)
    for _ in range(60):
        level, near = float(rng.choice([0.3, 0.8, 0.95])), float(rng.choice([0.05, 0.1, 0.25]))
        rules = rules_of(level, int(rng.integers(1, 60)), int(rng.integers(1, 60)), near)
        check_neighbours(draw_large(rng, int(rng.integers(0, 5)), most), rules)


@pytest.mark.parametrize(
    ("pools", "rules", "cost"),
    [
        # Neither the fewest agrees nor agrees alone are best to outvote the group.
        ([(19, 132), (153, 67), (181, 33)], rules_of(0.5, 32, 42, 0.05), 49),
        # More moves than the fewest, so that the whole gets between against and near half.
        ([(47, 5), (43, 77), (19, 82)], rules_of(0.1, 39, 26, 0.15), 15),
        ([(66, 16), (36, 69), (18, 95)], rules_of(0.3, 13, 20, 0.15), 16),
    ],
)
def test_rare_ways_to_end_a_division_are_found(pools: Pools, rules: Rules, cost: int) -> None:
    point = np.array(pools, dtype=np.int64)
    assert count_points(point.reshape(1, -1), rules)[0] == cost
    check_neighbours(point, rules)


@pytest.mark.parametrize(
    ("pools", "outcome", "cost"),
    [
        ([(0, 0)], "undecided", 40),  # forty agrees
        ([(40, 0)], "admissible", 1),  # one removed: too few opinions
        ([(41, 0)], "admissible", 2),
        ([(0, 90)], "inadmissible", 51),
        ([(19, 0), (0, 19), (0, 0)], "undecided", 2),  # one joins either group
        ([(20, 0), (0, 20), (0, 0)], "divided", 1),
        ([(120, 0), (0, 16), (0, 0)], "admissible", 4),  # a group turns against
    ],
)
def test_default_rules_cost_examples(pools: Pools, outcome: str, cost: int) -> None:
    point = np.array(pools, dtype=np.int64).reshape(1, -1)
    assert OUTCOMES[decide_points(point, Rules())[0]] == outcome
    assert count_points(point, Rules())[0] == cost


@settings(deadline=None)
@given(pools=small_pools, rules=lax_rules, data=st.data())
def test_the_order_of_groups_and_the_names_of_the_sides_do_not_matter(
    pools: Pools, rules: Rules, data: st.DataObject
) -> None:
    *groups, rest = pools
    shuffled = [*data.draw(st.permutations(groups)), rest]
    mirrored = [(disagree, agree) for agree, disagree in pools]
    points = np.array([pools, shuffled, mirrored], dtype=np.int64).reshape(3, -1)
    assert len(set(count_points(points, rules).tolist())) == 1


def test_statements_do_not_influence_each_other() -> None:
    rng = np.random.default_rng(5)
    points = rng.integers(0, 60, (50, 6))
    together = count_points(points, Rules(min_opinions=10))
    alone = [count_points(points[[row]], Rules(min_opinions=10))[0] for row in range(50)]
    assert together.tolist() == alone


def test_no_statements_have_no_costs() -> None:
    none, groups = np.zeros(0, dtype=np.int64), np.zeros((2, 0), dtype=np.int64)
    assert len(count_cost_to_flip(none, none, groups, groups, Rules())) == 0
    assert len(count_cost_to_flip_bounded(none, none, Rules())) == 0


def test_counts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="more opinions than the whole"):
        count_points(np.array([[2, 1, -1, 1]]), Rules())
    with pytest.raises(ValueError, match="same statements"):
        count_cost_to_flip_bounded(np.array([1, 2]), np.array([1]), Rules())


@pytest.mark.parametrize("level", [0.001, 0.5, 0.95, 0.9999, 1 - 1e-15])
def test_the_thresholds_reach_as_far_as_any_way_to_an_outcome(level: float) -> None:
    """Without opinions, the cost is the first number of them that decides on one side."""
    rules = Rules(anytime_level=level, min_opinions=1, min_group_opinions=1)
    thresholds = make_thresholds(200, rules)
    n = np.arange(201)
    decides = (thresholds.whole_for <= n) | (thresholds.near_from <= n)
    cost = count_points(np.zeros((1, 2), dtype=np.int64), rules)[0]
    assert cost == np.flatnonzero(decides)[0]


def classify_bounded(points: Ints, rules: Rules) -> Ints:
    share = bound_influence(points[:, 0], points[:, 1], rules.influence)
    over, under = share >= 0.5 + rules.margin - 1e-9, share <= 0.5 - rules.margin + 1e-9
    return over.astype(np.int64) - under


@settings(deadline=None)
@given(
    agree=st.integers(0, 40),
    disagree=st.integers(0, 40),
    influence=st.sampled_from([0.5, 0.2, 0.1, 0.05, 0.01]),
    margin=st.sampled_from([0.01, 0.05, 0.1, 0.3, 0.49]),
)
def test_the_bounded_cost_is_what_a_search_of_all_ways_finds(
    agree: int, disagree: int, influence: float, margin: float
) -> None:
    rules = Rules(influence=influence, margin=margin)
    start = np.array([[agree, disagree]])
    cost = int(count_cost_to_flip_bounded(start[:, 0], start[:, 1], rules)[0])
    for radius in range(1, cost + 1):
        points = start + sphere(2, radius)
        points = points[(points >= 0).all(axis=1)]
        changed = (classify_bounded(points, rules) != classify_bounded(start, rules)).any()
        assert changed == (radius == cost)


@given(agree=st.integers(0, 100_000), disagree=st.integers(0, 100_000))
@settings(deadline=None, max_examples=50)
def test_large_bounded_costs_agree_with_those_of_their_neighbours(
    agree: int, disagree: int
) -> None:
    points = np.array([agree, disagree]) + np.array([(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)])
    points = points[(points >= 0).all(axis=1)]
    costs = count_cost_to_flip_bounded(points[:, 0], points[:, 1], Rules())
    sides = classify_bounded(points, Rules())
    assert costs[0] == 1 + np.where(sides[1:] == sides[0], costs[1:], 0).min()


def test_the_bounded_cost_is_at_least_what_the_influence_allows() -> None:
    agree, disagree = np.arange(0, 400, 7), np.full(58, 150)
    share = bound_influence(agree, disagree, 0.01)
    cost = count_cost_to_flip_bounded(agree, disagree, Rules())
    distance = np.abs(np.abs(share - 0.5) - 0.05)
    assert (cost * 0.01 >= distance - 1e-9).all()


def test_two_thousand_statements_of_six_pools_take_little_time() -> None:
    rng = np.random.default_rng(3)
    sizes = rng.integers(0, 16_000, (2_000, 6))
    agree = rng.binomial(sizes, rng.beta(2, 2, (2_000, 6)))
    points = np.stack([agree, sizes - agree], axis=2).reshape(2_000, -1)
    count_points(points[:10], Rules())
    start = process_time()
    count_points(points, Rules())
    assert process_time() - start < 0.5
