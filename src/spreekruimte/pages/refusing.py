"""What the site answers where no view does: refusals, errors, and addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from spreekruimte.look.refusing import OLD_FORM, refuse
from spreekruimte.organisations.refusals import RefusedError

Answer = Callable[[HttpRequest], HttpResponseBase]


class RefusalMiddleware:
    """Turns what an action refuses into an answer for who asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 409 where the state of things refuses, 400 where the input does."""
        if isinstance(error, RefusedError):
            return refuse(request, 409, str(error))
        if isinstance(error, ValidationError):
            return refuse(request, 400, " ".join(error.messages))
        return None


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read, or is too large to be."""
    return refuse(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def answer_forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Answer who may not see a page, with the reason that was given."""
    return refuse(request, 403, str(exception))


def answer_old_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - technical
    """Answer a form without the token that shows that it came from here."""
    return refuse(request, 403, refusal=OLD_FORM)


def answer_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - technical
    """Answer an address that leads nowhere."""
    return refuse(request, 404)


def answer_too_often(request: HttpRequest) -> HttpResponse:
    """Answer who tries to sign in again and again."""
    return refuse(request, 429)


def answer_error(request: HttpRequest) -> HttpResponse:
    """Answer where the site itself fails."""
    return refuse(request, 500)
