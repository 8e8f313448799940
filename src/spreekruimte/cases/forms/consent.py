"""What the public servant of an own case fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LOST = _("Something is missing from the form. Type your code again.")


class CodeForm(forms.Form):
    """The code that the editor gave."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("For example 7K3D-9QXM-0A1B-C2D3. Capitals and hyphens do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AgreeForm(forms.Form):
    """Agree to the texts and facts that were read."""

    digest = forms.CharField(
        min_length=64,
        max_length=64,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), LOST),
    )
    is_mine = forms.BooleanField(
        label=_("This is about a post of mine. I read everything above, and I agree."),
        error_messages={"required": _("Tick this only if it is so.")},
    )


class StepForm(forms.Form):
    """What to do with the case that a code belongs to."""

    step = forms.ChoiceField(
        choices=[(step, step) for step in ("read", "agree", "settle", "withdraw")]
    )
