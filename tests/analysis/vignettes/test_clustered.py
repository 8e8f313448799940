import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.vignettes.studies import draw_answers, name_attributes

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.clustered import bound, fit_clustered, lay_out, sum_clusters
from spreekruimte.analysis.vignettes.study import make_answers


def test_the_regression_is_what_dense_algebra_gives() -> None:
    answers = draw_answers(1)
    regression = fit_clustered(answers, [(0, 2)])
    levels = regression.columns.levels
    dense = np.array(
        [
            np.where(line >= 0, answers.shown == line, True).all(axis=1).astype(float)
            for line in levels
        ]
    ).T
    bread = np.linalg.inv(dense.T @ dense)
    values = bread @ dense.T @ answers.outcomes
    scores = np.zeros((answers.respondent_count, len(levels)))
    residuals = answers.outcomes - dense @ values
    np.add.at(scores, answers.respondents, dense * residuals[:, None])
    covariance = bread @ scores.T @ scores @ bread * 200 / 199
    assert regression.kept.all()
    assert regression.values == pytest.approx(values, abs=1e-12)
    assert regression.covariance == pytest.approx(covariance, abs=1e-12)


def test_the_level_of_the_first_attribute_of_a_product_runs_fastest() -> None:
    levels = lay_out(draw_answers(1), [(0, 2)]).levels
    assert levels[7:10].tolist() == [[1, -1, 1], [2, -1, 1], [1, -1, 2]]


@given(st.permutations(range(40)))
def test_the_order_of_answers_changes_nothing(order: list[int]) -> None:
    answers = draw_answers(2, respondents=10, sizes=(2, 2))
    shuffled = make_answers(
        answers.attributes,
        answers.shown[order],
        answers.outcomes[order],
        answers.respondents[order],
    )
    one, other = fit_clustered(answers, []), fit_clustered(shuffled, [])
    assert one.values == pytest.approx(other.values, abs=1e-12)
    assert one.covariance == pytest.approx(other.covariance, abs=1e-12)


def test_attributes_that_always_go_together_are_refused_by_name() -> None:
    shown = np.array([[0, 0], [1, 1], [0, 0], [1, 1]])
    answers = make_answers(
        name_attributes(2, 2), shown, np.array([0.0, 1.0, 1.0, 0.0]), np.array([0, 0, 1, 1])
    )
    with pytest.raises(InputError, match="effect of level 1, attribute 1, cannot be told"):
        fit_clustered(answers, [])


def test_an_error_of_nothing_gives_no_interval() -> None:
    estimates = bound(np.array([0.5, 0.5]), np.array([0.0, 0.1]), np.zeros((2, 1), np.int64), 9)
    assert np.isnan([estimates.low[0], estimates.high[0]]).all()
    assert estimates.low[1] == pytest.approx(0.5 - 0.1 * 2.2621572)


def test_a_respondent_counts_as_one() -> None:
    active = np.array([[0, 1], [0, -1], [0, 1]])
    meat = sum_clusters(active, np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1]), 2)
    assert meat.tolist() == [[9.0 + 16.0, 3.0 + 16.0], [3.0 + 16.0, 1.0 + 16.0]]
