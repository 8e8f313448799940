"""Who a respondent of a study is: who has this browser, or who came in with an invitation.

As for cases (`spreekruimte.ballots.entering`): the token of a browser serves everything that is
answered with it, and a code lets somebody into one study, in a cookie of that study.
"""

from __future__ import annotations

from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse

from spreekruimte.ballots.entering import (
    browser_of,
    keep_cookie,
    read_cookie,
    remember_browser,
)
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent


def respondent_of(request: HttpRequest, study_id: int) -> Respondent | None:
    """Tell who answers a study: who was invited to it, else who has this browser.

    Returns
    -------
    Respondent or None
        None for a newcomer, and for a cookie that was not made here.
    """
    return _read_invited(request, study_id) or browser_of(request)


def let_in(response: HttpResponse, respondent: Respondent, study_id: int) -> HttpResponse:
    """Let the browser remember who somebody is; in this study only, unless it is a mere browser."""
    if respondent.tier == Tier.BROWSER:
        return remember_browser(response, respondent)
    value = _signer(study_id).sign(respondent.key)
    keep_cookie(response, _name_for(study_id), value, f"/studies/{study_id}/")
    return response


def _read_invited(request: HttpRequest, study_id: int) -> Respondent | None:
    key = read_cookie(request, _name_for(study_id), _signer(study_id))
    return None if key is None else Respondent(Tier.INVITATION, key)


def _name_for(study_id: int) -> str:
    return f"study-{study_id}"


def _signer(study_id: int) -> Signer:
    # What is signed for one study is worth nothing in another one.
    return Signer(salt=f"spreekruimte.studies.entering.{study_id}")
