"""What the forms that change a case have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.organisations.models import Actor

_LOST = _("Something is missing from the form. Open the page again.")


class VersionForm(forms.Form):
    """A form that says how the case was when its page was opened."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), _LOST),
    )


class SubjectForm(VersionForm):
    """A form about one subject of a case, with what is stored filled in."""

    def __init__(self, found: EditorCase, data: QueryDict | None = None) -> None:
        super().__init__(
            data, initial={**self.read(found.case), "version": found.version}, label_suffix=""
        )
        self.case = found.case
        self.prepare()

    def prepare(self) -> None:
        """Add fields that depend on the case."""

    def typed(self, field: str) -> object:
        """Give what stands in a field: what was sent, or else what is stored."""
        return (self.data if self.is_bound else self.initial).get(field)

    def read(self, case: Case) -> dict[str, Any]:
        """Give what is stored, by field."""
        raise NotImplementedError

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store what was filled in."""
        raise NotImplementedError
