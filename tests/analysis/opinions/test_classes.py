from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_groups, generate_structureless
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.dense_votes import UNSEEN, Table, to_opinions, to_sheets, vote_tables

from spreekruimte.analysis.opinions.classes import (
    PRIOR_OPINIONS,
    ClassModel,
    assign_classes,
    fit_classes,
    place_for_classes,
    refine_classes,
    score_opinions,
)
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions

Floats = NDArray[np.float64]


def draw_model(rng: np.random.Generator, statements: int, classes: int) -> ClassModel:
    weights = rng.uniform(0.2, 1.0, classes)
    return ClassModel(rng.uniform(0.05, 0.95, (statements, classes)), weights / weights.sum())


def log_chances(opinions: Table, model: ClassModel) -> Floats:
    """Log of the chance of each sheet in each class, shape (sheets, classes)."""
    agree, disagree = opinions == 1, opinions == -1
    return np.asarray(agree @ np.log(model.rates) + disagree @ np.log(1.0 - model.rates))


def penalised_likelihood(sheets: OpinionSheets, model: ClassModel) -> float:
    """What expectation-maximisation climbs: the likelihood, and what is pretended beforehand."""
    _, likelihood = assign_classes(sheets, model)
    overall = sheets.share_agreeing()[:, None]
    pretended = overall * np.log(model.rates) + (1 - overall) * np.log(1 - model.rates)
    return float(likelihood + PRIOR_OPINIONS * pretended.sum() + np.log(model.weights).sum())


@given(table=vote_tables(), classes=st.integers(1, 5))
def test_classes_are_assigned_by_bayes_rule(table: Table, classes: int) -> None:
    sheets = to_sheets(table)
    model = draw_model(np.random.default_rng(1), table.shape[1], classes)
    joint = np.exp(log_chances(to_opinions(sheets), model)) * model.weights
    share, likelihood = assign_classes(sheets, model)
    np.testing.assert_allclose(share, joint / joint.sum(axis=1, keepdims=True), rtol=1e-10)
    assert likelihood == pytest.approx(np.log(joint.sum(axis=1)).sum(), rel=1e-10, abs=1e-10)


@given(table=vote_tables(), classes=st.integers(1, 5))
def test_opinions_are_scored_by_their_predicted_chance(table: Table, classes: int) -> None:
    rng = np.random.default_rng(2)
    sheets = to_sheets(table)
    model = draw_model(rng, table.shape[1], classes)
    share = rng.dirichlet(np.ones(classes), sheets.count)
    chance = share @ model.rates.T
    opinions = to_opinions(sheets)
    logs = np.where(opinions == 1, np.log(chance), np.log(1.0 - chance))
    expected = np.where(opinions == 0, 0.0, logs).sum(axis=1)
    np.testing.assert_allclose(score_opinions(sheets, share, model), expected, rtol=1e-10)


@given(table=vote_tables(people=(2, 14)), classes=st.integers(1, 4), seed=st.integers(0, 2**32))
def test_a_step_counts_each_opinion_by_the_chance_of_its_class(
    table: Table, classes: int, seed: int
) -> None:
    sheets = to_sheets(table)
    before = draw_model(np.random.default_rng(seed), table.shape[1], classes)
    after = refine_classes(sheets, before, steps=1)
    share, _ = assign_classes(sheets, before)
    opinions = to_opinions(sheets)
    agree, disagree = (opinions == 1).T @ share, (opinions == -1).T @ share
    overall = sheets.share_agreeing()[:, None]
    rates = (agree + PRIOR_OPINIONS * overall) / (agree + disagree + PRIOR_OPINIONS)
    members = share.sum(axis=0) + 1.0
    np.testing.assert_allclose(after.rates, rates, rtol=1e-12)
    np.testing.assert_allclose(after.weights, members / members.sum(), rtol=1e-12)


@given(table=vote_tables(people=(2, 14)), classes=st.integers(2, 4), seed=st.integers(0, 2**32))
def test_a_step_never_lowers_the_likelihood(table: Table, classes: int, seed: int) -> None:
    table[0, 0] = 1
    sheets = to_sheets(table)
    model = draw_model(np.random.default_rng(seed), table.shape[1], classes)
    before = penalised_likelihood(sheets, model)
    for _ in range(6):
        model = refine_classes(sheets, model, steps=1)
        after = penalised_likelihood(sheets, model)
        assert after >= before - 1e-9 * abs(before)
        before = after


@given(table=vote_tables(people=(2, 14)), classes=st.integers(1, 5), seed=st.integers(0, 2**64 - 1))
def test_rates_are_chances_and_weights_are_shares(table: Table, classes: int, seed: int) -> None:
    table[0, 0] = 1
    sheets = to_sheets(table)
    model = fit_classes(sheets, place_for_classes(sheets, 5), classes, seed)
    assert model.rates.shape == (table.shape[1], classes)
    assert ((model.rates > 0.0) & (model.rates < 1.0)).all()
    assert (model.weights > 0.0).all()
    assert model.weights.sum() == pytest.approx(1.0)


@given(vote_tables())
def test_one_class_has_the_rates_of_the_whole_with_pretended_opinions(table: Table) -> None:
    sheets = to_sheets(table)
    model = fit_classes(sheets, np.zeros((sheets.count, 4)), 1, 1)
    agree, opinions = (table == 1).sum(axis=0), np.isin(table, (1, -1)).sum(axis=0)
    overall = (agree + 0.5) / (opinions + 1.0)
    expected = (agree + PRIOR_OPINIONS * overall) / (opinions + PRIOR_OPINIONS)
    np.testing.assert_allclose(model.rates[:, 0], expected, rtol=1e-12)
    assert model.weights.tolist() == [1.0]


def test_refining_stops_where_a_step_gains_little() -> None:
    matrix = generate_groups(np.random.default_rng(3), Shape(200, 20, 2500), separation=2.0).matrix
    sheets = collect_opinions(matrix)
    model = fit_classes(sheets, place_for_classes(sheets, 3), 3, 1)
    _, likelihood = assign_classes(sheets, model)
    longer = refine_classes(sheets, model, steps=500)
    _, later = assign_classes(sheets, longer)
    assert abs(later - likelihood) < 0.01 * sheets.opinion_count
    # One step more, and the same model: there the search has ended.
    ended = refine_classes(sheets, longer, steps=500)
    again = refine_classes(sheets, longer, steps=2)
    np.testing.assert_array_equal(ended.rates, again.rates)


def test_the_rates_of_planted_classes_are_found() -> None:
    planted = generate_groups(np.random.default_rng(4), Shape(3000, 25, 50_000), separation=2.0)
    sheets = collect_opinions(planted.matrix)
    model = fit_classes(sheets, place_for_classes(sheets, 3), 3, 1)
    errors = [
        np.abs(model.rates[:, order] - planted.agree_rates.T).mean()
        for order in permutations(range(3))
    ]
    assert min(errors) < 0.02
    assert sorted(model.weights) == pytest.approx([0.2, 0.35, 0.45], abs=0.03)


def test_the_same_seed_gives_the_same_classes() -> None:
    sheets = collect_opinions(
        generate_structureless(np.random.default_rng(5), Shape(80, 15, 700)).matrix
    )
    positions = place_for_classes(sheets, 4)
    one, same, other = (fit_classes(sheets, positions, 4, seed) for seed in (1, 1, 2**64 - 1))
    np.testing.assert_array_equal(one.rates, same.rates)
    np.testing.assert_array_equal(one.weights, same.weights)
    assert not np.array_equal(one.rates, other.rates)


def test_a_statement_without_opinions_has_one_rate_and_tells_nothing() -> None:
    table = np.array([[1, -1, UNSEEN], [-1, 1, UNSEEN], [1, -1, UNSEEN]], dtype=np.int8)
    sheets = to_sheets(table)
    model = fit_classes(sheets, place_for_classes(sheets, 2), 2, 1)
    np.testing.assert_array_equal(model.rates[2], 0.5)


def test_there_are_no_more_directions_than_can_tell_statements_apart() -> None:
    rng = np.random.default_rng(6)
    for statements, most_classes, width in ((1, 5, 1), (2, 5, 1), (4, 5, 3), (9, 5, 4), (9, 2, 1)):
        sheets = to_sheets(rng.choice(np.array([1, -1], np.int8), (12, statements)))
        assert place_for_classes(sheets, most_classes).shape == (12, width)


def test_rates_are_drawn_towards_those_of_everybody() -> None:
    model = ClassModel(np.array([[0.9, 0.1], [0.4, 0.6]]), np.array([0.5, 0.5]))
    overall = np.array([0.5, 0.2])
    np.testing.assert_allclose(model.draw_towards(overall, 1.0).rates, model.rates)
    np.testing.assert_allclose(model.draw_towards(overall, 0.0).rates, [[0.5, 0.5], [0.2, 0.2]])
    np.testing.assert_allclose(model.draw_towards(overall, 0.5).rates, [[0.7, 0.3], [0.3, 0.4]])
    np.testing.assert_array_equal(model.draw_towards(overall, 0.5).weights, model.weights)
