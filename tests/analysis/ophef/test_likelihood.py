from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import quad

from spreekruimte.analysis.ophef.background import BIN, DAY, arrange_background
from spreekruimte.analysis.ophef.likelihood import Incident, evaluate

Floats = NDArray[np.float64]

END = 2 * DAY
PRECISION = np.linspace(1.0, 4.0, 22)


def make_incident(seed: int, parents: Floats | None = None) -> Incident:
    times = np.sort(np.random.default_rng(seed).uniform(0.0, END, 30))
    background = arrange_background(times, 0.0, END)
    return Incident(times, times if parents is None else parents, END, background)


def make_state(seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    return np.concatenate([[np.log(1e-4)], 0.1 * rng.normal(size=22), [0.4, np.log(5e-4)]])


def write_out(incident: Incident, state: Floats) -> float:
    """The same by its definition, with every pair and a numerical integral."""
    clock = incident.background
    shape = np.exp(clock.harmonics @ state[1:-2])
    levels = np.exp(state[0]) * shape / shape.mean()
    n, b = state[-2], np.exp(state[-1])

    def rate(time: float) -> float:
        ages = time - incident.parents[incident.parents < time]
        level = levels[min(int(time % DAY / BIN), 23)]
        return float(level + n * b * np.exp(-b * ages).sum())

    edges = np.unique(np.concatenate([np.arange(0.0, END + 1, BIN), incident.parents, [0.0, END]]))
    whole = sum(quad(rate, low + 1e-9, high)[0] for low, high in pairwise(edges))
    prior = 0.5 * (PRECISION * state[1:-2] ** 2).sum()
    return float(sum(np.log(rate(time)) for time in incident.times) - whole - prior)


@pytest.mark.parametrize("parents", [None, np.array([0.7 * DAY, 0.9 * DAY])])
def test_the_likelihood_is_that_of_the_definition(parents: Floats | None) -> None:
    incident, state = make_incident(1, parents), make_state(2)
    assert evaluate(incident, PRECISION, state)[0] == pytest.approx(write_out(incident, state))


@given(st.integers(0, 50))
def test_slope_and_bend_are_those_of_the_height(seed: int) -> None:
    incident, state = make_incident(seed), make_state(seed + 1)
    _, slope, bend = evaluate(incident, PRECISION, state)
    for place, step in enumerate(1e-5 * np.eye(len(state))):
        above = evaluate(incident, PRECISION, state + step)
        below = evaluate(incident, PRECISION, state - step)
        assert slope[place] == pytest.approx((above[0] - below[0]) / 2e-5, rel=1e-4, abs=1e-4)
        np.testing.assert_allclose(bend[place], (above[1] - below[1]) / 2e-5, rtol=1e-3, atol=1e-3)


def test_a_parent_long_before_the_first_signal_has_set_off_all_that_it_will() -> None:
    state = make_state(3)
    state[-1] = 0.0
    incident = make_incident(4, np.array([-1e6]))
    without = np.concatenate([state[:-2], [0.0, 0.0]])
    heights = [evaluate(incident, PRECISION, each)[0] for each in (state, without)]
    assert heights[0] == pytest.approx(heights[1] - state[-2])
