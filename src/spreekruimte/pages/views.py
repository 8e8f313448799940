"""Home, and the pages that explain."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.ballots.ladder import MEASURES, UNKNOWN
from spreekruimte.ballots.moderation.states import GROUND_NAMES
from spreekruimte.pages.queries import home_at
from spreekruimte.verdicts.method import VERSION
from spreekruimte.verdicts.report.rules import view_rules

# No id of a case is longer.
LONGEST_ID = 18


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Show which cases are open, and which ended."""
    before = request.GET.get("before")
    now = timezone.now()
    home = home_at(now, before=None if before is None else _read_id(before))
    return render(request, "pages/home.html", {"home": home, "now": now, "is_first": not before})


@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """Explain how a case comes to its verdict."""
    return render(request, "pages/how-it-works.html")


@require_safe
def show_method(request: HttpRequest) -> HttpResponse:
    """Explain how votes become a verdict, with the numbers of the rules."""
    steps = [name for step, name in MEASURES.items() if step != UNKNOWN]
    context = {"rules": view_rules(Rules()), "steps": steps, "version": VERSION}
    return render(request, "pages/method.html", context)


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of whom, and how to have it erased."""
    context = {"operator": settings.OPERATOR, "retention_months": settings.RETENTION_MONTHS}
    return render(request, "pages/privacy.html", context)


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far everybody can use the site, and where to complain."""
    return render(request, "pages/accessibility.html", {"operator": settings.OPERATOR})


@require_safe
def show_rules(request: HttpRequest) -> HttpResponse:
    """Say which reasons are shown, and what can be done about one that is hidden."""
    context = {"operator": settings.OPERATOR, "grounds": GROUND_NAMES.values()}
    return render(request, "pages/rules.html", context)


@require_safe
def show_open_data(request: HttpRequest) -> HttpResponse:
    """Say what can be downloaded and how to check it."""
    return render(request, "pages/open-data.html")


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise Http404
    return int(text)
