import numpy as np
import pytest
from scipy.special import expit
from tests.analysis.vignettes.studies import draw_answers

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.combinations import find_coefficients
from spreekruimte.analysis.vignettes.hierarchical import fit_context_model
from spreekruimte.analysis.vignettes.room import Shares, map_room, predict_all

SIZES = (3, 2, 4)
MODEL = fit_context_model(draw_answers(1, sizes=SIZES), [(0, 2)])
GRID = np.indices(SIZES).reshape(3, -1).T
NOTHING = np.zeros((0, 3), dtype=np.int64)
EVEN = tuple(np.ones(size) for size in SIZES)


def test_every_combination_has_the_share_of_its_coefficients() -> None:
    shares = predict_all(MODEL, NOTHING)
    active = find_coefficients(MODEL.terms, GRID)
    assert shares.values == pytest.approx(expit(MODEL.values[active].sum(axis=1)))
    assert ((shares.low < shares.values) & (shares.values < shares.high)).all()


def test_a_forbidden_combination_has_no_share() -> None:
    forbidden = np.array([[0, -1, 3]])
    shares = predict_all(MODEL, forbidden)
    assert np.array_equal(np.isnan(shares.values), (GRID[:, 0] == 0) & (GRID[:, 2] == 3))
    cells = map_room(MODEL, (0, 2), EVEN, forbidden)
    assert np.argwhere(np.isnan(cells.values)).tolist() == [[0, 3]]
    assert np.argwhere(np.isnan(cells.low)).tolist() == [[0, 3]]
    assert not cells.is_open[0, 3]


def test_a_cell_is_the_average_over_the_others_by_how_often_they_occur() -> None:
    occurrence = (EVEN[0], np.array([1.0, 3.0]), EVEN[2])
    cells = map_room(MODEL, (0, 2), occurrence, NOTHING)
    every = predict_all(MODEL, NOTHING).values.reshape(SIZES)
    assert cells.values == pytest.approx((every * np.array([0.25, 0.75])[:, None]).sum(axis=1))


def test_an_attribute_can_be_fixed() -> None:
    fixed = (EVEN[0], np.array([0.0, 2.0]), EVEN[2])
    cells, every = map_room(MODEL, (0, 2), fixed, NOTHING), predict_all(MODEL, NOTHING)
    assert cells.values == pytest.approx(every.values.reshape(SIZES)[:, 1])
    assert cells.low == pytest.approx(every.low.reshape(SIZES)[:, 1])
    assert cells.high == pytest.approx(every.high.reshape(SIZES)[:, 1])


def test_the_map_turned_round_is_the_same_map() -> None:
    one, other = map_room(MODEL, (0, 2), EVEN, NOTHING), map_room(MODEL, (2, 0), EVEN, NOTHING)
    assert pytest.approx(other.values) == one.values.T
    assert pytest.approx(other.high) == one.high.T


def test_a_cell_is_open_where_the_interval_spans_one_half() -> None:
    low, high = np.array([0.4, 0.5, 0.51, 0.1]), np.array([0.6, 0.7, 0.8, 0.49])
    assert Shares(0.5 * (low + high), low, high).is_open.tolist() == [True, True, False, False]


def test_an_attribute_of_which_nothing_occurs_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="No level of attribute 1 occurs"):
        map_room(MODEL, (0, 2), (EVEN[0], np.zeros(2), EVEN[2]), NOTHING)


def test_a_map_on_which_all_is_forbidden_is_refused() -> None:
    with pytest.raises(InputError, match="leave nothing to show"):
        map_room(MODEL, (0, 2), EVEN, np.array([[-1, 0, -1], [-1, 1, -1]]))


@pytest.mark.parametrize("wrong", [np.array([1.0, -1.0]), np.ones(3)])
def test_weights_that_do_not_fit_are_an_error(
    wrong: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    with pytest.raises(ValueError, match="Each level"):
        map_room(MODEL, (0, 2), (EVEN[0], wrong, EVEN[2]), NOTHING)


def test_a_map_of_one_attribute_is_an_error() -> None:
    with pytest.raises(ValueError, match="two different"):
        map_room(MODEL, (1, 1), EVEN, NOTHING)
