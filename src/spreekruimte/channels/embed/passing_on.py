"""Ways to pass a case on: cards, a poster, and what to put on a page of one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from spreekruimte.ballots.qr import draw_qr
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import preview_case
from spreekruimte.cases.queries.public import PUBLIC_STATES
from spreekruimte.cases.sentences import Language
from spreekruimte.channels.cards import card_of, words_of
from spreekruimte.channels.embed.oembed import HEIGHT, WIDTH

CARD_KEPT_SECONDS = 300


@require_safe
def draw_card(request: HttpRequest, case_id: int, language: Language) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Give the card that belongs to a case now, as a picture that any site may show."""
    card = card_of(_find_case(case_id), language)
    if not card.picture:
        raise Http404(_("This installation draws no cards."))
    headers = {
        "Cache-Control": f"public, max-age={CARD_KEPT_SECONDS}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(card.picture, content_type="image/png", headers=headers)


@never_cache
@require_safe
def share(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show how to pass a case on."""
    case = _find_case(case_id)
    page = request.build_absolute_uri(reverse("ballots:case", args=[case.pk]))
    frame = {
        "title": _("What do you think of this post?"),
        "page": page,
        "frame": request.build_absolute_uri(reverse("embed:ballot", args=[case.pk])),
        "room": {"width": WIDTH, "height": HEIGHT},
    }
    language = read_language()
    context = {
        "case": preview_case(case, framing=None, side="post", language=language),
        "page": page,
        "card": words_of(case, language),
        "card_address": reverse(f"embed:card-{language}", args=[case.pk]) + f"?{case.state}",
        "code": render_to_string("embed/frame.html", frame).strip(),
        "is_asked": current_round(case, now=timezone.now()) is not None,
    }
    return render(request, "embed/share.html", context)


@never_cache
@require_safe
def show_poster(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the poster of a case that is asked now, to print."""
    case = _find_case(case_id)
    round_ = current_round(case, now=timezone.now())
    if round_ is None:
        raise Http404(_("This case is not asked now, so it has no poster."))
    page = request.build_absolute_uri(reverse("ballots:case", args=[case.pk]))
    context = {
        "case": preview_case(case, framing=None, side="post", language=read_language()),
        "page": page,
        "qr": draw_qr(page),
        "closes_at": round_.closes_at,
    }
    return render(request, "embed/poster.html", context)


def _find_case(case_id: int) -> Case:
    case = Case.objects.filter(pk=case_id, state__in=PUBLIC_STATES).first()
    if case is None:
        raise Http404(_("There is no such case."))
    return case
