import numpy as np
from hypothesis import given
from tests.analysis.rules.drawing import ATTRIBUTES, CASES, KNOWN, predicates

from spreekruimte.analysis.rules import (
    ALWAYS,
    FALSE,
    NEVER,
    TRUE,
    UNDECIDED,
    AllOf,
    AnyOf,
    Except,
    OneOf,
    Predicate,
    canonicalise,
    evaluate,
    find_example,
    implies,
    is_contradictory,
)

LOW, HIGH = OneOf(0, frozenset({0})), OneOf(0, frozenset({2}))
LIKE = OneOf(1, frozenset({1}))


def test_an_exception_becomes_the_other_values() -> None:
    found = canonicalise(Except(LIKE, HIGH), ATTRIBUTES)
    assert found == AllOf((OneOf(0, frozenset({0, 1})), LIKE))


def test_values_of_one_attribute_are_joined() -> None:
    assert canonicalise(AnyOf((HIGH, LOW)), ATTRIBUTES) == OneOf(0, frozenset({0, 2}))
    assert canonicalise(AllOf((HIGH, LOW)), ATTRIBUTES) == NEVER
    assert canonicalise(OneOf(1, frozenset({0, 1})), ATTRIBUTES) == ALWAYS


def test_an_example_shows_how_a_predicate_can_hold() -> None:
    assert find_example(AllOf((HIGH, LIKE)), ATTRIBUTES) == {"rank": "high", "act": "like"}
    assert find_example(AllOf((HIGH, LOW)), ATTRIBUTES) is None


@given(predicates)
def test_the_canonical_form_decides_what_the_predicate_decides(predicate: Predicate) -> None:
    given_truth = evaluate(predicate, CASES)
    found = evaluate(canonicalise(predicate, ATTRIBUTES), CASES)
    assert ((found == given_truth) | (given_truth == UNDECIDED)).all()


@given(predicates)
def test_a_canonical_form_is_its_own(predicate: Predicate) -> None:
    canonical = canonicalise(predicate, ATTRIBUTES)
    assert canonicalise(canonical, ATTRIBUTES) == canonical


@given(predicates, predicates)
def test_the_order_of_parts_does_not_change_the_canonical_form(
    first: Predicate, second: Predicate
) -> None:
    for kind in (AllOf, AnyOf):
        forward = canonicalise(kind((first, second)), ATTRIBUTES)
        assert forward == canonicalise(kind((second, first, second)), ATTRIBUTES)


@given(predicates)
def test_contradictory_is_what_holds_in_no_case(predicate: Predicate) -> None:
    holds = evaluate(predicate, KNOWN) == TRUE
    assert is_contradictory(predicate, ATTRIBUTES) == (not holds.any())


@given(predicates, predicates)
def test_one_implies_another_that_holds_wherever_it_does(
    first: Predicate, second: Predicate
) -> None:
    holds = evaluate(second, KNOWN)[evaluate(first, KNOWN) == TRUE] == TRUE
    assert implies(first, second, ATTRIBUTES) == holds.all()


@given(predicates)
def test_every_case_like_the_example_meets_the_predicate(predicate: Predicate) -> None:
    example = find_example(predicate, ATTRIBUTES)
    if example is None:
        assert (evaluate(predicate, KNOWN) == FALSE).all()
    else:
        codes = ATTRIBUTES.code_cases([example])[0]
        alike = KNOWN[((codes == KNOWN) | (np.asarray(codes) < 0)).all(axis=1)]
        assert (evaluate(predicate, alike) == TRUE).all()
