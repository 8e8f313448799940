from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.vignettes.studies import draw_answers

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes import draw_room, fit_context_model, predict_all
from spreekruimte.analysis.vignettes.draws import DRAWS

SIZES = (3, 2, 4)
MODEL = fit_context_model(draw_answers(1, sizes=SIZES), [(0, 2)])
NOTHING = np.zeros((0, 3), dtype=np.int64)
EVEN = tuple(np.ones(size) for size in SIZES)


def test_draws_have_the_middle_and_the_interval_of_what_is_predicted() -> None:
    room, shares = draw_room(MODEL, EVEN, NOTHING), predict_all(MODEL, NOTHING)
    assert room.draws.shape == (DRAWS, 24)
    assert np.median(room.draws, axis=0) == pytest.approx(shares.values, abs=0.02)
    low, high = np.quantile(room.draws, [0.025, 0.975], axis=0)
    assert low == pytest.approx(shares.low, abs=0.04)
    assert high == pytest.approx(shares.high, abs=0.04)


def test_draws_of_contexts_hang_together_as_their_coefficients_do() -> None:
    room = draw_room(MODEL, EVEN, NOTHING)
    logits = np.log(room.draws / (1.0 - room.draws))
    same, different = np.corrcoef(logits[:, [0, 1, 23]].T)[0, 1:]
    assert same > different


def test_a_context_occurs_as_often_as_its_levels_do() -> None:
    occurrence = (np.array([1.0, 0.0, 3.0]), EVEN[1], EVEN[2])
    room = draw_room(MODEL, occurrence, NOTHING)
    assert len(room.levels) == 16
    assert set(room.levels[:, 0]) == {0, 2}
    assert room.weights[room.levels[:, 0] == 2].sum() == pytest.approx(0.75)
    assert len(np.unique(room.levels, axis=0)) == 16


def test_what_is_forbidden_does_not_occur() -> None:
    room = draw_room(MODEL, EVEN, np.array([[0, -1, 3]]))
    assert len(room.levels) == 22
    assert not ((room.levels[:, 0] == 0) & (room.levels[:, 2] == 3)).any()


def test_of_too_many_contexts_some_are_drawn_by_how_often_they_occur() -> None:
    occurrence = (np.array([8.0, 1.0, 1.0]), EVEN[1], EVEN[2])
    room = draw_room(MODEL, occurrence, NOTHING, most=20)
    assert len(room.levels) <= 20
    assert room.weights.sum() == 20
    assert room.weights[room.levels[:, 0] == 0].sum() > 10
    assert len(np.unique(room.levels, axis=0)) == len(room.levels)


def test_equal_models_give_equal_draws_and_others_give_others() -> None:
    first, second = draw_room(MODEL, EVEN, NOTHING), draw_room(MODEL, EVEN, NOTHING)
    assert np.array_equal(first.draws, second.draws)
    other = draw_room(replace(MODEL, values=MODEL.values + 0.1), EVEN, NOTHING)
    assert not np.array_equal(first.draws, other.draws)


def test_what_is_certain_is_not_spread() -> None:
    certain = replace(MODEL, covariance=np.zeros_like(MODEL.covariance))
    room = draw_room(certain, EVEN, NOTHING)
    assert np.ptp(room.draws, axis=0).max() == 0.0
    assert room.draws[0] == pytest.approx(predict_all(MODEL, NOTHING).values)


def test_levels_that_never_occur_only_are_refused() -> None:
    with pytest.raises(InputError, match="occurs"):
        draw_room(MODEL, (EVEN[0], np.zeros(2), EVEN[2]), NOTHING)
