"""Passing through the pages of signing in, as a person with an app does."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from spreekruimte.organisations.accounts.links import link_to_choose_password
from spreekruimte.organisations.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as WSGIResponse

PASSWORD = "paars fietsbel mosterd raam"  # noqa: S105


def choose_password(client: Client, user: User, password: str = PASSWORD) -> WSGIResponse:
    """Open the link that the administrator gave, and choose a password."""
    page = client.get(link_to_choose_password(user), follow=True)
    address = page.redirect_chain[-1][0]
    return client.post(address, {"password1": password, "password2": password})


def give_password(
    client: Client, user: User, password: str = PASSWORD, **more: str
) -> WSGIResponse:
    """Fill in the first page of signing in."""
    return client.post("/account/login/", {"login": user.email, "password": password, **more})


def set_up_app(client: Client) -> str:
    """Set up an app; return the secret that it keeps."""
    page = client.get("/account/2fa/totp/activate/")
    found = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode())
    assert found
    secret = found[1]
    response = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert response["Location"] == "/account/2fa/recovery-codes/"
    return secret


def code_of(secret: str, *, steps_ago: int = 0) -> str:
    """Return the code that an app with this secret shows now, or so many half minutes ago."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps_ago)))
