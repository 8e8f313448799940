"""As what somebody speaks in a dialogue: a citizen by pseudonym, others by their office."""

from __future__ import annotations

from dataclasses import dataclass, field

from spreekruimte.ballots.models import CaseKey
from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.ballots.refusals import NoWayBack
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.consent_codes import digest_code
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.models import Speaker
from spreekruimte.organisations.models import User


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks about a case.

    Attributes
    ----------
    author
        The pseudonym in this case, 64 hexadecimal digits. Of a citizen it is the one of the
        ballots; of an office nothing leads from it to a user without the key of the case.
    """

    speaker: Speaker
    author: str = field(repr=False)


def citizen_voice(case: Case, respondent: Respondent) -> Voice:
    """Give the voice of a respondent; raises NoWayBack where the key of the case was deleted."""
    known_as = pseudonym_of(case.pk, respondent)
    if known_as is None:
        raise NoWayBack
    return Voice(Speaker.CITIZEN, known_as)


def servant_voice(case: Case, code: str) -> Voice:
    """Give the voice of the public servant whose post it is, as whoever has the code of the case.

    Whether it is the code of this case is for the caller to know.
    """
    return _office_voice(case, Speaker.SERVANT, digest_code(code))


def colleague_voice(case: Case, user: User) -> Voice:
    """Give the voice of a public servant of the organisation, of whom nothing else is told."""
    return _office_voice(case, Speaker.COLLEAGUE, str(user.pseudonym))


def organisation_voice(case: Case) -> Voice:
    """Give the voice of the organisation: one, whichever editor speaks."""
    return _office_voice(case, Speaker.ORGANISATION, str(case.organisation_id))


def _office_voice(case: Case, speaker: Speaker, key: str) -> Voice:
    case_key = CaseKey.objects.filter(pk=case.pk).values_list("key", flat=True).first()
    if case_key is None:
        raise NoWayBack
    author = pseudonym(case_key=bytes(case_key), tier=speaker, respondent_key=key)
    return Voice(speaker, author)
