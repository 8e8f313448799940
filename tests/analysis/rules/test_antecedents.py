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


def test_of_antecedents_that_capture_the_same_the_first_is_chosen() -> None:
    captured = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0], [1, 0, 0], [0, 1, 1]], dtype=np.bool_)
    assert choose_distinct(captured).tolist() == [1, 4]
