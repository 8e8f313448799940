"""What an editor signs for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.gates.identification import CHECKLIST, CLEARANCES, Clearance

_LOST = _("Something is missing from the form. Open the page again.")


class SignForm(forms.Form):
    """The checklist, and which guesses of the search lead to nobody.

    Parameters
    ----------
    digest
        What the signature stands for.
    guesses
        What looks like a name or place in the texts.
    """

    digest = forms.CharField(
        min_length=64,
        max_length=64,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), _LOST),
    )
    confirmed = forms.MultipleChoiceField(
        label=_("I read all texts above, and confirm:"),
        choices=list(CHECKLIST.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *, digest: str, guesses: Sequence[str], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"digest": digest}, label_suffix="")
        self.guesses = {f"guess_{number}": found for number, found in enumerate(guesses)}
        for name, found in self.guesses.items():
            self.fields[name] = forms.ChoiceField(
                label=_("“%(found)s”") % {"found": found},
                choices=[("", _("Can lead to a person")), *CLEARANCES.items()],
                required=False,
            )

    def guess_fields(self) -> Iterator[BoundField]:
        """Go through the fields about what looks like a name or place."""
        return (self[name] for name in self.guesses)

    @property
    def cleared(self) -> dict[str, Clearance]:
        """What leads to no person, each with why."""
        chosen = {found: self.cleaned_data[name] for name, found in self.guesses.items()}
        return {found: why for found, why in chosen.items() if why}
