"""No cookie is read or set by the draft check, whatever else a page would do with them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from spreekruimte.cases.sentences import LANGUAGES

PATH = "/draft/"
PATHS = frozenset({PATH, *(f"{PATH}{language}/" for language in LANGUAGES)})


class CookielessMiddleware:
    """Takes the cookies off requests to the draft check before anything reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as if the browser had no cookies, and give it none."""
        if request.path not in PATHS:
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        return response
