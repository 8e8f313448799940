"""Tell two people apart with OpenID Connect, without letting anybody in here.

Whoever comes back from the provider is a digest in the session, until the page that asked for it
takes it away. There is no row for them, and nothing of what the provider told is kept.
"""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from spreekruimte.organisations.models import User

_KEPT_AS = "identified"


def link_to_identify(back: str) -> str:
    """Return where a browser is sent to be told apart, and comes back from to an address here.

    Raises
    ------
    LookupError
        If there is no provider.
    """
    if settings.OPENID_CONNECT is None:
        raise LookupError("no provider of OpenID Connect is set up")
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    address = reverse("openid_connect_login", args=[app["provider_id"]])
    return f"{address}?{urlencode({'process': AuthProcess.REDIRECT, 'next': back})}"


def keep_identified(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Keep the digest of who came back, for the page that asked."""
    account = sociallogin.account
    request.session[_KEPT_AS] = salted_hmac(
        "spreekruimte.organisations.identifying",
        f"{account.provider} {account.uid}",
        algorithm="sha256",
    ).hexdigest()


def take_identified(request: HttpRequest) -> str | None:
    """Return the digest of who came back, once; what was kept of it is gone then."""
    digest: str | None = request.session.pop(_KEPT_AS, None)
    if digest is not None and not isinstance(request.user, User):
        request.session.flush()
    return digest
