"""The part of an organisation in the debate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spreekruimte.dialogue.queries.organisations import part_in_debate
from spreekruimte.dialogue.showing import list_figures
from spreekruimte.organisations.models import Organisation


@require_safe
def show_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an organisation and its public servants said about cases that are closed.

    Cases that are asked now are left out, so that nothing shows early.
    """
    organisation = get_object_or_404(Organisation, slug=slug)
    part = part_in_debate(organisation, now=timezone.now())
    page = {"organisation": organisation, "part": part, "figures": list_figures(part.quality)}
    response = render(request, "dialogue/organisation.html", page)
    response.setdefault("Cache-Control", "no-cache")
    return response
