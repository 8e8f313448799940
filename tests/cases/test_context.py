import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import MOST, Context, ContextError, Problem

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=8,
)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(list(attributes())), unique=True))
    found: dict[str, Any] = {
        attribute: draw(st.sampled_from(attributes()[attribute].allowed)) for attribute in chosen
    }
    if "reach_at_posting" in found and draw(st.booleans()):
        found["reach_at_posting"] = draw(st.integers(0, MOST))
    if "repetition" in found and draw(st.booleans()):
        found["repetition"] = {"value": found["repetition"], "count": draw(st.integers(0, MOST))}
    return found


def codes(answers: object) -> list[str]:
    with pytest.raises(ContextError) as refused:
        Context.of(answers)
    return [problem.code for problem in refused.value.problems]


@given(answers())
def test_a_context_comes_back_equal_from_json(answers: dict[str, Any]) -> None:
    context = Context.of(answers)
    assert Context.from_json(context.to_json()) == context
    assert Context.of(json.loads(context.to_json())) == context


@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(answers: dict[str, Any], random: Random) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    one, other = Context.of(answers), Context.of(dict(shuffled))
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_json() == other.to_json()


@given(st.dictionaries(st.sampled_from([*attributes(), "else"]) | ANYTHING.filter(
    lambda key: isinstance(key, str | int)), ANYTHING) | ANYTHING)  # fmt: skip
def test_whatever_is_given_is_a_context_or_refused_in_one_way(given: object) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        context = Context.of(given)
    except ContextError as refused:
        problems = refused.problems
    else:
        assert Context.from_json(context.to_json()) == context
    assert all(problem.sentence.in_english() for problem in problems)


@given(st.text(), st.sampled_from(list(attributes())))
def test_no_attribute_takes_free_text(text: str, attribute: str) -> None:
    if text not in attributes()[attribute].allowed:
        assert codes({attribute: text}) == ["unknown_value"]


def test_contexts_that_differ_are_not_equal() -> None:
    assert Context.of({"tone": "sharp"}) != Context.of({"tone": "neutral"})
    assert Context.of({"reach_at_posting": 30}) != Context.of({"reach_at_posting": "lt100"})


def test_every_problem_is_named_with_what_is_allowed() -> None:
    with pytest.raises(ContextError) as refused:
        Context.of({"tone": "loud", "smell": "sweet", "harm_gravity": 2})
    found = {problem.attribute: problem for problem in refused.value.problems}
    assert {key: problem.code for key, problem in found.items()} == {
        "tone": "unknown_value",
        "smell": "unknown_attribute",
        "harm_gravity": "wrong_type",
    }
    assert "loud" in str(refused.value)
    assert "contemptuous" in found["tone"].sentence.in_english()
    assert "int" in found["harm_gravity"].sentence.in_english()
    assert "account_type" in found["smell"].sentence.in_english()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"repetition": {"value": "pattern", "days": 3}}, "unknown_number"),
        ({"repetition": {"value": "pattern", "months": "3"}}, "wrong_number"),
        ({"repetition": {"value": "pattern", "months": True}}, "wrong_number"),
        ({"repetition": {"value": "pattern", "count": -1}}, "wrong_number"),
        ({"repetition": {"count": 9}}, "wrong_type"),
        ({"repetition": 9}, "wrong_type"),
        ({"reach_at_posting": {"followers": MOST + 1}}, "wrong_number"),
        ({"reach_at_posting": {"value": "gt10k", "followers": 5}}, "number_against_value"),
        ({"reach_at_posting": 10**6000}, "wrong_type"),
        ({"tone": None}, "wrong_type"),
        ({"tone": ["sharp"]}, "wrong_type"),
        ({"tone": {"value": "sharp", "words": "very"}}, "unknown_number"),
        ({10**6000: "sharp"}, "unknown_attribute"),
        (["tone"], "not_an_object"),
    ],
)
def test_what_is_wrong_has_a_code(given: object, code: str) -> None:
    assert codes(given) == [code]


@pytest.mark.parametrize("text", ["{", "[" * 200_000, '{"tone": 1' + "0" * 5000 + "}"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ContextError) as refused:
        Context.from_json(text)
    assert [problem.code for problem in refused.value.problems] == ["not_json"]


def test_a_long_value_is_shortened_where_it_is_told() -> None:
    with pytest.raises(ContextError) as refused:
        Context.of({"tone": "x" * 10_000})
    assert len(str(refused.value)) < 200


def test_a_number_decides_its_range_and_stays_beside_it() -> None:
    for reach in (30, {"followers": 30}, {"value": "lt100", "followers": 30}):
        (answer,) = Context.of({"reach_at_posting": reach})
        assert (answer.value, answer.numbers) == ("lt100", (("followers", 30),))


def test_the_public_sees_no_hidden_attribute_and_no_precise_number() -> None:
    context = Context.of({"reach_at_posting": 30, "motive": "debate", "tone": "sharp"})
    assert context.public() == Context.of({"reach_at_posting": "lt100", "tone": "sharp"})


def test_an_attribute_without_answer_is_not_known() -> None:
    context = Context.of({"tone": "sharp"})
    assert context.get("tone") == "sharp"
    assert context.get("motive") is None
    assert context.is_one_of("tone", "mocking", "sharp")
    assert not context.is_one_of("motive", "debate")
