import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.vignettes.studies import draw_known

from spreekruimte.analysis.vignettes import (
    Attribute,
    ContextModel,
    fit_context_model,
    make_answers,
    pool_models,
    predict_all,
)

ATTRIBUTES = (Attribute("tone", ("neutral", "sharp")), Attribute("rank", ("low", "mid", "high")))


def fit(seed: int, attributes: tuple[Attribute, ...] = ATTRIBUTES) -> ContextModel:
    rng = np.random.default_rng(seed)
    shown = rng.integers([2, 3], size=(400, 2))
    outcomes = (rng.random(400) < 0.7 - 0.3 * shown[:, 0]).astype(np.float64)
    return fit_context_model(make_answers(attributes, shown, outcomes, np.repeat(range(100), 4)))


MODELS = [fit(seed) for seed in range(3)]


def test_one_study_is_itself() -> None:
    pooled = pool_models(MODELS[:1], [100])
    np.testing.assert_array_equal(pooled.values, MODELS[0].values)
    np.testing.assert_allclose(pooled.covariance, MODELS[0].covariance, rtol=1e-12)


def test_a_study_twice_has_the_same_shares_half_the_chance_and_all_of_the_pull() -> None:
    pooled = pool_models([MODELS[0]] * 2, [100, 100])
    np.testing.assert_allclose(pooled.values, MODELS[0].values)
    np.testing.assert_allclose(pooled.pull, MODELS[0].pull)
    chance = MODELS[0].covariance - MODELS[0].pull
    np.testing.assert_allclose(pooled.covariance - pooled.pull, chance / 2.0, atol=1e-15)


def test_intervals_of_studies_together_hold_the_truth_in_spite_of_the_pull() -> None:
    held = []
    for seed in range(40):
        drawn = [draw_known(seed, 0.3, draw=draw) for draw in range(5)]
        pooled = pool_models([fit_context_model(answers) for answers, _truth in drawn], [150] * 5)
        shares, truth = predict_all(pooled, np.zeros((0, 3), dtype=np.int64)), drawn[0][1]
        held.append(((shares.low <= truth) & (truth <= shares.high)).mean())
    assert 0.92 < np.mean(held) < 0.99


@given(st.permutations(range(3)), st.lists(st.integers(1, 500), min_size=3, max_size=3))
def test_the_order_of_studies_does_not_matter(order: list[int], counts: list[int]) -> None:
    one = pool_models(MODELS, counts)
    other = pool_models([MODELS[k] for k in order], [counts[k] for k in order])
    np.testing.assert_allclose(one.values, other.values, atol=1e-12)
    np.testing.assert_allclose(one.covariance, other.covariance, atol=1e-12)


@given(st.lists(st.integers(1, 500), min_size=3, max_size=3))
def test_studies_in_two_steps_are_the_same_as_in_one(counts: list[int]) -> None:
    first = pool_models(MODELS[:2], counts[:2])
    steps = pool_models([first, MODELS[2]], [sum(counts[:2]), counts[2]])
    whole = pool_models(MODELS, counts)
    np.testing.assert_allclose(steps.values, whole.values, atol=1e-12)
    np.testing.assert_allclose(steps.covariance, whole.covariance, atol=1e-12)


@pytest.mark.parametrize("counts", [[], [1]])
def test_what_is_not_whole_is_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="come with"):
        pool_models(MODELS if counts else [], counts)


def test_studies_of_something_else_are_refused() -> None:
    other = fit(0, (Attribute("mood", ("neutral", "sharp")), ATTRIBUTES[1]))
    with pytest.raises(ValueError, match="same attributes"):
        pool_models([MODELS[0], other], [1, 1])
