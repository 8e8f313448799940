import numpy as np
from hypothesis import given
from tests.analysis.rules.drawing import ATTRIBUTES, CASES, SIZES, predicates

from spreekruimte.analysis.rules import (
    ALWAYS,
    FALSE,
    NEVER,
    TRUE,
    UNDECIDED,
    UNKNOWN,
    AllOf,
    AnyOf,
    Except,
    OneOf,
    Predicate,
    evaluate,
    evaluate_one,
    parts_of,
)

HIGH, LIKE = OneOf(0, frozenset({2})), OneOf(1, frozenset({1}))


def evaluate_case(predicate: Predicate, *codes: int) -> int:
    return int(evaluate(predicate, np.array([codes]))[0])


def test_a_value_holds_fails_or_stays_unknown() -> None:
    found = [evaluate_case(HIGH, code, 0, 0) for code in (2, 1, UNKNOWN)]
    assert found == [TRUE, FALSE, UNDECIDED]


def test_an_unknown_value_does_not_matter_where_the_rest_decides() -> None:
    assert evaluate_case(AllOf((HIGH, LIKE)), UNKNOWN, 0, 0) == FALSE
    assert evaluate_case(AllOf((HIGH, LIKE)), UNKNOWN, 1, 0) == UNDECIDED
    assert evaluate_case(AnyOf((HIGH, LIKE)), UNKNOWN, 1, 0) == TRUE
    assert evaluate_case(AnyOf((HIGH, LIKE)), UNKNOWN, 0, 0) == UNDECIDED
    assert evaluate_case(Except(HIGH, LIKE), UNKNOWN, 1, 0) == FALSE
    assert evaluate_case(Except(HIGH, LIKE), 2, UNKNOWN, 0) == UNDECIDED
    assert evaluate_case(Except(HIGH, LIKE), 2, 0, 0) == TRUE


def test_nothing_asked_always_holds_and_no_way_never_does() -> None:
    assert (evaluate(ALWAYS, CASES) == TRUE).all()
    assert (evaluate(NEVER, CASES) == FALSE).all()


@given(predicates)
def test_of_one_case_the_same_is_said_as_of_many(predicate: Predicate) -> None:
    one_by_one = [evaluate_one(predicate, case) for case in CASES.tolist()]
    assert one_by_one == evaluate(predicate, CASES).tolist()


@given(predicates)
def test_what_becomes_known_never_changes_what_was_decided(predicate: Predicate) -> None:
    truths = {
        tuple(case): truth for case, truth in zip(CASES, evaluate(predicate, CASES), strict=True)
    }
    for case, truth in truths.items():
        for column, size in enumerate(SIZES):
            if case[column] == UNKNOWN and truth != UNDECIDED:
                filled = [(*case[:column], code, *case[column + 1 :]) for code in range(size)]
                assert {int(truths[each]) for each in filled} == {int(truth)}


@given(predicates)
def test_known_cases_are_always_decided(predicate: Predicate) -> None:
    known = CASES[(CASES != UNKNOWN).all(axis=1)]
    assert len(known) == np.prod([len(each.values) for each in ATTRIBUTES.columns])
    assert (evaluate(predicate, known) != UNDECIDED).all()


@given(predicates, predicates)
def test_more_parts_never_make_all_of_them_truer_nor_any_of_them_less(
    first: Predicate, second: Predicate
) -> None:
    alone = evaluate(first, CASES)
    assert (evaluate(AllOf((first, second)), CASES) <= alone).all()
    assert (evaluate(AnyOf((first, second)), CASES) >= alone).all()
    assert (evaluate(Except(first, second), CASES) <= alone).all()


def test_a_condition_is_made_of_its_parts_and_one_attribute_of_nothing() -> None:
    assert parts_of(HIGH) == parts_of(ALWAYS) == ()
    assert parts_of(AllOf((HIGH, LIKE))) == parts_of(AnyOf((HIGH, LIKE))) == (HIGH, LIKE)
    assert parts_of(Except(HIGH, LIKE)) == (HIGH, LIKE)
