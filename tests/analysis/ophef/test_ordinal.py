import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from spreekruimte.analysis.ophef.measured_share import WEIGHTS, place_nodes
from spreekruimte.analysis.ophef.ordinal import (
    SPREAD,
    Design,
    arrange_design,
    bound_slope,
    fit_ordinal,
    predict_cumulative,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SLOPES = np.array([1.0, -0.5])
CUTS = np.array([-1.0, 0.3, 1.0])


def draw(seed: int, count: int) -> tuple[Ints, Floats]:
    rng = np.random.default_rng(seed)
    predictors = rng.normal(size=(count, 2))
    return np.searchsorted(CUTS, predictors @ SLOPES + rng.logistic(size=count)), predictors


def write_out(design: Design, state: Floats) -> float:
    """The penalised likelihood by its definition."""
    cuts = len(design.steps) - 1
    if (np.diff(state[:cuts]) <= 0.0).any():
        return -np.inf
    pull = design.predictors @ state[cuts:]
    padded = np.concatenate([[-np.inf], state[:cuts], [np.inf]])
    above = expit(padded[design.levels + 1][:, None] - pull)
    below = expit(padded[design.levels][:, None] - pull)
    chances = ((above - below) * design.weights).sum(axis=1)
    return float(np.log(chances).sum() - 0.5 * (design.precision * state[cuts:] ** 2).sum())


def draw_design(seed: int, with_error: bool) -> Design:
    levels, predictors = draw(seed, 60)
    if not with_error:
        return arrange_design(levels, predictors)
    nodes = place_nodes(predictors[:, 1], np.full(60, 0.4), predictors[:, :1])
    assert nodes is not None
    known = np.repeat(predictors[:, None, :1], len(WEIGHTS), axis=1)
    return arrange_design(levels, np.concatenate([known, nodes[:, :, None]], axis=2), WEIGHTS)


@pytest.mark.parametrize("with_error", [False, True])
def test_the_fit_is_what_a_general_optimiser_finds(with_error: bool) -> None:
    design = draw_design(1, with_error)
    fit = fit_ordinal(design)
    assert fit.top.height == pytest.approx(write_out(design, fit.top.state))
    found = minimize(
        lambda state: -write_out(design, state),
        np.array([-1.0, 0.0, 1.0, 0.0, 0.0]),
        method="Nelder-Mead",
        options={"maxiter": 20_000, "maxfev": 20_000, "xatol": 1e-8, "fatol": 1e-10},
    )
    np.testing.assert_allclose(fit.top.state, found.x, atol=1e-3)


@pytest.mark.parametrize("with_error", [False, True])
def test_the_second_derivatives_are_those_of_the_likelihood(with_error: bool) -> None:
    design = draw_design(2, with_error)
    fit = fit_ordinal(design)
    step = 1e-3
    for place in range(len(fit.top.state)):
        change = step * np.eye(len(fit.top.state))[place]
        around = [write_out(design, fit.top.state + sign * change) for sign in (-1, 0, 1)]
        bend = (around[0] - 2 * around[1] + around[2]) / step**2
        assert fit.top.bend[place, place] == pytest.approx(bend, rel=1e-2)


def test_the_fit_is_near_that_of_statsmodels() -> None:
    peer = pytest.importorskip("statsmodels.miscmodels.ordinal_model")
    levels, predictors = draw(3, 2_000)
    theirs = peer.OrderedModel(levels, predictors, distr="logit").fit(method="bfgs", disp=False)
    np.testing.assert_allclose(
        fit_ordinal(arrange_design(levels, predictors)).slopes, theirs.params[:2], atol=0.01
    )


def test_the_truth_is_found_where_there_is_much_data() -> None:
    fit = fit_ordinal(arrange_design(*draw(4, 20_000)))
    assert fit.slopes == pytest.approx(SLOPES, abs=0.05)
    assert fit.cutpoints == pytest.approx(CUTS, abs=0.08)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = np.zeros(2)
    for seed in range(60):
        fit = fit_ordinal(arrange_design(*draw(100 + seed, 60)))
        for place, slope in enumerate(SLOPES):
            found = bound_slope(fit, place, 0.95)
            held[place] += found.low <= slope <= found.high
    assert held.min() >= 52


def test_a_predictor_that_separates_the_outcomes_has_a_finite_slope() -> None:
    predictor = np.arange(40.0)[:, None]
    fit = fit_ordinal(arrange_design((predictor[:, 0] >= 20).astype(np.int64), predictor))
    found = bound_slope(fit, 0, 0.95)
    assert 0.0 < found.low < found.value < found.high
    assert found.high < 6 * SPREAD


def test_error_in_a_predictor_does_not_pull_its_slope_to_nothing() -> None:
    rng = np.random.default_rng(5)
    true, count = rng.normal(size=4_000), 4_000
    levels = np.searchsorted(CUTS, 1.5 * true + rng.logistic(size=count))
    measured = true + rng.normal(size=count)
    naive = fit_ordinal(arrange_design(levels, measured[:, None]))
    nodes = place_nodes(measured, np.ones(count), np.zeros((count, 0)))
    assert nodes is not None
    fit = fit_ordinal(arrange_design(levels, nodes[:, :, None], WEIGHTS))
    assert naive.slopes[0] < 0.9
    assert fit.slopes[0] == pytest.approx(1.5, abs=0.15)


@given(st.integers(0, 30))
def test_chances_are_chances_and_more_severe_where_the_predictor_pulls(seed: int) -> None:
    fit = fit_ordinal(arrange_design(*draw(seed, 80)))
    rows = np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    chances = predict_cumulative(fit, rows)
    assert (np.diff(chances, axis=1) >= 0.0).all()
    assert (chances >= 0.0).all()
    assert chances[:, -1] == pytest.approx(1.0)
    assert (np.diff(chances[:, 0]) < 0.0).all() == (fit.slopes[0] > 0.0)


def test_shares_that_differ_by_their_errors_alone_give_no_nodes() -> None:
    shares = 0.5 + 0.01 * np.random.default_rng(6).normal(size=50)
    assert place_nodes(shares, np.full(50, 0.05), np.zeros((50, 0))) is None


def test_shares_without_error_stand_at_themselves() -> None:
    shares = np.linspace(0.1, 0.9, 30)
    nodes = place_nodes(shares, np.zeros(30), np.zeros((30, 0)))
    assert nodes is not None
    np.testing.assert_allclose(nodes, np.repeat(shares[:, None], len(WEIGHTS), axis=1))
