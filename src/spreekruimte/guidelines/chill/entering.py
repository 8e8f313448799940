"""Who a public servant in a survey is: who came in with a code, or signed in, for this survey.

What the browser keeps is a cookie of this survey alone; the token that a browser has for cases
(`spreekruimte.ballots.entering`) is neither asked nor given.
"""

from __future__ import annotations

from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse

from spreekruimte.ballots.entering import keep_cookie, keyed_digest, read_cookie
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.guidelines.chill.models import Survey

TIERS = {Survey.Entry.CODE: Tier.INVITATION, Survey.Entry.OPENID: Tier.OPENID}


def find_respondent(request: HttpRequest, survey: Survey) -> Respondent | None:
    """Tell who answers a survey; None for who has not come in, in the way of this survey."""
    key = read_cookie(request, _name_for(survey), _signer(survey))
    return None if key is None else Respondent(TIERS[Survey.Entry(survey.entry)], key)


def let_in(response: HttpResponse, respondent: Respondent, survey: Survey) -> HttpResponse:
    """Let the browser remember who somebody is, in this survey only."""
    value = _signer(survey).sign(respondent.key)
    keep_cookie(response, _name_for(survey), value, f"/surveys/{survey.pk}/")
    return response


def identified_as(subject: str) -> Respondent:
    """Give the respondent that a subject of OpenID Connect is: in surveys, and nowhere else."""
    return Respondent(Tier.OPENID, keyed_digest("survey-openid", subject))


def _name_for(survey: Survey) -> str:
    return f"survey-{survey.pk}"


def _signer(survey: Survey) -> Signer:
    # What is signed for one survey is worth nothing in another one.
    return Signer(salt=f"spreekruimte.guidelines.chill.entering.{survey.pk}")
