import numpy as np
from tests.analysis.rules.drawing import ATTRIBUTES, KNOWN, SIZES

from spreekruimte.analysis.rules import AllOf, OneOf, combine_conditions, list_conditions
from spreekruimte.analysis.rules.antecedents import choose_distinct, find_captured, list_supported
from spreekruimte.analysis.rules.branch_and_bound import EITHER


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


def test_only_values_that_occur_often_enough_are_asked() -> None:
    cases = np.array([[0, 0, 3], [0, 1, 3], [1, 0, 3], [1, 1, -1], [2, 0, 3]])
    found = list_supported(cases, [0, 1], fewest=2)
    zero, one, left, right = (OneOf(a, frozenset({b})) for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)))
    others = [OneOf(0, frozenset(codes)) for codes in ({1, 2}, {0, 2}, {0, 1})]
    assert found == [zero, one, left, right, *others]
    pairs = [AllOf(two) for two in ((zero, left), (zero, right), (one, left), (one, right))]
    two = OneOf(0, frozenset({2}))
    assert list_supported(cases, [0, 1], fewest=1) == [
        zero,
        one,
        two,
        left,
        right,
        *others,
        *pairs,
        AllOf((two, left)),
    ]


def choose(captured: list[list[int]], labels: list[int]) -> list[int]:
    flags = np.array(captured, dtype=np.bool_)
    return [int(each) for each in choose_distinct(flags, np.array(labels, dtype=np.int64))]


def test_of_antecedents_that_capture_the_same_the_first_is_chosen() -> None:
    captured = [[1, 1, 1], [1, 0, 0], [0, 0, 0], [1, 0, 0], [0, 1, 1]]
    assert choose(captured, [EITHER] * 6) == choose(captured, [1] * 6) == [1, 4]


def test_of_antecedents_that_capture_the_same_one_that_may_have_either_label_is_chosen() -> None:
    captured = [[1, 0, 0]] * 3
    assert choose(captured, [0, 1, EITHER, EITHER]) == [2]
    assert choose(captured, [0, 1, 0, EITHER]) == [0, 1]


def test_what_captures_everything_is_chosen_where_the_default_cannot_say_that() -> None:
    captured = [[1, 1]]
    assert choose(captured, [EITHER, 0]) == choose(captured, [1, 0]) == [0]
    assert choose(captured, [0, 0]) == choose(captured, [EITHER, EITHER]) == []
