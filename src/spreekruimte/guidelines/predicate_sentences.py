"""Predicates as sentences in Dutch and English, and back: what an editor reads is what holds.

A sentence names an attribute by its label, and its values between quotation marks: ``Kind of act is
“a like” or “a share” and (...)``. Parts within parts stand in brackets, so that a sentence can be
read in one way only. Where an attribute may have most of its values, the sentence names the others:
``Own view stated is not “no”``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules import ALWAYS, NEVER, AllOf, AnyOf, Except, OneOf, Predicate
from spreekruimte.cases.attributes import Attribute, attributes
from spreekruimte.cases.sentences import Language
from spreekruimte.guidelines.vocabulary import rule_attributes

_QUOTED = re.compile("“([^”]*)”")


@dataclass(frozen=True, slots=True)
class Words:
    """The words between labels and values, in one language, with their spaces."""

    is_one_of: str
    is_not: str
    and_: str
    or_: str
    except_: str
    always: str
    never: str


WORDS: Mapping[Language, Words] = MappingProxyType(
    {
        "nl": Words(" is ", " is niet ", " en ", " of ", ", behalve als ", "altijd", "nooit"),
        "en": Words(" is ", " is not ", " and ", " or ", ", except if ", "always", "never"),
    }
)


def say_predicate(predicate: Predicate, language: Language) -> str:
    """Give a predicate as words, without a full stop."""
    words = WORDS[language]
    match predicate:
        case OneOf(column, codes):
            return _say_values(_attribute_at(column), codes, language)
        case AllOf(parts):
            return words.and_.join(_say_part(part, language) for part in parts) or words.always
        case AnyOf(parts):
            return words.or_.join(_say_part(part, language) for part in parts) or words.never
        case Except(held, exception):
            return words.except_.join(_say_part(part, language) for part in (held, exception))


def read_predicate(sentence: str, language: Language) -> Predicate:
    """Read what `say_predicate` said; the meaning is the same.

    Raises
    ------
    InputError
        If it is not such a sentence.
    """
    reader = _Reader(sentence.strip(), language)
    predicate = reader.read_all()
    if reader.rest:
        raise reader.refuse()
    return predicate


def _attribute_at(column: int) -> Attribute:
    return attributes()[rule_attributes().columns[column].name]


def _say_values(attribute: Attribute, codes: frozenset[int], language: Language) -> str:
    words = WORDS[language]
    others = set(range(len(attribute.values))) - codes
    is_denied = 0 < len(others) < len(codes)
    named = sorted(others if is_denied else codes)
    values = [f"“{attribute.values[code].label.in_language(language)}”" for code in named]
    verb = words.is_not if is_denied else words.is_one_of
    return f"{attribute.label.in_language(language)}{verb}{words.or_.join(values)}"


def _say_part(part: Predicate, language: Language) -> str:
    said = say_predicate(part, language)
    return said if isinstance(part, OneOf) or part in (ALWAYS, NEVER) else f"({said})"


class _Reader:
    """Reads a sentence from the left; `rest` is what is still to be read."""

    def __init__(self, sentence: str, language: Language) -> None:
        self.rest = sentence
        self.language = language
        self.words = WORDS[language]

    def refuse(self) -> InputError:
        return InputError("This cannot be read as a condition: {rest}.", rest=self.rest or "…")

    def read_all(self) -> Predicate:
        """Read parts and what stands between them."""
        parts = [self.read_part()]
        for word, join in self._joins():
            while self._take(word):
                parts.append(self.read_part())
            if len(parts) > 1:
                return join(tuple(parts))
        return parts[0]

    def read_part(self) -> Predicate:
        """Read one part: what is in brackets, always, never, or an attribute with its values."""
        if self._take("("):
            inner = self.read_all()
            if not self._take(")"):
                raise self.refuse()
            return inner
        if self._take(self.words.always):
            return ALWAYS
        if self._take(self.words.never):
            return NEVER
        return self._read_values()

    def _joins(self) -> tuple[tuple[str, Callable[[tuple[Predicate, ...]], Predicate]], ...]:
        return (
            (self.words.and_, AllOf),
            (self.words.or_, AnyOf),
            (self.words.except_, self._except),
        )

    def _except(self, parts: tuple[Predicate, ...]) -> Predicate:
        if len(parts) != 2:
            raise self.refuse()
        return Except(*parts)

    def _read_values(self) -> Predicate:
        for column in range(len(rule_attributes().columns)):
            attribute = _attribute_at(column)
            label = attribute.label.in_language(self.language)
            for verb, is_denied in ((self.words.is_not, True), (self.words.is_one_of, False)):
                if self.rest.startswith(f"{label}{verb}“"):
                    self._take(f"{label}{verb}")
                    codes = self._read_codes(attribute)
                    every = frozenset(range(len(attribute.values)))
                    return OneOf(column, every - codes if is_denied else codes)
        raise self.refuse()

    def _read_codes(self, attribute: Attribute) -> frozenset[int]:
        labels = {
            each.label.in_language(self.language): code
            for code, each in enumerate(attribute.values)
        }
        codes = set()
        while found := _QUOTED.match(self.rest):
            if found[1] not in labels:
                raise self.refuse()
            codes.add(labels[found[1]])
            self.rest = self.rest[found.end() :]
            if not self.rest.startswith(f"{self.words.or_}“"):
                return frozenset(codes)
            self._take(self.words.or_)
        raise self.refuse()

    def _take(self, text: str) -> bool:
        is_next = self.rest.startswith(text)
        if is_next:
            self.rest = self.rest[len(text) :]
        return is_next
