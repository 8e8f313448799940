"""What the browser carries while somebody signs in elsewhere. Nothing of it is stored here.

It is encrypted, since it says which account it will be; and only the browser that went away can
come back with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret

UNDER_WAY, SHOWN = "sign-in", "shown"
PATH = "/sign-in/"
# To find one's password, and to follow one redirect.
UNDER_WAY_SECONDS, SHOWN_SECONDS = 900, 60
PURPOSE = "sign-in under way"

_SALT = "spreekruimte.channels.sign_in"
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sign-in of which the browser is elsewhere: for which case, and what its way has to know."""

    case_id: int
    network: str
    kept: dict[str, Any]


def carry(response: HttpResponseBase, under_way: UnderWay) -> None:
    """Let the browser carry a sign-in while it is elsewhere."""
    text = json.dumps([under_way.case_id, under_way.network, under_way.kept])
    value = encrypt_secret(text, purpose=PURPOSE)
    _keep(response, UNDER_WAY, value, seconds=UNDER_WAY_SECONDS, path=PATH)


def read_carried(request: HttpRequest, network: str) -> UnderWay | None:
    """Give the sign-in that the browser is back from; None where it carries none of a network."""
    try:
        text = decrypt_secret(request.COOKIES[UNDER_WAY][:_LONGEST], purpose=PURPOSE)
    except (KeyError, InvalidToken):
        return None
    case_id, of, kept = json.loads(text)
    return UnderWay(case_id, of, kept) if of == network else None


def hand_over(response: HttpResponseBase, respondent: Respondent, *, case_id: int) -> None:
    """Let the browser carry who somebody turned out to be, to the case that asked."""
    response.delete_cookie(UNDER_WAY, path=PATH, samesite="Lax")
    value = signing.dumps([case_id, respondent.tier, respondent.key], salt=_SALT)
    _keep(response, SHOWN, value, seconds=SHOWN_SECONDS, path=_path_of(case_id))


def read_shown(request: HttpRequest, *, case_id: int) -> Respondent | None:
    """Give who somebody turned out to be a moment ago, for a case; None where nobody did."""
    try:
        of, tier, key = signing.loads(
            request.COOKIES.get(SHOWN, ""), salt=_SALT, max_age=SHOWN_SECONDS
        )
    except signing.BadSignature:
        return None
    return Respondent(Tier(tier), key) if of == case_id else None


def forget_shown(response: HttpResponseBase, *, case_id: int) -> None:
    """Let the browser forget who somebody turned out to be."""
    response.delete_cookie(SHOWN, path=_path_of(case_id), samesite="Lax")


def _path_of(case_id: int) -> str:
    return f"/cases/{case_id}/"


def _keep(response: HttpResponseBase, name: str, value: str, *, seconds: int, path: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
