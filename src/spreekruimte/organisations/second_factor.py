"""Tell how strongly, and how long ago, someone has shown who they are."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from spreekruimte.organisations.models import User


def showed_second_factor(request: HttpRequest, user: User) -> bool:
    """Tell whether this session was begun, or confirmed, with a second factor.

    A passkey without a password counts, since it asks for a finger, a face or a PIN. Signing in
    elsewhere, through OpenID Connect, counts only if that provider is known to ask for a second
    factor.
    """
    ways = {record["method"] for record in get_authentication_records(request, user)}
    if "mfa" in ways and is_mfa_enabled(user):
        return True
    provider = settings.OPENID_CONNECT
    return "socialaccount" in ways and provider is not None and provider.asks_second_factor


def showed_recently(request: HttpRequest, user: User) -> bool:
    """Tell whether the user showed who it is in the last minutes.

    Where there is a second factor, only that counts.
    """
    counts = {"mfa"} if is_mfa_enabled(user) else {"password", "password_reset", "socialaccount"}
    moments = [
        record["at"]
        for record in get_authentication_records(request, user)
        if record["method"] in counts
    ]
    return bool(moments) and time.time() - max(moments) < app_settings.REAUTHENTICATION_TIMEOUT
