from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import holds_where

from spreekruimte.analysis.rules import (
    AllOf,
    Effect,
    Except,
    OneOf,
    Predicate,
    RuleList,
    decide,
    write_predicate,
)
from spreekruimte.cases.writing import MOST_WORDS, tidy_text
from spreekruimte.guidelines.documents import check_line
from spreekruimte.guidelines.proposing.lists import ProposedList, read_lists
from spreekruimte.guidelines.vocabulary import rule_attributes

AGREEMENT = {"estimate": 0.7, "low": 0.6, "high": 0.8, "most": 0.9, "situations": 30}
TONE = rule_attributes().find("tone")
DUTY = rule_attributes().find("duty_status")


def read(*rules: tuple[Predicate, bool]) -> ProposedList:
    written = [
        {"predicate": write_predicate(each, rule_attributes()), "forbids": label}
        for each, label in rules
    ]
    given_list: dict[str, Any] = {
        "rules": written,
        "learnt": AGREEMENT,
        "held_out": AGREEMENT,
        "certified": True,
        "gap": 0.0,
    }
    *_before, last = read_lists(
        {"lists": [{**given_list, "rules": []}] * len(rules) + [given_list]}
    )
    return last


def test_a_rule_becomes_a_line_that_says_it_in_both_languages() -> None:
    (line,) = read((holds_where(tone="threatening"), True)).lines
    assert (line.effect, line.name) == ("forbid", "P1")
    assert line.text.nl == "Plaats dit niet als: Toon is “dreigend”."
    assert line.text.en == "Do not post this if: Tone is “threatening”."
    (line,) = read((holds_where(tone="threatening"), False)).lines
    assert line.effect == "permit"
    assert line.text.en == "You may post this if: Tone is “threatening”."


def test_a_line_excepts_what_earlier_rules_decide_otherwise() -> None:
    first, second, third = (holds_where(tone=each) for each in ("sharp", "neutral", "mocking"))
    lines = read((first, True), (second, True), (third, False)).lines
    assert [line.predicate for line in lines[:2]] == [first, second]
    assert isinstance(lines[2].predicate, Except)
    assert lines[2].predicate.held == third
    one = read((first, False), (second, True)).lines[1].predicate
    assert one == Except(second, first)


def test_a_list_is_as_long_as_it_could_be_or_a_shorter_one_is_as_good() -> None:
    whole = read((holds_where(tone="sharp"), True))
    assert (whole.longest, whole.is_longer) == (1, True)
    assert not read_lists(
        {
            "lists": [
                {
                    "rules": [],
                    "learnt": AGREEMENT,
                    "held_out": AGREEMENT,
                    "certified": True,
                    "gap": 0.1,
                }
            ]
            * 2
        }
    )[1].is_longer
    assert read_lists({"counts": {}}) == ()


def _conditions() -> st.SearchStrategy[Predicate]:
    tones = st.frozensets(st.integers(0, 5), min_size=1).map(lambda codes: OneOf(TONE, codes))
    duties = st.integers(0, 3).map(lambda code: OneOf(DUTY, frozenset({code})))
    return st.one_of(tones, duties, st.tuples(tones, duties).map(AllOf))


@given(st.lists(st.tuples(_conditions(), st.booleans()), max_size=4))
def test_the_lines_forbid_together_what_the_list_forbids(
    rules: Sequence[tuple[Predicate, bool]],
) -> None:
    codes = np.full((24, len(rule_attributes().columns)), -1, dtype=np.int64)
    codes[:, TONE], codes[:, DUTY] = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    said = RuleList(tuple(each for each, _ in rules), tuple(label for _, label in rules), False)
    effects = decide([line.rule for line in read(*rules).lines], codes)
    assert ((effects == Effect.FORBID) == said.predict(codes)).all()
    assert (effects != Effect.UNDECIDED).all()


def test_a_line_with_too_many_words_leaves_its_condition_out_of_its_text() -> None:
    names = [each.name for each in rule_attributes().columns]
    every = AllOf(tuple(OneOf(names.index(name), frozenset({0, 1})) for name in names))
    (line,) = read((every, True)).lines
    for text in (line.text.nl, line.text.en):
        assert len(text.split()) <= MOST_WORDS
        assert tidy_text(text) == text
    assert line.text.en == "Do not post this."
    check_line(line)
