"""What moderators fill in to decide on a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ballots.moderation.actions import Decision, Kind
from spreekruimte.ballots.moderation.states import GROUND_NAMES

_LOST = _("Something is missing from the form. Open the page again.")


class DecisionForm(forms.Form):
    """What a moderator decides about one text; of a merge, with the other one."""

    text = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_ID,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _LOST),
    )
    seen = forms.CharField(
        max_length=16, error_messages=dict.fromkeys(("required", "max_length"), _LOST)
    )
    move = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), _LOST),
    )
    ground = forms.ChoiceField(choices=[("", ""), *GROUND_NAMES.items()], required=False)
    into = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_ID,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Fill in the number of the other reason.")
        ),
    )

    def __init__(self, kind: Kind, data: QueryDict) -> None:
        super().__init__(data)
        move = cast(forms.ChoiceField, self.fields["move"])
        move.choices = [(deed, deed) for deed in kind.table.deeds]
        self.fields["ground"].error_messages["invalid_choice"] = str(kind.groundless)

    @property
    def decision(self) -> Decision:
        """What was decided, where the form is right."""
        given: Mapping[str, Any] = self.cleaned_data
        return Decision(
            text_id=given["text"],
            move=given["move"],
            seen=given["seen"],
            ground=given["ground"] or None,
            into_id=given["into"],
        )
