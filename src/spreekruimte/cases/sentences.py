"""Sentences that are kept as an English template beside their values, and said when shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def mark(text: str) -> str:
    """Mark a text for translation where it is written; needs no settings, unlike Django's own."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or group of words that is translated when it stands in a sentence."""

    template: str

    def __str__(self) -> str:
        """Say it in the language in use."""
        return gettext(self.template)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with ``{field}`` places, and what stands in them.

    Attributes
    ----------
    template
        English, marked for translation where it is written.
    values
        The fields in the order of their keys. What has words of its own, such as a `Phrase`, is
        said in the same language, and a day as that language writes it.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, template: str, **values: object) -> Sentence:
        """Make a sentence from its template and fields."""
        return cls(template, tuple(sorted(values.items())))

    def __str__(self) -> str:
        """Say it in the language in use."""
        fields: dict[str, Any] = {
            key: date_format(value) if isinstance(value, date) else value
            for key, value in self.values
        }
        return gettext(self.template).format(**fields)

    def in_english(self) -> str:
        """Say it in English, also where no translations are set up."""
        fields: dict[str, Any] = {key: _tell_in_english(value) for key, value in self.values}
        return self.template.format(**fields)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several words or groups of words, one after the other."""

    parts: tuple[object, ...]

    def __str__(self) -> str:
        """Say them in the language in use."""
        return ", ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that an editor wrote in both languages."""

    nl: str
    en: str

    def __str__(self) -> str:
        """Say it in the language in use; in Dutch where that is neither of the two."""
        return self.en if (get_language() or "").startswith("en") else self.nl

    @classmethod
    def read(cls, texts: dict[str, str]) -> Bilingual:
        """Take the two languages from a mapping; raises KeyError where one is absent."""
        return cls(nl=texts["nl"], en=texts["en"])

    def in_language(self, language: Language) -> str:
        """Give the text in one language."""
        return self.nl if language == "nl" else self.en


def _tell_in_english(value: object) -> object:
    if isinstance(value, Phrase):
        return value.template
    if isinstance(value, Bilingual):
        return value.en
    if isinstance(value, Listing):
        return ", ".join(str(_tell_in_english(part)) for part in value.parts)
    return value
