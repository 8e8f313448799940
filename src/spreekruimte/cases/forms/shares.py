"""How many citizens see each framing of a case, and how many its mirror."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases import actions
from spreekruimte.cases.bank import FRAMINGS
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.gates.texts import PLACE_NAMES
from spreekruimte.cases.models import Case
from spreekruimte.cases.shares import WHOLE
from spreekruimte.organisations.models import Actor


class SharesForm(SubjectForm):
    """The share of each framing, and of the mirror in each, in per cent."""

    mirror = forms.IntegerField(
        label=_("Of these, how many see the mirror where there is one (per cent)"),
        min_value=0,
        max_value=WHOLE - 1,
    )

    def prepare(self) -> None:
        """Add a field for each framing; only full context has to have a share."""
        for framing in FRAMINGS:
            self.fields[framing] = forms.IntegerField(
                label=_("How many see the post %(framing)s (per cent)")
                % {"framing": PLACE_NAMES[framing]},
                min_value=1 if framing == "context" else 0,
                max_value=WHOLE,
            )
        self.order_fields((*FRAMINGS, "mirror"))

    def read(self, case: Case) -> dict[str, Any]:
        """Give the shares."""
        return {**case.framing_shares, "mirror": case.mirror_share}

    def clean(self) -> dict[str, Any]:
        """Demand that the framings add up."""
        given: dict[str, Any] = super().clean() or {}
        shares = [given[framing] for framing in FRAMINGS if framing in given]
        if len(shares) == len(FRAMINGS) and sum(shares) != WHOLE:
            self.add_error(
                None,
                _("The framings add up to %(sum)s; make that 100.") % {"sum": sum(shares)},
            )
        return given

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the shares."""
        return actions.set_shares(
            case=case,
            framings={framing: self.cleaned_data[framing] for framing in FRAMINGS},
            mirror=self.cleaned_data["mirror"],
            actor=actor,
            now=now,
        )
