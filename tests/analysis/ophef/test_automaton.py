import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from spreekruimte.analysis.ophef.automaton import (
    FACTOR,
    GAMMA,
    compare_states,
    find_bursts,
    find_heaviest,
)

series = st.lists(st.integers(0, 12), min_size=1, max_size=9).map(lambda x: np.array(x, float))
dispersions = st.sampled_from([0.0, 0.2, 2.0])


@given(count=st.integers(0, 300), expected=st.floats(0.01, 100.0), dispersion=dispersions)
def test_the_ratio_is_that_of_the_two_distributions(
    count: int, expected: float, dispersion: float
) -> None:
    if dispersion:
        size = 1 / dispersion
        logs = [
            nbinom.logpmf(count, size, size / (size + mean))
            for mean in (FACTOR * expected, expected)
        ]
    else:
        logs = [poisson.logpmf(count, mean) for mean in (FACTOR * expected, expected)]
    assert compare_states(count, expected, dispersion) == pytest.approx(
        logs[0] - logs[1], rel=1e-6, abs=1e-6
    )


@given(counts=series, dispersion=dispersions)
def test_the_states_found_are_those_of_least_cost(counts: np.ndarray, dispersion: float) -> None:
    expected = np.ones(len(counts))
    ratios = [compare_states(count, 1.0, dispersion) for count in counts]
    step = GAMMA * math.log(max(len(counts), 2))

    def cost(states: tuple[int, ...]) -> float:
        steps = sum(now > before for before, now in itertools.pairwise((0, *states)))
        return step * steps - sum(itertools.compress(ratios, states))

    first, last, weights = find_bursts(counts, expected, dispersion)
    found = np.zeros(len(counts), dtype=int)
    for start, end, weight in zip(first, last, weights, strict=True):
        found[start : end + 1] = 1
        assert weight == pytest.approx(sum(ratios[start : end + 1]))
        assert weight > step - 1e-9
    least = min(cost(states) for states in itertools.product((0, 1), repeat=len(counts)))
    assert cost(tuple(found.tolist())) == pytest.approx(least, abs=1e-9)
    assert (first[1:] > last[:-1] + 1).all()


def test_a_quiet_series_has_no_burst() -> None:
    first, last, weights = find_bursts(np.ones(50), np.ones(50), 0.0)
    assert len(first) == len(last) == len(weights) == 0
    assert find_heaviest(np.ones((2, 50)), np.ones(50), 0.0).tolist() == [0.0, 0.0]


def test_the_heaviest_burst_is_held_to_the_level_of_its_own_series() -> None:
    row = np.ones(50)
    row[10:14], row[30:32] = 20.0, 9.0
    heaviest = find_heaviest(np.stack([row, 3 * np.ones(50)]), np.ones(50), 0.0)
    level = (row.sum() + 0.5) / 50.5
    weights = find_bursts(row, np.full(50, level), 0.0)[2]
    assert len(weights) == 2
    assert heaviest.tolist() == [weights.max(), 0.0]
