from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.studies.studied import FORBIDDEN, VALUES

from spreekruimte.cases.attributes import attributes
from spreekruimte.studies.plans import (
    MOST_COMBINATIONS,
    Plan,
    check_attributes,
    check_combinations,
    check_pairs,
)

PLAN = Plan(VALUES, FORBIDDEN, (("employer_type", "tone"),))


def test_attributes_come_in_the_order_of_the_schema() -> None:
    turned = {name: values[::-1] for name, values in reversed(list(VALUES.items()))}
    assert check_attributes(turned) == VALUES
    assert list(check_attributes(turned)) == list(VALUES)


@pytest.mark.parametrize(
    "chosen",
    [
        {**VALUES, "motive": ("inform", "debate")},
        {**VALUES, "shoe_size": ("small", "large")},
        {**VALUES, "capacity": ("expert", "baker")},
        {**VALUES, "capacity": ("expert", "expert")},
        {**VALUES, "capacity": ("expert",)},
        {"tone": ("neutral", "sharp")},
        {},
    ],
)
def test_what_cannot_be_compared_is_refused(chosen: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check_attributes(chosen)


def test_too_many_attributes_and_too_many_combinations_are_refused() -> None:
    public = [each for each in attributes().values() if each.is_public]
    with pytest.raises(ValidationError):
        check_attributes({each.id: each.allowed[:2] for each in public[:9]})
    large = sorted(public, key=lambda each: -len(each.allowed))[:8]
    with pytest.raises(ValidationError):
        check_attributes({each.id: each.allowed for each in large})
    five = [each for each in public if len(each.allowed) >= 5][:8]
    assert len(check_attributes({each.id: each.allowed[:5] for each in five})) == 8
    assert MOST_COMBINATIONS == 5**8


def test_a_combination_is_kept_once() -> None:
    assert check_combinations(VALUES, [*FORBIDDEN, *FORBIDDEN]) == list(FORBIDDEN)


@pytest.mark.parametrize(
    "rules",
    [
        [{"tone": "sharp"}],
        [{"tone": "sharp", "employer_type": "province"}],
        [{"tone": "sharp", "capacity": "expert"}],
        list(FORBIDDEN) * 21,
    ],
)
def test_what_is_no_combination_of_the_study_is_refused(rules: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        check_combinations(VALUES, rules)


def test_pairs_stand_in_the_order_of_the_study_and_once() -> None:
    pairs = [("tone", "employer_type"), ("employer_type", "tone")]
    assert check_pairs(VALUES, pairs) == [["employer_type", "tone"]]


@pytest.mark.parametrize(
    "pairs", [[("tone", "tone")], [("tone", "capacity")], [("tone", "employer_type")] * 4]
)
def test_what_is_no_pair_of_the_study_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ValidationError):
        check_pairs(VALUES, pairs)


@given(st.tuples(*(st.sampled_from(values) for values in VALUES.values())))
def test_levels_and_contexts_stand_for_each_other(chosen: tuple[str, ...]) -> None:
    context = dict(zip(VALUES, chosen, strict=True))
    assert PLAN.to_context(PLAN.to_levels(context)) == context


def test_the_analysis_gets_places() -> None:
    assert PLAN.sizes == (3, 3, 2)
    assert PLAN.forbidden_levels.tolist() == [[2, 2, -1]]
    assert PLAN.pair_places == [(0, 2)]
    assert PLAN.attributes[2].levels == ("neutral", "sharp")
