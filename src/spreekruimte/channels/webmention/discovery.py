"""Tell other sites where they can tell of mentions, in headers as well as in the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

# Those that people write about.
PAGES = frozenset({"ballots:case", "verdicts:result"})


class DiscoveryMiddleware:
    """Adds to the page of a case where mentions of it are told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name in PAGES and response.status_code < 400:
            webmention = request.build_absolute_uri(reverse("webmention:webmention"))
            response.headers["Link"] = f'<{webmention}>; rel="webmention"'
            response.headers["X-Pingback"] = request.build_absolute_uri(
                reverse("webmention:pingback")
            )
        return response
