"""What in a text can lead to a person: one pattern for each kind, and what the pattern cannot see.

These are patterns, not understanding. Numbers with a check digit are certain. Handles, e-mail
addresses, links, telephone numbers and postcodes are nearly so. A name is a guess, in
`spreekruimte.cases.gates.names`. What no pattern can see, such as a description that fits one
person only, is on the checklist of `spreekruimte.cases.gates.identification`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.gates.names import find_names, is_place

Kind = Literal[
    "name",
    "handle",
    "email",
    "link",
    "telephone",
    "postcode",
    "street",
    "citizen_number",
    "bank_number",
    "licence_plate",
    "dated_place",
    "searchable_quote",
]
# A quotation of more words than this can be found by searching for it.
LONGEST_QUOTE = 4

_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.-]*(?:@[\w-]+(?:\.[\w-]+)+)?")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?:@|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+"
    r"|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:nl|be|com|org|net|eu|info|gov|uk|de|social|app|dev)\b(?:/\S*)?",
    re.IGNORECASE,
)
# Ten digits that start with 0, or nine after the code of the country; and service numbers.
_TELEPHONE = re.compile(
    r"(?<![\w.])(?:(?:(?:\+|00)31[\s-]?(?:\(0\))?[\s-]?|0)[1-9](?:[\s-]?\d){8}"
    r"|0[89]00[\s-]?\d{4}(?:\d{3})?)(?!\d)"
)
_POSTCODE = re.compile(r"\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b")
_STREET = re.compile(
    r"\b[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?"
    r" ?(?i:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|hof|dreef|plantsoen|street|road|"
    r"avenue|lane|square)\s+\d+\w?\b"
    r"|\b\d+\w?\s+[A-Z]\w+ (?:Street|Road|Avenue|Lane|Square)\b"
    r"|\b[Pp]ostbus\s+\d+"
)
_EIGHT_OR_NINE_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){7,8}(?![\d])")
_BANK_NUMBER = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PLATE = re.compile(r"\b(?:[A-Z]{1,3}|\d{1,3})(?:-(?:[A-Z]{1,3}|\d{1,3})){2}\b")
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|january|february|march|may|june|july|august|october"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:e|st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b(?: \d{{4}})?"
    rf"|\b(?:{_MONTHS}) \d{{1,2}}\b"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*")
_QUOTE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|‘([^‘]+?)’(?!\w)")
# An apostrophe is no quotation mark inside a word, nor in words such as 's and 't.
_APOSTROPHE = re.compile(r"(?P<opens>(?<!\w)'(?=\S)(?![kmnst]\b))|(?<=\S)'(?!\w)")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that can lead to a person."""

    kind: Kind
    found: str


def find_identifying(text: str) -> Iterator[Finding]:
    """Go through everything in a text that can lead to a person, kind by kind."""
    for kind, find in DETECTORS.items():
        yield from (Finding(kind, found) for found in find(text))


def is_citizen_number(digits: str) -> bool:
    """Say whether digits pass the eleven-test of the Dutch citizen service number.

    The digits of a number of nine, with a 0 before one of eight, weighed 9, 8, ... 2 and -1 add up
    to a multiple of eleven. One in eleven other numbers passes as well.
    """
    number = [int(digit) for digit in digits.zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * digit for weight, digit in zip(weights, number, strict=True))
    return any(number) and total % 11 == 0


def is_bank_number(number: str) -> bool:
    """Say whether letters and digits pass the test of ISO 13616: 1 modulo 97."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[str]]:
    return lambda text: (found[0] for found in pattern.finditer(text))


def _find_citizen_numbers(text: str) -> Iterator[str]:
    for found in _EIGHT_OR_NINE_DIGITS.finditer(text):
        if is_citizen_number(re.sub(r"\D", "", found[0])):
            yield found[0]


def _find_bank_numbers(text: str) -> Iterator[str]:
    for found in _BANK_NUMBER.finditer(text):
        # The last group can be a word that follows: a number without it counts as well.
        whole = found[0].replace(" ", "")
        if any(is_bank_number(whole[:length]) for length in range(15, len(whole) + 1)):
            yield found[0]


def _find_plates(text: str) -> Iterator[str]:
    for found in _PLATE.finditer(text):
        parts = found[0].split("-")
        letters = sum(part.isalpha() for part in parts)
        if letters in {1, 2} and sum(map(len, parts)) == 6:
            yield found[0]


def _find_dated_places(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text):
        date = _DATE.search(sentence)
        if date and is_place(sentence):
            yield date[0]


def _find_quotes(text: str) -> Iterator[str]:
    for quoted in (*_between_marks(text), *_between_apostrophes(text)):
        if len(quoted.split()) > LONGEST_QUOTE:
            yield quoted


def _between_marks(text: str) -> Iterator[str]:
    return (found[1] or found[2] for found in _QUOTE.finditer(text))


def _between_apostrophes(text: str) -> Iterator[str]:
    start: int | None = None
    for found in _APOSTROPHE.finditer(text):
        if found["opens"]:
            start = found.end()
        elif start is not None:
            yield text[start : found.start()]
            start = None


DETECTORS: Mapping[Kind, Callable[[str], Iterator[str]]] = MappingProxyType(
    {
        "name": find_names,
        "handle": _matches(_HANDLE),
        "email": _matches(_EMAIL),
        "link": _matches(_LINK),
        "telephone": _matches(_TELEPHONE),
        "postcode": _matches(_POSTCODE),
        "street": _matches(_STREET),
        "citizen_number": _find_citizen_numbers,
        "bank_number": _find_bank_numbers,
        "licence_plate": _find_plates,
        "dated_place": _find_dated_places,
        "searchable_quote": _find_quotes,
    }
)
