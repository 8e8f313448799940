"""What a reason has to look like, and what it may not tell about people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext as _

from spreekruimte.ballots.models import LONGEST_REASON
from spreekruimte.cases.gates.detectors import Finding, Kind, find_identifying
from spreekruimte.organisations.refusals import RefusedError

SHORTEST_REASON = 5
# So near to certain, and so near to a person, that it is not even kept for a moderator to see.
NEVER_KEPT: Collection[Kind] = frozenset(
    {"email", "handle", "link", "telephone", "citizen_number", "bank_number"}
)

_TAG = re.compile(r"<[/!?a-zA-Z]")


def tidy_reason(typed: str) -> str:
    """Give a reason as it is kept: in one line, without characters that cannot be seen.

    Raises
    ------
    RefusedError
        If it is too short or too long, is not in Latin letters, holds code, or holds an address
        or number that leads to a person.
    """
    content = tidy_line(typed)
    if len(content) < SHORTEST_REASON:
        raise RefusedError(_("Write at least %(least)d characters.") % {"least": SHORTEST_REASON})
    if len(content) > LONGEST_REASON:
        raise RefusedError(
            _("Write at most %(most)d characters; these are %(count)d.")
            % {"most": LONGEST_REASON, "count": len(content)}
        )
    if not _is_in_latin_letters(content):
        raise RefusedError(_("Write your reason in Dutch or English, with ordinary letters."))
    if _TAG.search(content):
        raise RefusedError(_("Write plain text, without code."))
    if any(finding.kind in NEVER_KEPT for finding in find_identifying(content)):
        raise RefusedError(
            _("Leave out names of accounts, web and e-mail addresses, and numbers of people.")
        )
    return content


def tidy_line(typed: str) -> str:
    """Give a text in one line, without characters that cannot be seen."""
    # Whatever cannot be seen can hide something: marks of direction, zero widths, zero bytes.
    seen = "".join(
        " " if character.isspace() or unicodedata.category(character) == "Cc" else character
        for character in typed
        if unicodedata.category(character) not in {"Cf", "Co", "Cs", "Cn"}
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def suspect(content: str) -> tuple[Finding, ...]:
    """Give what in a reason seems to lead to a person: a guess, for a moderator to judge."""
    return tuple(find_identifying(content))


def compare_form(content: str) -> str:
    """Give a form that texts share which differ in capitals, accents, spaces or signs alone."""
    plain = unicodedata.normalize("NFKD", content.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(filter(_is_no_accent, plain))))


def _is_in_latin_letters(content: str) -> bool:
    letters = [character for character in content if character.isalpha()]
    return bool(letters) and all(
        unicodedata.name(letter, "").startswith("LATIN ") for letter in letters
    )


def _is_no_accent(character: str) -> bool:
    return not unicodedata.combining(character)
