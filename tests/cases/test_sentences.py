from datetime import date

import pytest
from django.utils import translation

from spreekruimte.cases.sentences import Bilingual, Listing, Phrase, Sentence


def test_a_sentence_is_said_in_the_language_in_use() -> None:
    sentence = Sentence.of("Wait: {procedure} is still open.", procedure=Phrase("an objection"))
    with translation.override("nl"):
        assert str(sentence) == "Wacht: er loopt nog een bezwaar."
    with translation.override("en"):
        assert str(sentence) == "Wait: an objection is still open."


def test_english_needs_no_translations() -> None:
    sentence = Sentence.of("Say whether {procedure} is open.", procedure=Phrase("an appeal"))
    assert sentence.in_english() == "Say whether an appeal is open."


def test_sentences_are_equal_by_content() -> None:
    assert Sentence.of("{a} {b}", a=1, b=2) == Sentence.of("{a} {b}", b=2, a=1)


def test_a_bilingual_text_needs_both_languages() -> None:
    text = Bilingual.read({"nl": "ja", "en": "yes"})
    assert (text.in_language("nl"), text.in_language("en")) == ("ja", "yes")
    with pytest.raises(KeyError):
        Bilingual.read({"nl": "ja"})


def test_what_has_words_of_its_own_is_said_in_the_same_language() -> None:
    words = Listing((Phrase("an appeal"), Bilingual("een lijst", "a list")))
    sentence = Sentence.of("{words}: {day}", words=words, day=date(2026, 11, 24))
    with translation.override("nl"):
        assert str(sentence) == "een beroep, een lijst: 24 november 2026"
    with translation.override("en"):
        assert str(sentence) == "an appeal, a list: Nov. 24, 2026"
    assert sentence.in_english() == "an appeal, a list: 2026-11-24"
