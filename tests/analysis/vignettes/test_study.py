import numpy as np
import pytest
from tests.analysis.vignettes.studies import name_attributes

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.study import find_restricted_pairs, make_answers

SHOWN = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])
OUTCOMES = np.array([0.0, 1.0, 1.0, 0.0])


def test_answers_of_one_respondent_stand_beside_each_other() -> None:
    shown = SHOWN[[0, 2, 1, 3]]
    answers = make_answers(name_attributes(2, 2), shown, OUTCOMES, np.array([7, 3, 7, 3]))
    assert answers.respondents.tolist() == [0, 0, 1, 1]
    assert answers.shown.tolist() == [[0, 1], [1, 0], [0, 0], [1, 1]]
    assert answers.outcomes.tolist() == [1.0, 0.0, 0.0, 1.0]


def test_a_study_with_one_respondent_is_refused() -> None:
    with pytest.raises(InputError, match="1 respondents; nothing can be said"):
        make_answers(name_attributes(2, 2), SHOWN, OUTCOMES, np.zeros(4, np.int64))


def test_a_level_that_one_respondent_saw_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="Of attribute 0, level 0 was seen by 1 respondents"):
        make_answers(name_attributes(2, 2), SHOWN, OUTCOMES, np.array([0, 1, 0, 2]))


def test_a_level_that_nobody_saw_is_refused() -> None:
    with pytest.raises(InputError, match="level 2 was seen by 0 respondents"):
        make_answers(name_attributes(2, 3), SHOWN, OUTCOMES, np.array([0, 0, 1, 1]))


@pytest.mark.parametrize("outcome", [-0.1, 1.1, np.nan])
def test_an_outcome_outside_of_its_range_is_refused(outcome: float) -> None:
    outcomes = np.array([0.0, 1.0, outcome, 0.0])
    with pytest.raises(InputError, match="from 0 to 1"):
        make_answers(name_attributes(2, 2), SHOWN, outcomes, np.array([0, 0, 1, 1]))


@pytest.mark.parametrize(
    ("shown", "outcomes"), [(SHOWN[:, :1], OUTCOMES), (SHOWN + 1, OUTCOMES), (SHOWN, OUTCOMES[:3])]
)
def test_arrays_that_do_not_fit_are_an_error(
    shown: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    outcomes: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    with pytest.raises(ValueError, match="Each"):
        make_answers(name_attributes(2, 2), shown, outcomes, np.array([0, 0, 1, 1]))


def test_forbidden_combinations_tie_attributes_in_pairs() -> None:
    forbidden = np.array([[0, 1, -1, -1], [2, 1, -1, -1], [-1, 1, 0, 1], [-1, -1, -1, 1]])
    assert find_restricted_pairs(forbidden) == [(0, 1), (1, 2), (1, 3), (2, 3)]
