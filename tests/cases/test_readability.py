"""Dutch texts can be read at level B1, as far as counting can tell."""

import pytest
from tests.readability import count_syllables, read_ease, split_sentences

from spreekruimte.cases.bank import ClosedCase, SyntheticCase, closed_cases, synthetic_cases

EVERY: list[ClosedCase | SyntheticCase] = [*closed_cases(), *synthetic_cases()]
TEXTS = {
    f"{case.id} {text.place}": text.content
    for case in EVERY
    for text in case.texts()
    if text.language == "nl" and text.place != "measure"
}


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
