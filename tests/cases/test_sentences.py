import pytest
from django.utils import translation

from spreekruimte.cases.sentences import Bilingual, Phrase, Sentence


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
