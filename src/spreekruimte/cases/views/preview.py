"""A case as citizens come to see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from spreekruimte.cases.forms.choosing import PreviewForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import preview_case
from spreekruimte.cases.views.found import find_case
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_preview(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show one text with its facts, exactly as citizens see them."""
    found = find_case(organisation, identifier)
    language = "en" if translation.get_language() == "en" else "nl"
    form = PreviewForm(request.GET or {"framing": "", "side": "post", "language": language})
    told = _tell(found.case, form.cleaned_data) if form.is_valid() else ""
    page = {"organisation": organisation, "found": found, "form": form, "told": told}
    return render(request, "cases/preview.html", page, status=200 if form.is_valid() else 400)


def _tell(case: Case, chosen: dict[str, Any]) -> str:
    """Tell the case in the language of the text, whatever that of the page; empty without one."""
    shown = preview_case(
        case,
        framing=chosen["framing"] or None,
        side=chosen["side"],
        language=chosen["language"],
    )
    with translation.override(chosen["language"]):
        return render_to_string("cases/told.html", {"case": shown}) if shown else ""
