"""What everybody may read of the polls of our actors, once it may be told."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.queries import case_for_public
from spreekruimte.channels.fediverse.queries import counted_polls
from spreekruimte.verdicts.views.looking import Look, to_page


@require_safe
@to_page
def show_counts(look: Look) -> HttpResponse:
    """Show what accounts of the fediverse chose, by how many of one server did."""
    page = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "polls": counted_polls(look.case),
    }
    return render(look.request, "fediverse/counts.html", page)
