"""What to look at: which cases in the list, which text of a case."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.gates.texts import LANGUAGE_NAMES, PLACE_NAMES
from spreekruimte.cases.states import STATE_NAMES
from spreekruimte.cases.words import KIND_NAMES

# The largest number of a case that a database holds.
MOST = 2**63 - 1


class FilterForm(forms.Form):
    """Which cases the list shows."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *STATE_NAMES.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *KIND_NAMES.items()], required=False
    )
    before = forms.IntegerField(
        min_value=1, max_value=MOST, required=False, widget=forms.HiddenInput
    )


class PreviewForm(forms.Form):
    """Which text of a case to look at, as citizens see it."""

    framing = forms.ChoiceField(
        label=_("Which text"),
        choices=[
            ("", _("the description")),
            *((framing, PLACE_NAMES[framing]) for framing in FRAMINGS),
        ],
        required=False,
    )
    side = forms.ChoiceField(
        label=_("Post or mirror"), choices=[(side, PLACE_NAMES[side]) for side in SIDES]
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))
