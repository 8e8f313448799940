"""Dutch texts can be read at level B1, as far as counting can tell."""

import re
from itertools import pairwise

import pytest

from spreekruimte.cases.bank import ClosedCase, SyntheticCase, closed_cases, synthetic_cases

EVERY: list[ClosedCase | SyntheticCase] = [*closed_cases(), *synthetic_cases()]
TEXTS = {
    f"{case.id} {text.place}": text.content
    for case in EVERY
    for text in case.texts()
    if text.language == "nl" and text.place != "measure"
}
VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|[aeiouyéèëïöü]", re.IGNORECASE)
TOGETHER = {"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "ij", "au", "ou"}


def split_sentences(text: str) -> list[list[str]]:
    return [words for part in re.split(r"[.!?]+", text) if (words := re.findall(r"[\w']+", part))]


def count_syllables(word: str) -> int:
    """Count vowels, two that are said together as one."""
    places = [(found.start(), found.end()) for found in VOWELS.finditer(word.replace("ij", "yi"))]
    text = word.replace("ij", "yi").lower()
    joined = sum(
        1
        for (start, end), (following, last) in pairwise(places)
        if end == following and (text[start:last] in TOGETHER or text[start:last] == "yi")
    )
    return max(1, len(places) - joined)


def read_ease(text: str) -> float:
    """Give the measure of Flesch as Douma fitted it to Dutch: 100 is easy, 0 is hard."""
    sentences = split_sentences(text)
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(count_syllables, words))
    return 206.835 - 0.93 * len(words) / len(sentences) - 77 * syllables / len(words)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("kamp", 1), ("ministerie", 4), ("schrijft", 1), ("leraar", 2), ("nieuwe", 2), ("mooi", 1),
     ("ruimer", 2), ("bij", 1), ("collega", 3)],
)  # fmt: skip
def test_syllables_are_counted(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_a_text_of_the_law_would_be_caught() -> None:
    hard = (
        "De ambtenaar onthoudt zich van het openbaren van gedachten of gevoelens indien door de "
        "uitoefening van deze rechten de goede functionering van de openbare dienst niet in "
        "redelijkheid verzekerd zou zijn."
    )
    assert read_ease(hard) < 50


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_sentences_are_short(text: str) -> None:
    lengths = [len(sentence) for sentence in split_sentences(text)]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 22


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_reads_easily(text: str) -> None:
    assert read_ease(text) >= 50


def test_texts_read_easily_on_the_whole() -> None:
    assert read_ease(" ".join(TEXTS.values())) >= 65
