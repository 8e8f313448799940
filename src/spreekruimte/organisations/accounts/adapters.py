"""Where our rules for signing in differ from those of allauth."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret
from spreekruimte.organisations.accounts.identifying import keep_identified
from spreekruimte.organisations.models import User
from spreekruimte.organisations.second_factor import showed_recently

Sentences = dict[str, str | Promise]


def display_user(user: User) -> str:
    """Return how someone is called on their own pages, and in their own key ring."""
    return user.email


class AccountAdapter(DefaultAccountAdapter):
    """Passwords."""

    error_messages: ClassVar[Sentences] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is blocked. Ask an administrator."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "rate_limited": _("You tried too often. Wait a few minutes and try again."),
        "too_many_login_attempts": _("You tried too often. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Let nobody in by themselves: an administrator adds who works here."""
        return False

    def reauthenticate(self, user: User, password: str) -> bool:
        """Tell whether the password is right, counting attempts as signing in does."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return bool(found == user)

    def is_reauthentication_required(self, *, app: str, **_kwargs: object) -> bool:  # noqa: ARG002
        """Ask who it is again, unless that was shown a moment ago; signing in shows it too."""
        user = context.request.user
        return not (isinstance(user, User) and showed_recently(context.request, user))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Return the ways to show who it is: with the second factor where there is one.

        Who has neither that nor a password signs in elsewhere, and does so once more.
        """
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if is_mfa_enabled(user):
            return [way for way in ways if way["id"] != "reauthenticate"]
        return ways or list(_ways_elsewhere())


def _ways_elsewhere() -> Iterator[dict[str, str]]:
    for provider in get_social_adapter().list_providers(context.request):
        yield {
            "id": "elsewhere",
            "description": provider.name,
            "url": provider.get_login_url(context.request),
        }


class SecondFactorAdapter(DefaultMFAAdapter):
    """Apps with codes, passkeys and recovery codes."""

    error_messages: ClassVar[Sentences] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("First set up an app or a passkey."),
        "incorrect_code": _("This is not right, or it was used before. Try again."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt what codes are computed from: a copy of the database does not give it away."""
        return encrypt_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` made."""
        return decrypt_secret(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Draw the square that an app reads."""
        drawn = BytesIO()
        segno.make(url).save(drawn, kind="svg", scale=5, light="#fff")
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Propose a name for a new passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)d") % {"number": number})


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Signing in with OpenID Connect, as someone who is known here already."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in only who was added by an administrator, and keep nothing that was told of them.

        Who only has to be told apart from others is not let in (`identifying`).

        Raises
        ------
        ImmediateHttpResponse
            If nobody with that address works here.
        """
        account: SocialAccount = sociallogin.account
        account.extra_data = {}
        if account.pk:
            account.save(update_fields=["extra_data"])
        process = sociallogin.state.get("process")
        if process == AuthProcess.REDIRECT:
            keep_identified(request, sociallogin)
        elif process != AuthProcess.LOGIN or not sociallogin.is_existing:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/not_known_here.html", status=HTTPStatus.FORBIDDEN)
            )
