from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from tests.guidelines.written import TITLE, make_line, predicates

from spreekruimte.analysis.rules import Predicate, is_contradictory
from spreekruimte.guidelines.documents import (
    MOST_LINES,
    SCHEMA,
    read_guideline,
    read_line,
    read_lines,
    write_line,
    write_lines,
)
from spreekruimte.guidelines.vocabulary import rule_attributes


def changed(**changes: object) -> dict[str, Any]:
    return {**write_line(make_line()), **changes}


@given(predicate=predicates)
def test_lines_survive_being_written_and_read(predicate: Predicate) -> None:
    line = make_line(predicate=predicate, source="Ledenblad", dated="2026-05", confidence="read")
    if not is_contradictory(predicate, rule_attributes()):
        assert read_line(write_line(line)) == line


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("no object", "object"),
        ({}, "lacks: name, text, predicate, effect"),
        (changed(colour="red"), "no part colour"),
        (changed(name="1"), "named by"),
        (changed(name=7), "named by"),
        (changed(text="Be kind."), "object"),
        (changed(text={"nl": "Wees vriendelijk."}), "both languages"),
        (changed(text={"nl": 1, "en": 2}), "text here"),
        (changed(text={"nl": "<b>Stop", "en": "Stop"}), "without code"),
        (changed(effect="ban"), "no effect ban; there are: forbid, require"),
        (changed(effect=["forbid"]), "no effect"),
        (changed(effect="require"), "no requirement None"),
        (changed(duty="label"), "what is required"),
        (changed(effect="require", duty="sing"), "no requirement sing"),
        (changed(effect="weigh"), "what is to be weighed"),
        (changed(weighs=["tone"]), "what is to be weighed"),
        (changed(weighs="tone"), "list of attributes"),
        (changed(effect="weigh", weighs=["colour"]), "no attribute colour"),
        (changed(dated="31 May"), "2026-05-31"),
        (changed(dated="2026-13"), "2026-05-31"),
        (changed(dated=2026), "text here"),
        (changed(confidence="sure"), "no confidence sure"),
        (changed(source="x" * 301), "too long"),
        (changed(predicate={"attribute": "colour", "in": ["red"]}), "no attribute colour"),
        (changed(predicate={"attribute": "tone", "in": ["red"]}), "has no value red"),
        (
            changed(
                predicate={
                    "and": [
                        {"attribute": "tone", "in": ["sharp"]},
                        {"attribute": "tone", "in": ["neutral"]},
                    ]
                }
            ),
            "contradicts itself",
        ),
    ],
)
def test_a_wrong_line_is_refused_with_what_is_wrong(wrong: object, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_line(wrong)
    assert said in " ".join(caught.value.messages)


def test_all_that_is_wrong_is_told_with_its_place() -> None:
    documents = [
        write_line(make_line("A")),
        changed(name="B", effect="ban"),
        "no line",
        write_line(make_line("A")),
    ]
    with pytest.raises(ValidationError) as caught:
        read_lines(documents)
    first, second, third = caught.value.messages
    assert first.startswith("Line 2 (B): There is no effect ban")
    assert second.startswith("Line 3: There has to be an object")
    assert third == "Two lines are called A."


@pytest.mark.parametrize("wrong", [None, {}, [{}] * (MOST_LINES + 1)])
def test_lines_are_a_list_that_ends(wrong: object) -> None:
    with pytest.raises(ValidationError, match="list of at most 500 lines"):
        read_lines(wrong)


def test_a_guideline_is_read_by_its_schema() -> None:
    lines = (make_line(),)
    document = {
        "schema": SCHEMA,
        "title": {"nl": TITLE.nl, "en": TITLE.en},
        "lines": write_lines(lines),
        "version": 7,
    }
    assert read_guideline(document) == (TITLE, lines)
    with pytest.raises(ValidationError, match="no guideline file"):
        read_guideline({**document, "schema": "other"})
    with pytest.raises(ValidationError, match="object"):
        read_guideline({**document, "title": None})
    with pytest.raises(ValidationError, match="object"):
        read_guideline([])
