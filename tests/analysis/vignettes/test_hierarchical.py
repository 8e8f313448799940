import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from tests.analysis.vignettes.studies import draw_answers, draw_known

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.combinations import find_coefficients
from spreekruimte.analysis.vignettes.hierarchical import SPREAD, WIDE, fit_context_model
from spreekruimte.analysis.vignettes.room import predict_all
from spreekruimte.analysis.vignettes.study import make_answers


def test_the_coefficients_are_the_mode_that_a_general_optimiser_finds() -> None:
    answers = draw_answers(1)
    model = fit_context_model(answers, [(0, 1)])
    active = find_coefficients(model.terms, answers.shown)
    spreads = np.concatenate([[WIDE], model.spreads[model.terms.owners[1:]]])

    def penalise(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        heights = values[active].sum(axis=1)
        likelihood = (answers.outcomes * heights - np.logaddexp(0.0, heights)).sum()
        return float(0.5 * ((values / spreads) ** 2).sum() - likelihood)

    found = minimize(penalise, np.zeros(len(spreads)), method="BFGS")
    assert model.values == pytest.approx(found.x, abs=5e-3)


def test_a_term_that_matters_spreads_more_than_one_that_does_not() -> None:
    spreads = fit_context_model(draw_answers(2, respondents=1000, sizes=(4, 4, 5))).spreads
    assert spreads[0] > 3.0 * spreads[1]
    assert spreads[0] > 3.0 * spreads[2]


def test_what_does_not_matter_is_pulled_to_nothing_from_four_levels_on() -> None:
    answers = draw_answers(2, respondents=1000, sizes=(4, 2, 5))
    spreads = fit_context_model(answers).spreads
    assert spreads[2] < 0.2
    # Of two levels nothing can be learned of how far levels lie apart, so they are left as found.
    assert spreads[1] == pytest.approx(SPREAD, abs=0.05)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.5])
def test_intervals_hold_the_truth_whatever_the_size_of_effects(spread: float) -> None:
    held = []
    for seed in range(60):
        answers, truth = draw_known(seed, spread)
        shares = predict_all(fit_context_model(answers), np.zeros((0, 3), dtype=np.int64))
        held.append(((shares.low <= truth) & (truth <= shares.high)).mean())
    assert 0.92 < np.mean(held) < 0.98


def test_where_nothing_has_an_effect_intervals_are_not_those_of_a_study_with_some() -> None:
    widths = []
    for spread in (0.0, 0.5):
        models = [fit_context_model(draw_known(seed, spread)[0]) for seed in range(20)]
        widths.append(np.mean([np.sqrt(np.diag(model.covariance)[1:5]).mean() for model in models]))
    assert widths[0] < 0.7 * widths[1]


def test_the_order_of_answers_changes_nothing() -> None:
    answers = draw_answers(3)
    order = np.random.default_rng(0).permutation(len(answers.outcomes))
    shuffled = make_answers(
        answers.attributes,
        answers.shown[order],
        answers.outcomes[order],
        answers.respondents[order],
    )
    one, other = fit_context_model(answers), fit_context_model(shuffled)
    assert one.values == pytest.approx(other.values, abs=1e-9)
    assert one.covariance == pytest.approx(other.covariance, abs=1e-9)


def test_the_same_answers_given_twice_by_the_same_people_are_no_more_certain() -> None:
    answers = draw_answers(4, respondents=400)
    twice = make_answers(
        answers.attributes,
        np.tile(answers.shown, (2, 1)),
        np.tile(answers.outcomes, 2),
        np.tile(answers.respondents, 2),
    )
    once = np.sqrt(fit_context_model(answers).covariance[0, 0])
    assert np.sqrt(fit_context_model(twice).covariance[0, 0]) > 0.85 * once


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_answers_that_are_all_alike_are_refused(outcome: float) -> None:
    answers = draw_answers(5)
    alike = make_answers(
        answers.attributes,
        answers.shown,
        np.full(len(answers.outcomes), outcome),
        answers.respondents,
    )
    with pytest.raises(InputError, match="All answers are alike"):
        fit_context_model(alike)


def test_the_model_of_many_answers_finds_the_true_shares() -> None:
    answers = draw_answers(6, respondents=4000)
    model = fit_context_model(answers)
    levels = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0]])
    heights = model.values[find_coefficients(model.terms, levels)].sum(axis=1)
    assert expit(heights) == pytest.approx([0.3, 0.45, 0.6], abs=0.03)
