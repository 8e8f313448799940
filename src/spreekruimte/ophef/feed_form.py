"""What editors fill in about a feed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.actions.feeds import FeedOf
from spreekruimte.ophef.models import OutletKind
from spreekruimte.ophef.models.feeds import LONGEST_INTERVAL, SHORTEST_INTERVAL, USUAL_INTERVAL
from spreekruimte.ophef.models.signals import LONGEST_ADDRESS, LONGEST_OUTLET


class FeedForm(forms.Form):
    """Where a feed stands, and whose it is."""

    address = forms.CharField(
        label=_("Address of the feed"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Of RSS, Atom or a news sitemap; it starts with https://."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Fill this in.")},
    )
    outlet = forms.CharField(
        label=_("Which medium?"),
        max_length=LONGEST_OUTLET,
        required=False,
        help_text=_("Leave this empty for a feed with items of many media."),
    )
    outlet_kind = forms.ChoiceField(
        label=_("What kind of medium?"),
        choices=[("", _("Not known")), *OutletKind.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    every = forms.IntegerField(
        label=_("How many minutes between two times?"),
        initial=USUAL_INTERVAL,
        min_value=SHORTEST_INTERVAL,
        max_value=LONGEST_INTERVAL,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Fill in a whole number from 5 to 1440."),
        ),
    )

    @property
    def feed(self) -> FeedOf:
        """What was told, where the form is right."""
        given = self.cleaned_data
        return FeedOf(
            address=given["address"].strip(),
            outlet=" ".join(given["outlet"].split()),
            outlet_kind=given["outlet_kind"],
            every=given["every"],
        )
