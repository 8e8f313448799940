from dataclasses import replace

import pytest
from tests.cases.gates.facts import FACTS, codes

from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts, Ground, check_ceiling

NOTHING = Context.of({})


def test_nothing_criminal_passes() -> None:
    assert check_ceiling(FACTS.ceiling, context=NOTHING).passed


@pytest.mark.parametrize("ground", list(QUESTIONS))
def test_yes_and_unknown_stop(ground: Ground) -> None:
    for reply, code in (("yes", f"possible_{ground}"), ("unknown", f"unknown_{ground}")):
        facts = CeilingFacts({**FACTS.ceiling.replies, ground: reply})  # type: ignore[dict-item]
        result = check_ceiling(facts, context=NOTHING)
        assert not result.passed
        assert codes(result) == [code]


@pytest.mark.parametrize("ground", list(QUESTIONS))
def test_a_question_without_answer_stops(ground: Ground) -> None:
    left = {key: reply for key, reply in FACTS.ceiling.replies.items() if key != ground}
    result = check_ceiling(replace(FACTS.ceiling, replies=left), context=NOTHING)
    assert codes(result) == [f"unknown_{ground}"]


def test_the_context_can_stop_as_well() -> None:
    context = Context.of({"group_insult": "possibly_criminal"})
    assert codes(check_ceiling(FACTS.ceiling, context=context)) == ["context_possibly_criminal"]


def test_each_article_of_the_ceiling_is_asked_about() -> None:
    asked = " ".join(question.template for question in QUESTIONS.values())
    for article in ("131", "137c", "137d", "137e", "261 to 265", "266, 267"):
        assert article in asked
