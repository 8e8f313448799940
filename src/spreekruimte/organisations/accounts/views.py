"""Pages of allauth that do a little more, or a little less, here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, NoReturn

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic.edit import FormView

View = Callable[..., HttpResponseBase]
BACK = "way_back_from_setting_up"


def tell_bad_input(view: View) -> View:
    """Answer 400 where a form comes back: what is right leads to another page."""

    @wraps(view)
    def told(request: HttpRequest, *arguments: object, **options: object) -> HttpResponseBase:
        response = view(request, *arguments, **options)
        came_back = isinstance(response, TemplateResponse) and response.status_code == HTTPStatus.OK
        if request.method == "POST" and came_back:
            response.status_code = HTTPStatus.BAD_REQUEST
        return response

    return told


def show_nothing(_request: HttpRequest, **_options: object) -> NoReturn:
    """Answer that there is no such page: allauth wants it to have an address."""
    raise Http404


def go_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send someone to the provider of OpenID Connect; say so if that does not answer."""
    try:
        return openid_connect.login(request, provider_id)
    except OSError:
        return render(
            request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY
        )


class AskForLink(PasswordResetView):
    """Ask for a link by mail to choose a new password; without mail an administrator gives it."""

    def dispatch(self, request: HttpRequest, *arguments: object, **options: object) -> HttpResponse:
        """Say whom to ask, where no mail is sent."""
        if not settings.MAIL_IS_SENT:
            return render(request, "account/password_reset_without_mail.html")
        return super().dispatch(request, *arguments, **options)


class ChoosePassword(PasswordResetFromKeyView):
    """Choose a password with a link."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:  # noqa: ANN401
        """Answer 410 where the link was used before, is too old, or was never given."""
        if context.get("token_fail"):
            options["status"] = HTTPStatus.GONE
        return super().render_to_response(context, **options)


class ShowWaysToSignIn(IndexView):
    """How someone signs in; and where to go once a second factor is there."""

    def get(self, request: HttpRequest, *arguments: object, **options: object) -> HttpResponse:
        """Remember from which page someone was sent here to set up a second factor."""
        if back := get_next_redirect_url(request):
            request.session[BACK] = back
        return super().get(request, *arguments, **options)


class _RecordSettingUp(FormView):  # type: ignore[type-arg]
    """Whoever sets up a second factor has it, and need not show it once more in this session."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        newest = Authenticator.objects.filter(user=self.request.user).order_by("-pk")
        added = newest.exclude(type=Authenticator.Type.RECOVERY_CODES)[0]
        record_authentication(self.request, self.request.user, "mfa", id=added.pk, type=added.type)
        return response


class SetUpApp(_RecordSettingUp, ActivateTOTPView):
    """Add an app that gives codes."""


class AddPasskey(_RecordSettingUp, AddWebAuthnView):
    """Add a passkey."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        """Ask the browser for a passkey that can do without a password."""
        context = super().get_context_data(**options)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context


class ShowRecoveryCodes(ViewRecoveryCodesView):
    """Recovery codes, and the way back to where a second factor was needed."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        """Add the page from which someone was sent to set up a second factor."""
        return {
            **super().get_context_data(**options),
            "back": self.request.session.pop(BACK, reverse("organisations:desk")),
        }


class SignInWithPasskey(LoginWebAuthnView):
    """Sign in with a passkey and nothing else."""

    template_name = "mfa/webauthn/refused.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say that this passkey is not known, with a way back."""
        return self.render_to_response(self.get_context_data(form=form))


class ShowAgainWithPasskey(ReauthenticateWebAuthnView):
    """Show with a passkey who it is."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Let try again."""
        return self.render_to_response(self.get_context_data(form=form))
