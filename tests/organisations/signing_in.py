"""Signed-in clients and browsers, for tests of pages behind a role.

The session is the one that signing in with a password and a code from an app leaves behind: the
user has an app, and allauth itself writes into the session that its code was asked. How that comes
about through the pages is tested with the pages.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import BrowserContext

from spreekruimte.organisations.models import User


def sign_in(client: Client, user: User) -> Client:
    """Return the client, signed in with a password and a second factor."""
    sign_in_weakly(client, user)
    if not is_mfa_enabled(user):
        TOTP.activate(user, generate_totp_secret())
    _record(client, user, "mfa", type=Authenticator.Type.TOTP)
    return client


def sign_in_weakly(client: Client, user: User) -> Client:
    """Return the client, signed in with a password and nothing else."""
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    _record(client, user, "password", email=user.email)
    return client


def sign_in_elsewhere(client: Client, user: User) -> Client:
    """Return the client, signed in through OpenID Connect."""
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    _record(client, user, "socialaccount", provider="openid_connect", uid="elsewhere")
    return client


def confirm_who_it_is(client: Client, user: User) -> Client:
    """Return the client of someone who has just given the password again, to change members."""
    _record(client, user, "password", reauthenticated=True)
    return client


def sign_in_browser(browser: BrowserContext, address: str, user: User) -> None:
    """Give the browser the session of a user who has signed in, on the server at the address."""
    client = sign_in(Client(), user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address, "httpOnly": True}]
    )


def _record(client: Client, user: User, method: str, **details: object) -> None:
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method, **details)
    request.session.save()
