"""Who a citizen is: what a cookie of their own browser says, and nothing that is stored here.

Without a cookie, somebody is a newcomer. Whoever is shown a case gets a random token, so that the
next visit shows the same text of it. The token serves every case and leads from one to another
nowhere but in that browser: what is stored is a pseudonym per case. Whoever comes in more surely,
with an address, a code or an account elsewhere, does so for one round, in a cookie of that round
beside the token: so that nobody who has answered as one respondent is taken for another later on.
"""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent

COOKIE = "respondent"
# As long as ballots are kept: twelve months.
KEPT_SECONDS = 365 * 24 * 3600
LONGEST_COOKIE = 200

_TIERS_OF_A_ROUND = frozenset(Tier) - {Tier.BROWSER}

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def newcomer(request: HttpRequest) -> Respondent:
    """Make a respondent of whom nothing is known: a random token for their browser.

    The token follows from the random secret that guards forms, which the browser is given now if it
    holds none: a button that is pressed twice, or in two tabs, before any answer arrived is one
    respondent.
    """
    get_token(request)
    return Respondent(Tier.BROWSER, keyed_digest("browser", request.META["CSRF_COOKIE"]))


def respondent_of(request: HttpRequest, round_id: int) -> Respondent | None:
    """Tell who answers in a round: who came in for it, else who has this browser.

    Returns
    -------
    Respondent or None
        None for a newcomer, and for a cookie that was not made here.
    """
    return _read_entered(request, round_id) or browser_of(request)


def browser_of(request: HttpRequest) -> Respondent | None:
    """Tell who has this browser, whatever is answered with it; None for a newcomer."""
    respondent = _read(request, COOKIE, _signer())
    return respondent if respondent and respondent.tier == Tier.BROWSER else None


def let_in(
    response: AnyResponse, respondent: Respondent, *, case_id: int, round_id: int
) -> AnyResponse:
    """Let the browser remember who somebody is; the round matters unless it is a mere browser."""
    if respondent.tier == Tier.BROWSER:
        return remember_browser(response, respondent)
    value = _signer(round_id).sign(f"{respondent.tier}:{respondent.key}")
    keep_cookie(response, _name_for(round_id), value, f"/cases/{case_id}/")
    return response


def remember_browser(response: AnyResponse, respondent: Respondent) -> AnyResponse:
    """Let a browser remember its token, on every page where citizens answer."""
    value = f"{respondent.tier}:{respondent.key}"
    keep_cookie(response, COOKIE, _signer().sign(value), "/")
    return response


def forget(response: HttpResponseBase, *, case_id: int, round_id: int) -> None:
    """Let the browser forget who came in for a round. The token for all cases stays."""
    response.delete_cookie(_name_for(round_id), path=f"/cases/{case_id}/", samesite="Lax")


def keyed_digest(purpose: str, text: str) -> str:
    """Turn what leads to a person into what only tells this person from others.

    Nobody without the key of the installation can compute it, from a list of addresses or
    otherwise.

    Parameters
    ----------
    purpose
        What it is for: the same text gives unrelated digests for two purposes.
    """
    return salted_hmac(f"spreekruimte.ballots.{purpose}", text, algorithm="sha256").hexdigest()


def _read_entered(request: HttpRequest, round_id: int) -> Respondent | None:
    respondent = _read(request, _name_for(round_id), _signer(round_id))
    return respondent if respondent and respondent.tier in _TIERS_OF_A_ROUND else None


def _read(request: HttpRequest, name: str, signer: Signer) -> Respondent | None:
    value = read_cookie(request, name, signer)
    if value is None:
        return None
    tier, _colon, key = value.partition(":")
    return Respondent(Tier(tier), key)


def read_cookie(request: HttpRequest, name: str, signer: Signer) -> str | None:
    """Read what was signed and kept as a cookie; None where there is none that was made here."""
    cookie = request.COOKIES.get(name, "")
    if len(cookie) > LONGEST_COOKIE:
        return None
    try:
        return signer.unsign(cookie)
    except BadSignature:
        return None


def keep_cookie(response: HttpResponseBase, name: str, value: str, path: str) -> None:
    """Let the browser keep what says who it is, for a year, out of reach of scripts."""
    response.set_cookie(
        name,
        value,
        max_age=KEPT_SECONDS,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name_for(round_id: int) -> str:
    return f"{COOKIE}-{round_id}"


def _signer(round_id: int | None = None) -> Signer:
    # What is signed for one round is worth nothing in another one.
    return Signer(salt=f"spreekruimte.ballots.entering.{round_id or 'browser'}")
