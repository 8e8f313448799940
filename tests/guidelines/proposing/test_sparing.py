from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import holds_where

from spreekruimte.analysis.rules import ALWAYS, NEVER, AllOf, OneOf, Predicate, RuleList
from spreekruimte.guidelines.floor import find_protected_values
from spreekruimte.guidelines.proposing.sparing import FORBID, PERMIT, add_spared, allow_labels
from spreekruimte.guidelines.vocabulary import rule_attributes

CAPACITY, TONE, INTEREST = map(rule_attributes().find, ("capacity", "tone", "public_interest"))


def code(column: int, *values: str) -> OneOf:
    attribute = rule_attributes().columns[column]
    return OneOf(column, frozenset(attribute.code(value) for value in values))


def test_what_is_protected_by_itself_is_known() -> None:
    protected = find_protected_values()
    assert protected["party_political"] == {"candidate_own"}
    assert protected["capacity"] == {"elected_politician", "dual_role", "union_or_works_council"}
    assert protected["public_interest"] == {"wrongdoing"}
    assert "speech_type" not in protected


@pytest.mark.parametrize(
    ("antecedent", "allowed"),
    [
        (ALWAYS, {PERMIT}),
        (code(TONE, "threatening"), {PERMIT, FORBID}),
        (code(CAPACITY, "expert"), {FORBID}),
        (code(CAPACITY, "union_or_works_council"), set()),
        (code(CAPACITY, "union_or_works_council", "elected_politician", "dual_role"), {PERMIT}),
        (AllOf((code(TONE, "sharp"), code(CAPACITY, "dual_role"))), set()),
        (AllOf((code(TONE, "sharp"), code(INTEREST, "wrongdoing"))), {PERMIT}),
        (holds_where(speech_type="fact", accuracy="correct"), {PERMIT}),
    ],
    ids=str,
)
def test_labels_spare_what_is_protected(antecedent: Predicate, allowed: set[bool]) -> None:
    assert allow_labels(antecedent) == allowed


def test_other_conditions_are_no_rules() -> None:
    with pytest.raises(TypeError):
        allow_labels(NEVER)


def test_what_names_something_on_a_protected_attribute_can_permit_as_well() -> None:
    tone, strong = code(TONE, "sharp"), code(INTEREST, "strong")
    spared = code(INTEREST, "strong", "wrongdoing")
    assert add_spared([tone, strong]) == [tone, strong, spared]
    assert add_spared([AllOf((tone, strong))])[1] == AllOf((tone, spared))


def _choose(column: int) -> st.SearchStrategy[OneOf]:
    codes = st.integers(0, len(rule_attributes().columns[column].values) - 1)
    return st.frozensets(codes, min_size=1).map(lambda chosen: OneOf(column, chosen))


def _conditions() -> st.SearchStrategy[Predicate]:
    capacity, tone, interest = map(_choose, (CAPACITY, TONE, INTEREST))
    pairs = st.one_of(st.tuples(capacity, tone), st.tuples(tone, interest)).map(AllOf)
    return st.one_of(capacity, tone, interest, pairs)


def _contexts() -> st.SearchStrategy[list[int]]:
    sizes = [len(each.values) for each in rule_attributes().columns]
    return st.tuples(*(st.integers(0, size - 1) for size in sizes)).map(list)


@given(st.lists(st.tuples(_conditions(), st.booleans()), max_size=6), _contexts())
def test_who_does_what_is_protected_is_never_treated_more_strictly(
    rules: Sequence[tuple[Predicate, bool]], context: list[int]
) -> None:
    kept = [(each, label) for each, label in rules if label in allow_labels(each)]
    said = RuleList(tuple(each for each, _ in kept), tuple(label for _, label in kept), False)
    codes = np.array([context])
    for name, values in find_protected_values().items():
        column = rule_attributes().find(name)
        for value in values:
            changed = codes.copy()
            changed[0, column] = rule_attributes().columns[column].code(value)
            assert said.predict(changed)[0] <= said.predict(codes)[0]
