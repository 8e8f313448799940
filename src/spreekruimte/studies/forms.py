"""What respondents of a study fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.studies.models import MOST_SHOWN, StudyAnswer

_OLD = _("Something is missing from the form. Open the page again.")
_CHOOSE_ONE = _("Choose one of the answers.")


class AnswerForm(forms.Form):
    """Whether the post of a vignette is admissible: one of the buttons."""

    number = forms.IntegerField(
        min_value=1,
        max_value=MOST_SHOWN,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _OLD),
    )
    answer = forms.TypedChoiceField(
        choices=StudyAnswer.Answer.choices,
        coerce=lambda value: StudyAnswer.Answer(int(value)),
        label=_("Your judgement"),
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_ONE},
    )
