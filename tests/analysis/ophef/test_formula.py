from dataclasses import replace

import numpy as np
import pytest
from benchmarks.ophef_incidents import Register, fill_register
from hypothesis import given, settings
from hypothesis import strategies as st

from spreekruimte.analysis.ophef.estimates import Reason, Refusal
from spreekruimte.analysis.ophef.formula import (
    FEWEST_INCIDENTS,
    Evidence,
    FormulaTest,
    examine_formula,
    fit_formula,
    predict_measure,
    scale_formula,
    scale_running_sum,
)
from spreekruimte.analysis.ophef.ordinal import OrdinalFit

BY_FUSS = Register(80, 1.2, 0.8, 0.0, 0.05)
BY_PUBLIC = Register(80, 0.0, 0.0, -10.0, 0.05)


def gather(truth: Register, seed: int = 1) -> Evidence:
    drawn = fill_register(np.random.default_rng(seed), truth)
    return Evidence(
        drawn.measures, scale_formula(drawn.items, drawn.calls), drawn.shares, drawn.errors
    )


def examine(evidence: Evidence) -> FormulaTest:
    found = examine_formula(evidence, level=0.95)
    assert isinstance(found, FormulaTest)
    return found


def refuse(evidence: Evidence) -> Refusal:
    found = examine_formula(evidence, level=0.95)
    assert isinstance(found, Refusal)
    return found


def fit(seed: int = 1, truth: Register = BY_FUSS) -> OrdinalFit:
    drawn = fill_register(np.random.default_rng(seed), truth)
    found = fit_formula(drawn.measures, drawn.items, drawn.calls)
    assert isinstance(found, OrdinalFit)
    return found


def test_what_fuss_decides_is_explained_by_fuss() -> None:
    found = examine(gather(BY_FUSS))
    assert found.by_fuss.low > 0.05
    assert found.by_public.low <= 0.0 <= found.by_public.high
    assert found.incidents == 80


def test_what_the_public_decides_is_explained_by_the_public() -> None:
    found = examine(gather(BY_PUBLIC))
    assert found.by_public.low > 0.05
    assert found.by_fuss.low < 0.02
    assert found.public_slope.high < 0.0


def test_what_nothing_decides_is_explained_by_nothing() -> None:
    found = examine(gather(Register(80, 0.0, 0.0, 0.0, 0.05)))
    assert abs(found.by_fuss.value) < 0.03
    assert abs(found.by_public.value) < 0.03
    assert all(slope.low <= 0.0 <= slope.high for slope in found.fuss_slopes)


def test_the_order_of_incidents_does_not_matter() -> None:
    evidence = gather(BY_FUSS)
    order = np.random.default_rng(2).permutation(len(evidence.outcomes))
    shuffled = Evidence(
        evidence.outcomes[order],
        evidence.fuss[order],
        evidence.shares[order],
        evidence.errors[order],
    )
    assert examine(shuffled) == examine(evidence)


def test_stricter_rules_are_explained_by_the_running_sum() -> None:
    rng = np.random.default_rng(3)
    times = np.arange(60.0)
    index = rng.poisson(np.exp(rng.normal(2.0, 1.5, 60)))
    fuss = scale_running_sum(times, times, index)
    changes = np.clip(np.round(1.5 * (fuss[:, 0] - fuss.mean()) + rng.logistic(size=60)), -1, 1)
    shares = rng.uniform(0.2, 0.8, 60)
    found = examine(Evidence(changes.astype(np.int64), fuss, shares, np.full(60, 0.03)))
    assert len(found.fuss_slopes) == 1
    assert found.fuss_slopes[0].low > 0.0


def test_the_running_sum_is_of_what_came_before() -> None:
    scaled = scale_running_sum(np.array([0.0, 2.0, 9.0]), np.array([5.0, 1.0]), np.array([10, 3]))
    assert scaled[:, 0] == pytest.approx(np.log1p([0.0, 3.0, 13.0]))


def test_below_a_stated_number_of_incidents_nothing_is_told() -> None:
    found = refuse(gather(replace(BY_FUSS, incidents=FEWEST_INCIDENTS - 1)))
    assert found == Refusal(Reason.TOO_FEW_INCIDENTS, FEWEST_INCIDENTS - 1, FEWEST_INCIDENTS)


def test_what_does_not_differ_explains_nothing() -> None:
    whole = gather(BY_FUSS)
    count = len(whole.outcomes)
    level = np.zeros(count)
    noise = 0.5 + 0.01 * np.random.default_rng(4).normal(size=count)
    for evidence, reason in (
        (replace(whole, outcomes=np.zeros(count, dtype=np.int64)), Reason.ONE_OUTCOME),
        (replace(whole, fuss=np.stack([whole.fuss[:, 0], level], 1)), Reason.NO_DIFFERENCE_IN_FUSS),
        (replace(whole, shares=level), Reason.NO_DIFFERENCE_IN_PUBLIC),
        (replace(whole, shares=noise, errors=level + 0.1), Reason.NO_DIFFERENCE_IN_PUBLIC),
    ):
        assert refuse(evidence).reason is reason


def test_predictors_that_run_in_parallel_are_refused() -> None:
    whole = gather(BY_FUSS)
    twice = np.repeat(whole.fuss[:, :1], 2, axis=1)
    nearly = twice + 0.01 * whole.fuss[:, ::-1]
    for evidence in (
        replace(whole, fuss=twice),
        replace(whole, fuss=nearly),
        replace(whole, shares=whole.fuss[:, 0] / 10.0),
    ):
        assert refuse(evidence).reason is Reason.INSEPARABLE


def test_evidence_that_cannot_be_is_refused() -> None:
    whole = gather(BY_FUSS)
    for broken in (
        {"shares": whole.shares[:-1]},
        {"errors": -whole.errors},
        {"shares": np.full(len(whole.shares), np.nan)},
        {"fuss": whole.fuss[:, 0]},
    ):
        with pytest.raises(ValueError, match=r"\."):
            replace(whole, **broken)


@settings(max_examples=30)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 300))
def test_more_items_never_make_the_formula_milder(items: int, calls: int, more: int) -> None:
    formula = fit()
    assert formula.slopes[0] > 0.0
    first = predict_measure(formula, items, calls, level=0.9)
    second = predict_measure(formula, items + more, calls, level=0.9)
    assert second.step >= first.step
    assert first.low <= first.step <= first.high
    assert first.chances.sum() == pytest.approx(1.0)


def test_the_set_holds_a_new_measure_at_least_as_often_as_it_says() -> None:
    held = 0
    for seed in range(100):
        drawn = fill_register(np.random.default_rng(1_000 + seed), BY_FUSS)
        formula = fit_formula(drawn.measures[1:], drawn.items[1:], drawn.calls[1:])
        assert isinstance(formula, OrdinalFit)
        found = predict_measure(formula, int(drawn.items[0]), int(drawn.calls[0]), level=0.9)
        held += found.low <= drawn.measures[0] <= found.high
    assert held >= 85


def test_steps_that_never_occurred_are_not_predicted() -> None:
    drawn = fill_register(np.random.default_rng(5), BY_FUSS)
    formula = fit_formula(np.where(drawn.measures >= 3, 8, 2), drawn.items, drawn.calls)
    assert isinstance(formula, OrdinalFit)
    chances = predict_measure(formula, 10, 10, level=0.9).chances
    assert np.flatnonzero(chances).tolist() == [2, 8]


def test_the_formula_alone_refuses_too() -> None:
    none = np.zeros(FEWEST_INCIDENTS, dtype=np.int64)
    found = fit_formula(none, none, none)
    assert isinstance(found, Refusal)
    assert found.reason is Reason.ONE_OUTCOME
