"""What somebody types to sign in elsewhere."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.channels.sign_in.ways import Way

LONGEST_ACCOUNT = 300


class AccountForm(forms.Form):
    """Asks for an account, in the words of its network."""

    account = forms.CharField(
        max_length=LONGEST_ACCOUNT,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Fill in your account.")},
    )

    def __init__(self, way: Way, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["account"].label = str(way.label)
        self.fields["account"].help_text = str(way.help_text)
