from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import holds_where, make_line

from spreekruimte.analysis.rules import AnyOf, Except
from spreekruimte.cases.attributes import Attribute, attributes
from spreekruimte.guidelines.draft_check.questions import (
    MOST_FROM_RULES,
    choose_questions,
    known_questions,
)
from spreekruimte.guidelines.lines import Line


def names_of(studied: list[str], *lines: Line) -> list[str]:
    return [each.attribute.id for each in choose_questions(studied, lines)]


def test_everything_that_a_study_can_compare_can_be_asked() -> None:
    assert set(known_questions()) == {name for name, each in attributes().items() if each.is_public}
    assert all(each.text.nl.endswith("?") for each in known_questions().values())
    assert all(each.text.en.endswith("?") for each in known_questions().values())


def test_what_the_study_compares_is_asked_in_the_canonical_order() -> None:
    assert names_of(["tone", "employer_type"]) == ["employer_type", "tone"]


def test_without_a_study_a_few_things_are_asked() -> None:
    assert "tone" in names_of([])
    assert len(names_of([])) == 8


def test_what_rules_rest_on_is_asked_besides_if_it_can_be() -> None:
    predicate = Except(
        AnyOf((holds_where(tone="sharp"), holds_where(act_type="like"))),
        holds_where(motive="gain"),
    )
    assert names_of(["tone"], make_line(predicate=predicate)) == ["act_type", "tone"]


def test_of_many_those_are_asked_that_most_rules_rest_on() -> None:
    values = {name: each.allowed[0] for name, each in known_questions_of().items()}
    lines = [
        make_line(f"R{n}", predicate=holds_where(**{k: v}))
        for n, (k, v) in enumerate(values.items())
    ]
    last = list(values)[-1]
    lines.append(make_line("R99", predicate=holds_where(**{last: values[last]})))
    chosen = names_of(["tone"], *lines)
    assert len(chosen) == MOST_FROM_RULES + 1
    assert {"tone", last, *list(values)[: MOST_FROM_RULES - 1]} == set(chosen)


def known_questions_of() -> dict[str, Attribute]:
    return {name: each.attribute for name, each in known_questions().items() if name != "tone"}


@given(st.permutations(["tone", "act_type", "visibility", "moment"]))
def test_the_order_of_rules_changes_nothing(order: list[str]) -> None:
    lines = [
        make_line(predicate=holds_where(**{name: attributes()[name].allowed[0]})) for name in order
    ]
    assert names_of(["tone"], *lines) == names_of(["tone"], *sorted(lines, key=str))
