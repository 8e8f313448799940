"""What an editor may write about an incident: short, plain, and leading to no person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.cases.gates.detectors import Finding, find_identifying
from spreekruimte.cases.gates.identification import KINDS
from spreekruimte.cases.writing import tidy_text

MOST_WORDS = 30
LONGEST_WORD = 60

_PATTERN = re.compile(r"[A-Za-z0-9.*/_~%-]+")


def tidy_phrase(text: str, *, longest: int, organisation: str = "") -> str:
    """Give a phrase with its words one space apart.

    Parameters
    ----------
    organisation
        A name that may stand in it, though it is written like that of a person.

    Raises
    ------
    ValidationError
        If it is empty, too long or not plain text in Latin letters, or could lead to a person.
    """
    phrase = " ".join(unicodedata.normalize("NFC", text).split())
    if not phrase:
        raise ValidationError(_("Fill this in."))
    if len(phrase) > longest:
        raise ValidationError(_("Use at most %(count)s characters.") % {"count": longest})
    tidy_text(phrase)
    for finding in _find_people(phrase, organisation):
        raise ValidationError(
            _("%(found)s looks like %(kind)s. Nothing here may lead to a person.")
            % {"found": finding.found, "kind": KINDS[finding.kind]}
        )
    return phrase


def tidy_words(words: Sequence[str], *, organisation: str) -> list[str]:
    """Give words to search for, each once; they may name the organisation and no person.

    Raises
    ------
    ValidationError
        If there are too many, or one is too long or could lead to a person.
    """
    if len(words) > MOST_WORDS:
        raise ValidationError(_("Use at most %(count)s.") % {"count": MOST_WORDS})
    tidied = [
        tidy_phrase(word, longest=LONGEST_WORD, organisation=organisation)
        for word in words
        if word.strip()
    ]
    return list(dict.fromkeys(tidied))


def tidy_patterns(patterns: Sequence[str]) -> list[str]:
    """Give parts of addresses, each once.

    Raises
    ------
    ValidationError
        If there are too many, or one is no part of an address or could be an account.
    """
    if len(patterns) > MOST_WORDS:
        raise ValidationError(_("Use at most %(count)s.") % {"count": MOST_WORDS})
    tidied = [pattern.strip() for pattern in patterns if pattern.strip()]
    for pattern in tidied:
        if len(pattern) > LONGEST_WORD or _PATTERN.fullmatch(pattern) is None:
            raise ValidationError(
                _("%(pattern)s is no part of an address, such as /plan/ or news.example/*plan*.")
                % {"pattern": pattern}
            )
    return list(dict.fromkeys(tidied))


def _find_people(phrase: str, organisation: str) -> Iterator[Finding]:
    for finding in find_identifying(phrase):
        if finding.kind != "name" or finding.found.casefold() not in organisation.casefold():
            yield finding
