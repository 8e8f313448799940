import numpy as np
from tests.analysis.rules.drawing import ATTRIBUTES, KNOWN, SIZES

from spreekruimte.analysis.rules import AllOf, OneOf, combine_conditions, list_conditions
from spreekruimte.analysis.rules.antecedents import choose_distinct, find_captured


def test_each_value_and_its_opposite_is_asked_once() -> None:
    conditions = list_conditions(ATTRIBUTES)
    asked = {(each.column, each.codes) for each in conditions}
    assert len(conditions) == len(asked) == 2 * 3 + 2 + 2 * 4
    for column, size in enumerate(SIZES):
        for code in range(size):
            assert (column, frozenset({code})) in asked
            assert (column, frozenset(range(size)) - {code}) in asked


def test_two_conditions_are_of_different_attributes() -> None:
    conditions = list_conditions(ATTRIBUTES)
    combined = combine_conditions(conditions)
    pairs = combined[len(conditions) :]
    assert combined[: len(conditions)] == conditions
    assert len(pairs) == 6 * 2 + 6 * 8 + 2 * 8
    for pair in pairs:
        assert isinstance(pair, AllOf)
        first, second = pair.parts
        assert isinstance(first, OneOf)
        assert isinstance(second, OneOf)
        assert first.column < second.column


def test_what_depends_on_something_unknown_is_not_captured() -> None:
    cases = np.array([[2, 0, 0], [-1, 0, 0], [1, 0, 0]])
    assert find_captured([OneOf(0, frozenset({2}))], cases).tolist() == [[True, False, False]]


def test_no_antecedents_capture_nothing() -> None:
    assert find_captured([], KNOWN).shape == (0, len(KNOWN))


def choose(captured: list[list[int]], only_zero: list[int]) -> list[int]:
    flags = np.array(captured, dtype=np.bool_), np.array(only_zero, dtype=np.bool_)
    return choose_distinct(*flags).tolist()


def test_of_antecedents_that_capture_the_same_the_first_is_chosen() -> None:
    captured = [[1, 1, 1], [1, 0, 0], [0, 0, 0], [1, 0, 0], [0, 1, 1]]
    assert choose(captured, [0] * 6) == choose(captured, [1] * 6) == [1, 4]


def test_of_antecedents_that_capture_the_same_one_that_may_have_either_label_is_chosen() -> None:
    assert choose([[1, 0, 0], [0, 1, 1], [1, 0, 0]], [1, 1, 0, 0]) == [1, 2]


def test_what_captures_everything_is_chosen_where_the_default_cannot_say_that() -> None:
    captured = [[1, 1], [1, 1]]
    assert choose(captured, [1, 0, 1]) == [1]
    assert choose(captured, [1, 0, 0]) == choose(captured, [1, 1, 1]) == []
