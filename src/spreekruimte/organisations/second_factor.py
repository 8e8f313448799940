"""Tell how strongly someone has signed in."""

from __future__ import annotations

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
