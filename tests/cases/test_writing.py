"""Plain text in Latin letters, tidied."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.cases.bank import closed_cases, synthetic_cases
from spreekruimte.cases.writing import tidy_source, tidy_text


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_words_are_one_space_apart_and_letters_whole() -> None:
    assert tidy_text(" Een  cafe\u0301\n is\tdicht. ") == "Een café is dicht."
    assert tidy_source(" A ruling\t of 2017 ") == "A ruling of 2017"


def test_every_text_of_the_bank_can_be_typed() -> None:
    texts = [text for case in closed_cases() for text in case.texts()]
    texts += [text for case in synthetic_cases() for text in case.texts()]
    assert [tidy_text(text.content) for text in texts] == [text.content for text in texts]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" ", "both languages"),
        ("w " * 81, "at most 80 words. There are 81 now"),
        ("x" * 1001, "too long"),
        ("Een <script>alert(1)</script>", "without code"),
        ("Een </p> einde", "without code"),
        ("Een <!-- kern -->", "without code"),
        ("Een \x00 nul", "nobody can see"),
        ("Een na\u200bam", "nobody can see"),
        ("Een \u202enaam", "nobody can see"),
        ("Een n\u0360aam", "nobody can see"),
        ("Een nааm", "Latin alphabet"),  # two letters are Cyrillic
        ("Чиновник пишет", "Latin alphabet"),
        ("公务员写道", "Latin alphabet"),
        ("𝐍𝐚𝐚𝐦", "Latin alphabet"),
    ],
)
def test_what_hides_something_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        tidy_text(text)


def test_a_source_can_be_absent_but_not_long() -> None:
    assert tidy_source("  ") == ""
    with pytest.raises(ValidationError, match="too long"):
        tidy_source("x" * 301)


@given(st.text())
def test_what_was_tidied_stays_as_it_is(text: str) -> None:
    try:
        tidied = tidy_source(text)
    except ValidationError:
        return
    assert tidy_source(tidied) == tidied


def test_signs_that_are_no_letters_stay() -> None:
    text = "Kosten: € 3,50 – “vrij” < 4 woorden & meer 🙂"
    assert tidy_text(text) == text
