"""What everybody may read: what our accounts do on networks, and what was said there of a case."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.queries import case_for_public
from spreekruimte.channels.asking import user_agent
from spreekruimte.channels.queries.public import asked_elsewhere
from spreekruimte.verdicts.views.looking import Look, to_page


@require_safe
def explain_bot(request: HttpRequest) -> HttpResponse:
    """Say who asks on networks, what happens with replies, and how to be left alone."""
    page = {"operator": settings.OPERATOR, "user_agent": user_agent()}
    return render(request, "channels/bot.html", page)


@require_safe
@to_page
def show_polls(look: Look) -> HttpResponse:
    """Show where a case was asked, and what polls say there, apart from the ballots."""
    page = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "asked": asked_elsewhere(look.case),
    }
    return render(look.request, "channels/polls.html", page)
