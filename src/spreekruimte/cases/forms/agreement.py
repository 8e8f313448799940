"""What an editor does for the public servant: a code, and the offer of a reply."""

from __future__ import annotations

from django import forms

from spreekruimte.cases.forms.subject import VersionForm


class AgreementForm(VersionForm):
    """One step."""

    step = forms.ChoiceField(choices=[(step, step) for step in ("code", "offer", "settle")])
