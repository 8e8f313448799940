"""Which post, and how an editor tells it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.forms.texts import NewCaseForm
from spreekruimte.ophef.models import Incident

LONGEST_ADDRESS = 1000


class AddressForm(forms.Form):
    """The address of a post."""

    address = forms.CharField(
        label=_("Address of the post"),
        help_text=_("As your browser shows it, of a post on Mastodon or Bluesky."),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Fill in the address of the post.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")


class TellingForm(NewCaseForm):
    """A post as a case: where it comes from, and what it is about in other words."""

    address = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.HiddenInput)

    def __init__(
        self,
        latest: int,
        incidents: list[Incident],
        data: QueryDict | None = None,
        *,
        address: str = "",
    ) -> None:
        super().__init__(latest, data)
        self.initial["address"] = address
        found = Incident.objects.filter(pk__in=[each.pk for each in incidents])
        self.fields["incident"] = forms.ModelChoiceField(
            label=_("Add the answers to an incident in the register of fuss"),
            help_text=_("Only how many there were and when; not by whom."),
            queryset=found.order_by("-pk"),
            required=False,
            empty_label=_("No incident"),
        )
