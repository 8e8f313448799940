"""What an editor may type: plain text in Latin letters, tidied.

What looks for names and numbers in a text (`spreekruimte.cases.gates.detectors`) reads Latin
letters. A letter of another alphabet that looks alike, or a character that nobody sees, would hide
a name from it; so texts with these are refused instead of stored.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.cases.models import LONGEST_SOURCE, LONGEST_TEXT

MOST_WORDS = 80
_MARKUP = re.compile(r"<[/!?A-Za-z]")
# Control, format and unassigned characters, surrogates, and marks that fit on no letter.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"}


def tidy_text(text: str) -> str:
    """Give a text for citizens with its words one space apart.

    Raises
    ------
    ValidationError
        If it is empty, has over 80 words, is too long, or is not plain text in Latin letters.
    """
    words = text.split()
    if not words:
        raise ValidationError(_("Write this text in both languages."))
    if len(words) > MOST_WORDS:
        raise ValidationError(
            _("Use at most 80 words. There are %(count)s now.") % {"count": len(words)}
        )
    return _check(" ".join(words), LONGEST_TEXT)


def tidy_source(text: str) -> str:
    """Give a source with its words one space apart; empty where there are none.

    Raises
    ------
    ValidationError
        If it is too long, or not plain text in Latin letters.
    """
    return _check(" ".join(text.split()), LONGEST_SOURCE)


def _check(text: str, longest: int) -> str:
    text = unicodedata.normalize("NFC", text)
    if len(text) > longest:
        raise ValidationError(_("This text is too long."))
    if _MARKUP.search(text):
        raise ValidationError(_("Write plain text, without code between < and >."))
    if any(unicodedata.category(sign) in _UNSEEN for sign in text):
        raise ValidationError(_("This text has characters that nobody can see. Type it again."))
    if not all(map(_is_latin, text)):
        raise ValidationError(_("Use the letters of the Latin alphabet only."))
    return text


def _is_latin(sign: str) -> bool:
    return not sign.isalpha() or unicodedata.name(sign).startswith("LATIN")
