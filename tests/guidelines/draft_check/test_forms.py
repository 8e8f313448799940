from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.forms import DraftForm, read_answers, read_text
from spreekruimte.guidelines.draft_check.questions import known_questions
from spreekruimte.guidelines.draft_check.text import LONGEST

UNSAID = "wat-niemand-mag-lezen"


def test_answers_become_a_context_and_what_is_left_open_is_not_known() -> None:
    sent = {"tone": "sharp", "act_type": "", "whose": "own:x", "text": "iets", "act": "check"}
    assert read_answers(sent) == Context.of({"tone": "sharp"})
    assert read_answers({}) == Context()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({UNSAID: "x"}, "a question that is not asked here"),
        ({"motive": "gain"}, "a question that is not asked here"),
        ({"tone": UNSAID}, "“Which tone does it have\\?”"),
    ],
)
def test_what_is_not_known_is_refused_without_repeating_it(sent: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError, match=told) as refusal:
        read_answers(sent)
    assert UNSAID not in str(refusal.value)


def test_a_text_of_any_length_up_to_the_longest_is_read() -> None:
    assert read_text({}) == ""
    lines = "a\r\n" * (LONGEST // 2)
    assert read_text({"text": lines}) == lines
    with pytest.raises(ValidationError, match="at most 3000 characters"):
        read_text({"text": "a" * (LONGEST + 1)})


@pytest.mark.django_db
def test_the_form_keeps_answers_and_never_the_text() -> None:
    questions = [known_questions()["tone"], known_questions()["employer_type"]]
    form = DraftForm(questions, {"tone": "sharp"}, "pack:nl-rijk-2010")
    drawn = [field for _label, fields in form.parts() for field in fields]
    page = "".join([str(form), *drawn])
    assert '<option value="sharp" selected>' in page
    assert '<option value="pack:nl-rijk-2010" selected>' in page
    assert page.count(" selected") == 3
    assert form["text"].initial is None
    assert [re.findall('name="([a-z_]+)"', "".join(fields)) for _label, fields in form.parts()] == [
        ["employer_type"],
        ["tone"],
    ]


@pytest.mark.django_db
def test_a_question_is_drawn_in_the_language_in_use() -> None:
    form = DraftForm([known_questions()["tone"]], {}, "")
    ((english,),) = [fields for _label, fields in form.parts()]
    with translation.override("nl"):
        ((dutch,),) = [fields for _label, fields in form.parts()]
    assert "Which tone does it have?" in english
    assert "Which tone does it have?" not in dutch
