"""What the public is expected to find of one context, and what would change that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.vignettes.studies import draw_answers

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes.drafts import find_nearest, find_turns, predict_context
from spreekruimte.analysis.vignettes.hierarchical import fit_context_model
from spreekruimte.analysis.vignettes.room import map_room, predict_all

SIZES = (3, 2, 4)
MODEL = fit_context_model(draw_answers(1, sizes=SIZES), [(0, 2)])
NOTHING = np.zeros((0, 3), dtype=np.int64)
OFTEN = (np.array([1.0, 2.0, 1.0]), np.array([1.0, 3.0]), np.array([1.0, 0.0, 1.0, 1.0]))
EVERY = predict_all(MODEL, NOTHING)
LEVELS = [range(size) for size in SIZES]


def place_of(levels: tuple[int, int, int]) -> int:
    return int(np.ravel_multi_index(levels, SIZES))


def test_a_context_that_is_known_whole_has_the_share_of_its_combination() -> None:
    found, place = predict_context(MODEL, (2, 1, 3), OFTEN, NOTHING), place_of((2, 1, 3))
    assert [found.value, found.low, found.high] == pytest.approx(
        [EVERY.values[place], EVERY.low[place], EVERY.high[place]]
    )


def test_what_is_not_known_is_averaged_by_how_often_it_occurs() -> None:
    found = predict_context(MODEL, (2, -1, 3), OFTEN, NOTHING)
    both = [EVERY.values[place_of((2, level, 3))] for level in (0, 1)]
    assert found.value == pytest.approx(0.25 * both[0] + 0.75 * both[1])
    # As the map has it, where all else is averaged.
    cells = map_room(MODEL, (0, 2), OFTEN, NOTHING)
    assert found.low == pytest.approx(cells.low[2, 3])


def test_of_a_context_that_cannot_be_nothing_is_expected() -> None:
    with pytest.raises(InputError, match="cannot occur"):
        predict_context(MODEL, (0, 1, 3), OFTEN, np.array([[0, -1, 3]]))


def test_each_other_level_of_what_is_known_is_tried_the_largest_change_first() -> None:
    turns = find_turns(MODEL, (2, -1, 3), OFTEN, NOTHING, LEVELS)
    assert {(turn.place, turn.level) for turn in turns} == {(0, 0), (0, 1), (2, 0), (2, 1), (2, 2)}
    changes = [abs(turn.change) for turn in turns]
    assert changes == sorted(changes, reverse=True)
    before = predict_context(MODEL, (2, -1, 3), OFTEN, NOTHING).value
    for turn in turns:
        assert turn.change == pytest.approx(turn.expected.value - before)
        assert turn.low < turn.change < turn.high


def test_the_interval_of_a_change_does_not_count_twice_what_both_have_in_common() -> None:
    turn = find_turns(MODEL, (2, 1, 3), OFTEN, NOTHING, LEVELS)[0]
    before = predict_context(MODEL, (2, 1, 3), OFTEN, NOTHING)
    apart = (before.high - before.low) ** 2 + (turn.expected.high - turn.expected.low) ** 2
    assert (turn.high - turn.low) ** 2 < apart


def test_a_change_into_what_cannot_occur_is_not_told() -> None:
    turns = find_turns(MODEL, (2, 1, 3), OFTEN, np.array([[0, -1, 3]]), LEVELS)
    assert (0, 0) not in {(turn.place, turn.level) for turn in turns}


def test_only_what_is_asked_for_is_tried() -> None:
    turns = find_turns(MODEL, (2, 1, -1), OFTEN, NOTHING, [[1, 2], [], [0]])
    assert [(turn.place, turn.level) for turn in turns] == [(0, 1)]


def test_nothing_known_leaves_nothing_to_change() -> None:
    assert find_turns(MODEL, (-1, -1, -1), OFTEN, NOTHING, LEVELS) == []


def test_an_attribute_without_any_level_that_occurs_is_refused_by_its_name() -> None:
    never = (OFTEN[0], np.zeros(2), OFTEN[2])
    with pytest.raises(InputError, match=MODEL.attributes[1].name):
        predict_context(MODEL, (-1, -1, -1), never, NOTHING)


CASES = np.array([[0, 1, 2], [0, 1, -1], [1, 0, 0]])
WEIGHTS = np.array([1.0, 1.0, 2.0])


def test_the_nearest_case_shares_most_of_what_is_known() -> None:
    assert find_nearest(np.array([0, 1, 2]), CASES, WEIGHTS, 5) == [(0, 1.0), (1, 0.5)]
    assert find_nearest(np.array([0, 1, -1]), CASES, WEIGHTS, 5) == [(0, 1.0), (1, 1.0)]
    assert find_nearest(np.array([0, 1, 2]), CASES, WEIGHTS, 1) == [(0, 1.0)]


def test_with_nothing_known_no_case_is_near() -> None:
    assert find_nearest(np.array([-1, -1, -1]), CASES, WEIGHTS, 5) == []


@given(st.permutations(range(3)), st.lists(st.integers(-1, 2), min_size=3, max_size=3))
def test_the_order_of_attributes_does_not_change_what_is_near(
    order: list[int], context: list[int]
) -> None:
    one = find_nearest(np.array(context), CASES, WEIGHTS, 3)
    other = find_nearest(np.array(context)[order], CASES[:, order], WEIGHTS[order], 3)
    assert one == other
