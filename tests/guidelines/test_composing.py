from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import holds_where, predicates

from spreekruimte.analysis.rules import (
    ALWAYS,
    AllOf,
    AnyOf,
    Except,
    OneOf,
    Predicate,
    canonicalise,
)
from spreekruimte.guidelines.composing import Join, join_part, list_parts, remove_part
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.vocabulary import rule_attributes


def of(**values: str) -> Predicate:
    (name, value), *_rest = values.items()
    return read_condition({"attribute": name, "in": [value]})


A, B, C = of(tone="sharp"), of(act_type="like"), of(moment="crisis")


def test_a_condition_begins_where_it_always_holds() -> None:
    assert join_part(ALWAYS, "", "and", A) == A
    assert join_part(ALWAYS, "", "or", A) == A
    assert join_part(ALWAYS, "", "replace", A) == A
    assert join_part(ALWAYS, "", "except", A) == Except(ALWAYS, A)


def test_parts_are_joined_to_the_whole() -> None:
    both = join_part(A, "", "and", B)
    assert both == AllOf((A, B))
    assert join_part(both, "", "and", C) == AllOf((A, B, C))
    assert join_part(both, "", "or", C) == AnyOf((both, C))
    assert join_part(both, "", "except", C) == Except(both, C)
    assert join_part(Except(A, B), "", "except", C) == Except(A, AnyOf((B, C)))


def test_parts_are_joined_to_a_part() -> None:
    both = AllOf((A, B))
    assert join_part(both, "1", "or", C) == AllOf((A, AnyOf((B, C))))
    assert join_part(Except(both, C), "0.0", "replace", C) == Except(AllOf((C, B)), C)


def test_parts_are_taken_out() -> None:
    assert remove_part(A, "") == ALWAYS
    assert remove_part(AllOf((A, B)), "0") == B
    assert remove_part(AllOf((A, B, C)), "1") == AllOf((A, C))
    assert remove_part(AnyOf((A,)), "0") == ALWAYS
    assert remove_part(Except(A, B), "1") == A
    assert remove_part(Except(A, B), "0") == Except(ALWAYS, B)


def test_parts_are_listed_with_their_paths() -> None:
    listed = dict(list_parts(Except(AllOf((A, B)), C)))
    assert listed == {"": Except(AllOf((A, B)), C), "0": AllOf((A, B)), "0.0": A, "0.1": B, "1": C}


@given(predicates, st.data())
def test_what_was_added_last_can_be_taken_out_again(
    predicate: Predicate, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([each for each, _part in list_parts(predicate)]))
    joins: list[Join] = ["and", "or", "except", "replace"]
    for join in joins:
        joined = join_part(predicate, path, join, A)
        places = [each for each, part in list_parts(joined) if part == A]
        assert places
    if isinstance(dict(list_parts(predicate))[path], OneOf):
        joined = join_part(predicate, path, "and", C)
        taken = remove_part(joined, f"{path}.1".lstrip("."))
        known = rule_attributes()
        assert canonicalise(taken, known) == canonicalise(predicate, known)


@pytest.mark.parametrize("path", ["7", "0", "x"])
def test_there_is_no_part_at_a_path_that_leads_nowhere(path: str) -> None:
    with pytest.raises(KeyError):
        join_part(A, path, "and", B)
    with pytest.raises(KeyError):
        remove_part(holds_where(tone="sharp", act_type="like"), "0.0.0")
