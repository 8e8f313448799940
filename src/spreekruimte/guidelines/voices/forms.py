"""What citizens answer about several voices, and what editors send."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.guidelines.voices.models import VoicesAnswer

_CHOOSE_ONE = _("Choose one of the answers.")


class AnswerForm(forms.Form):
    """What several voices do to trust: one of the buttons."""

    answer = forms.TypedChoiceField(
        choices=VoicesAnswer.Answer.choices,
        coerce=VoicesAnswer.Answer,
        label=_("Your answer"),
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_ONE},
    )
