"""Which rule is taken over."""

from __future__ import annotations

from django import forms

from spreekruimte.guidelines.proposing.computing import LONGEST


class TakeOverForm(forms.Form):
    """The place of a rule in a list, and the proposals that were on the screen."""

    longest = forms.IntegerField(min_value=0, max_value=LONGEST)
    place = forms.IntegerField(min_value=0, max_value=LONGEST)
    seen = forms.CharField(max_length=64)
