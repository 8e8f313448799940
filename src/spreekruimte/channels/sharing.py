"""What the page of a case tells programs: cards, and how to show, mention and follow it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.public import PUBLIC_STATES
from spreekruimte.channels.cards import words_of
from spreekruimte.channels.network import Card
from spreekruimte.channels.picture import HEIGHT, WIDTH

# Those that people pass on.
PAGES = frozenset({"ballots:case", "ballots:judgement", "verdicts:result", "embed:share"})
LOCALES = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link for programs, as `link` in the head of a page has it."""

    relation: str
    address: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a page tells whoever passes it on."""

    card: Card
    address: str
    picture: str
    width: int
    height: int
    locale: str
    links: tuple[Link, ...]


def share_page(request: HttpRequest) -> dict[str, object]:
    """Give pages what they tell programs, for templates; looked up only where it is told."""
    return {"shared": SimpleLazyObject(lambda: describe_page(request))}


def describe_page(request: HttpRequest) -> Shared | None:
    """Describe a page for who passes it on; None for one that is not about a case."""
    match = request.resolver_match
    if match is None or match.view_name not in PAGES:
        return None
    case = Case.objects.filter(pk=match.kwargs["case_id"], state__in=PUBLIC_STATES).first()
    return _describe(request, case) if case else None


def _describe(request: HttpRequest, case: Case) -> Shared:
    page = request.build_absolute_uri(reverse("ballots:case", args=[case.pk]))
    language = read_language()
    oembed = request.build_absolute_uri(f"{reverse('embed:oembed')}?{urlencode({'url': page})}")
    # Another address for each state: networks keep a picture for as long as they like.
    picture = reverse(f"embed:card-{language}", args=[case.pk]) + f"?{case.state}"
    return Shared(
        card=words_of(case, language),
        address=page,
        picture=request.build_absolute_uri(picture),
        width=WIDTH,
        height=HEIGHT,
        locale=LOCALES[language],
        links=(
            Link("alternate", oembed, "application/json+oembed", _("This case on your own page")),
            Link("webmention", request.build_absolute_uri(reverse("webmention:webmention"))),
            Link("pingback", request.build_absolute_uri(reverse("webmention:pingback"))),
        ),
    )
