from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import predicates

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules import ALWAYS, NEVER, Predicate, canonicalise
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.sentences import LANGUAGES, Language
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.predicate_sentences import read_predicate, say_predicate
from spreekruimte.guidelines.vocabulary import rule_attributes


def same(first: Predicate, second: Predicate) -> bool:
    known = rule_attributes()
    return canonicalise(first, known) == canonicalise(second, known)


@given(predicate=predicates, language=st.sampled_from(LANGUAGES))
def test_what_is_said_means_what_was_meant(predicate: Predicate, language: Language) -> None:
    assert same(read_predicate(say_predicate(predicate, language), language), predicate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_of_a_pack_is_read_back_from_its_sentence(language: Language) -> None:
    for pack in packs().values():
        for line in pack.lines:
            said = say_predicate(line.predicate, language)
            assert read_predicate(said, language) == line.predicate


def test_a_condition_is_told_with_brackets_and_denials() -> None:
    predicate = read_condition(
        {
            "this": {
                "and": [
                    {"attribute": "act_type", "in": ["like", "share"]},
                    {"attribute": "disclaimer", "in": ["in_bio", "in_post", "claims_official"]},
                ]
            },
            "except": {"attribute": "tone", "in": ["neutral"]},
        }
    )
    assert say_predicate(predicate, "en") == (
        "(Kind of act is “shared” or “a like” and Own view stated is not “no”), "
        "except if Tone is “neutral”"
    )
    assert say_predicate(predicate, "nl") == (
        "(Soort handeling is “gedeeld” of “een like” en Persoonlijke titel vermeld is niet “nee”)"
        ", behalve als Toon is “neutraal”"
    )


def test_all_and_nothing_have_words() -> None:
    assert say_predicate(ALWAYS, "nl") == "altijd"
    assert say_predicate(NEVER, "en") == "never"
    assert read_predicate("altijd", "nl") == ALWAYS
    assert read_predicate("never", "en") == NEVER


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Kind of act",
        "Kind of act is “a dance”",
        "Kind of act is a like",
        "Kind of act is “a like” or “a share",
        "(Kind of act is “a like”",
        "Kind of act is “a like” and",
        "Kind of act is “a like”; Tone is “sharp”",
        "always, except if Tone is “sharp”, except if Tone is “neutral”",
        "Colour is “red”",
    ],
)
def test_what_is_no_condition_is_refused(sentence: str) -> None:
    with pytest.raises(InputError, match="cannot be read as a condition"):
        read_predicate(sentence, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_tell_attributes_and_values_apart(language: Language) -> None:
    labels = [each.label.in_language(language) for each in attributes().values()]
    assert len(set(labels)) == len(labels)
    for attribute in attributes().values():
        values = [value.label.in_language(language) for value in attribute.values]
        assert len(set(values)) == len(values)
        assert not any("“" in text or "”" in text for text in values)
