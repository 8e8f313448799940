"""Forms of allauth in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 100

# What the library for passkeys raises at what is no answer of a browser.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class _SamePasswordTwice(forms.Form):
    def clean(self) -> dict[str, Any]:
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return self.cleaned_data


class ChoosePasswordForm(_SamePasswordTwice, ResetPasswordKeyForm):
    """Choose a password, from a link."""


class ChangeOwnPasswordForm(_SamePasswordTwice, ChangePasswordForm):
    """Choose another password."""


class SetUpAppForm(ActivateTOTPForm):
    """Set up an app, with a code that it shows."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyField(forms.JSONField):
    """What a browser says of a passkey."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Your browser did not send a passkey. This needs JavaScript."),
        "invalid": _("Your browser did not send a passkey that we can read."),
    }

    def bound_data(self, data: object, initial: object) -> None:
        """Give nothing back with the form: the browser is asked anew."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's
        """Read it, unless it is nested deeper than anything that a browser says."""
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class AddPasskeyForm(AddWebAuthnForm):
    """Add a passkey, with which one can sign in without a password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("So that you know later which one it is."),
    )
    credential = PasskeyField()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Check what the browser sent."""
        try:
            return super().clean()
        except UNREADABLE:
            raise _not_right() from None


class RenamePasskeyForm(EditWebAuthnForm):
    """Call a passkey otherwise."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)


class _ReadPasskey(AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except UNREADABLE:
            raise _not_right() from None


class ShowPasskeyForm(_ReadPasskey):
    """Show a passkey as a second factor."""

    credential = PasskeyField()


class SignInWithPasskeyForm(_ReadPasskey, LoginWebAuthnForm):
    """Sign in with a passkey."""

    credential = PasskeyField()


class ShowPasskeyAgainForm(_ReadPasskey, ReauthenticateWebAuthnForm):
    """Show with a passkey who it is."""

    credential = PasskeyField()


def _not_right() -> forms.ValidationError:
    return get_adapter().validation_error("incorrect_code")
