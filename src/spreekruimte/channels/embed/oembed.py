"""What other sites need to show the ballot of a case, as the oEmbed specification has it.

Only as JSON, as the link on the page of a case says; a request for XML is answered with 501, as
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.views.visiting import find_kind
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.public import PUBLIC_STATES
from spreekruimte.channels.addresses import read_case_address
from spreekruimte.channels.embed.voting import FROM_ANYWHERE

WIDTH, HEIGHT = 600, 520
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class _Room:
    """How much room there is for the frame, in pixels."""

    width: int
    height: int


@require_safe
def describe(request: HttpRequest) -> HttpResponse:
    """Describe how the case that an address leads to is shown elsewhere.

    400 where no size can be read, 401 for a case that is not shown any more, 404 for an address
    that leads to no case, 501 for another format than JSON.
    """
    if request.GET.get("format", "json") != "json":
        return _refuse(HTTPStatus.NOT_IMPLEMENTED)
    room = _read_room(request)
    if room is None:
        return _refuse(HTTPStatus.BAD_REQUEST)
    case_id = read_case_address(request.GET.get("url", ""), host=request.get_host())
    case = Case.objects.filter(pk=case_id or 0).first()
    if case is None or find_kind(case) is None:
        return _refuse(HTTPStatus.NOT_FOUND)
    if case.state not in PUBLIC_STATES:
        return _refuse(HTTPStatus.UNAUTHORIZED)
    response = JsonResponse(_describe(request, case, room), headers=FROM_ANYWHERE)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _describe(request: HttpRequest, case: Case, room: _Room) -> dict[str, object]:
    title = _("What do you think of this post?")
    context = {
        "title": title,
        "page": request.build_absolute_uri(reverse("ballots:case", args=[case.pk])),
        "frame": request.build_absolute_uri(reverse("embed:ballot", args=[case.pk])),
        "room": room,
    }
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Spreekruimte",
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": KEPT_SECONDS,
        "html": render_to_string("embed/frame.html", context).strip(),
        "width": room.width,
        "height": room.height,
    }


def _read_room(request: HttpRequest) -> _Room | None:
    """Read the most room that there is; None where it is no number."""
    given = (request.GET.get("maxwidth", str(WIDTH)), request.GET.get("maxheight", str(HEIGHT)))
    if not all(each.isascii() and each.isdigit() and 0 < len(each) <= 9 for each in given):
        return None
    width, height = map(int, given)
    return _Room(min(width, WIDTH), min(height, HEIGHT)) if width and height else None


def _refuse(status: HTTPStatus) -> HttpResponse:
    return JsonResponse({"title": status.phrase, "status": status.value}, status=status)
