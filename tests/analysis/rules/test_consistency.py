from tests.analysis.rules.drawing import ATTRIBUTES

from spreekruimte.analysis.rules import (
    ALWAYS,
    AllOf,
    Contradiction,
    Effect,
    Except,
    OneOf,
    Redundancy,
    Rule,
    find_contradictions,
    find_redundancies,
)

HIGH, LIKE = OneOf(0, frozenset({2})), OneOf(1, frozenset({1}))


def test_what_one_rule_forbids_and_another_frees_is_shown_by_an_example() -> None:
    rules = [Rule("free", HIGH, Effect.FREE), Rule("strict", LIKE, Effect.FORBID)]
    example = {"rank": "high", "act": "like"}
    assert find_contradictions(rules, ATTRIBUTES) == [Contradiction("strict", "free", example)]


def test_rules_that_never_meet_or_only_warn_do_not_contradict() -> None:
    rules = [
        Rule("free", Except(HIGH, LIKE), Effect.FREE),
        Rule("strict", LIKE, Effect.FORBID),
        Rule("careful", ALWAYS, Effect.CAUTION),
    ]
    assert find_contradictions(rules, ATTRIBUTES) == []


def test_a_rule_within_another_of_the_same_effect_is_redundant() -> None:
    narrow = Rule("narrow", AllOf((HIGH, LIKE)), Effect.FORBID)
    wide = Rule("wide", LIKE, Effect.FORBID)
    for rules in ([narrow, wide], [wide, narrow]):
        assert find_redundancies(rules, ATTRIBUTES) == [Redundancy("narrow", "wide")]


def test_of_two_equal_rules_the_later_is_redundant() -> None:
    rules = [Rule("a", LIKE, Effect.FORBID), Rule("b", AllOf((LIKE,)), Effect.FORBID)]
    assert find_redundancies(rules, ATTRIBUTES) == [Redundancy("b", "a")]


def test_rules_of_other_effects_or_contexts_are_not_redundant() -> None:
    rules = [
        Rule("a", LIKE, Effect.FORBID),
        Rule("b", LIKE, Effect.CAUTION),
        Rule("c", HIGH, Effect.FORBID),
    ]
    assert find_redundancies(rules, ATTRIBUTES) == []
