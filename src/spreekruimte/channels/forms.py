"""What editors fill in about channels."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spreekruimte.channels.models import Account
from spreekruimte.channels.models.accounts import LONGEST_ADDRESS

LONGEST_TEXT = 5000
LONGEST_PASSWORD = 100


class ServerForm(forms.Form):
    """On which server an account is."""

    server = forms.CharField(
        label=_("On which server is the account?"),
        max_length=LONGEST_ADDRESS,
        help_text=_("What stands after the second @, as social.example."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Fill this in.")},
    )

    def clean_server(self) -> str:
        """Give the origin of the server, however its name was written."""
        typed: str = self.cleaned_data["server"].strip().rpartition("@")[2]
        return read_server(typed)


class AppPasswordForm(forms.Form):
    """Which account on Bluesky it is, and what lets a program in."""

    name = forms.CharField(
        label=_("Name of the account"),
        max_length=LONGEST_ADDRESS,
        help_text=_("For example: municipality.bsky.social."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Fill this in.")},
    )
    password = forms.CharField(
        label=_("App password"),
        max_length=LONGEST_PASSWORD,
        help_text=_("Four times four letters. Never the password of the account itself."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill this in.")},
    )


class QuestionForm(forms.Form):
    """What is asked, by which account, in which language."""

    account = forms.ChoiceField(
        label=_("By which account?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an account.")),
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=[("nl", _("Dutch")), ("en", _("English"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a language.")),
    )
    text = forms.CharField(
        label=_("What do you post?"),
        max_length=LONGEST_TEXT,
        help_text=_("The link to the ballot comes below it by itself."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Fill this in."),
            "max_length": _("This is too long for every network."),
        },
    )

    def __init__(self, *arguments: object, accounts: Sequence[Account], **options: object) -> None:
        super().__init__(*arguments, label_suffix="", **options)  # type: ignore[arg-type, misc]
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.name} · {each.network.title()}") for each in accounts
        ]


def read_server(typed: str) -> str:
    """Give the origin of a server from what somebody typed: a host, or an address on it.

    Raises
    ------
    ValidationError
        If there is no host in it. Without encryption only servers are asked that the operator
        trusts.
    """
    wrong = ValidationError(_("This is no name of a server."))
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        raise wrong from None
    is_trusted = parts.scheme == "http" and host in settings.TRUSTED_SERVERS
    if not host or parts.username or not (parts.scheme == "https" or is_trusted):
        raise wrong
    if "." not in host or not host.isascii() or not host.isprintable() or " " in host:
        raise wrong
    return f"{parts.scheme}://{host}".lower()
