"""What can be cited for a case; for editors only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases import actions
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.writing import tidy_source
from spreekruimte.organisations.models import Actor


class SourcesForm(SubjectForm):
    """The sources, one a line."""

    sources = forms.CharField(
        label=_("Sources, one on each line"),
        help_text=_("For example: a ruling with its number, or a newspaper with its date."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    def read(self, case: Case) -> dict[str, Any]:
        """Give the sources, one a line."""
        return {"sources": "\n".join(source.citation for source in case.sources.all())}

    def clean_sources(self) -> list[str]:
        """Give the sources tidied."""
        return [tidy_source(line) for line in self.cleaned_data["sources"].splitlines()]

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the sources."""
        sources = self.cleaned_data["sources"]
        return actions.cite_sources(case=case, sources=sources, actor=actor, now=now)
