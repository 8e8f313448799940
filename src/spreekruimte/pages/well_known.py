"""Files that programs look for at a fixed address."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

# The standard asks for less than a year, so that a forgotten file stops counting.
SECURITY_HOLDS = timedelta(days=180)
ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /desk/
Disallow: /language/
Disallow: /receipt/
"""


@require_safe
def tell_robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Say what is of no use to a search engine; cases say themselves that they are not for one."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def tell_security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); 404 where no contact is set."""
    contact = settings.OPERATOR.contact
    if not contact:
        raise Http404
    expires = (timezone.now() + SECURITY_HOLDS).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def give_icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Lead to the icon who looks for it where it was in the old days."""
    return HttpResponse(status=301, headers={"Location": static("look/icon.svg")})
