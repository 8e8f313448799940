"""Read what programs send, and tell them why it cannot be answered (RFC 9457)."""

from __future__ import annotations

import json
import re
from collections.abc import Set
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.look.refusing import PROBLEM

LARGEST_BODY = 4096

_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{43})", re.IGNORECASE)


class ProblemError(Exception):
    """A request that cannot be answered as it is.

    Attributes
    ----------
    status
        Of the response.
    sentence
        What is the matter, for who sent it.
    headers
        What else belongs to such a response.
    """

    def __init__(self, status: HTTPStatus, sentence: str | Promise, **headers: str) -> None:
        self.status = status
        self.sentence = sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Sendable:
    """What a program can send to an address, and what it is told where it sends anything else.

    Attributes
    ----------
    fields
        What the object can have.
    as_json, too_long, as_object
        That it is sent as JSON, that it is too long, and which object it is.
    """

    fields: Set[str]
    as_json: Promise
    too_long: Promise
    as_object: Promise


def read_object(request: HttpRequest, sendable: Sendable) -> dict[str, Any]:
    """Read the object that a program sent.

    Raises
    ------
    ProblemError
        If it sent anything else.
    """
    if request.content_type != "application/json":
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, sendable.as_json)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sendable.too_long)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, _("This is not JSON.")) from error
    if not isinstance(body, dict) or not body.keys() <= sendable.fields:
        raise ProblemError(HTTPStatus.BAD_REQUEST, sendable.as_object)
    return body


def read_bearer(request: HttpRequest) -> str | None:
    """Read the token with which a program shows who it is; None where it sent none like ours."""
    found = _BEARER.fullmatch(request.META.get("HTTP_AUTHORIZATION", ""))
    return found[1] if found else None


def tell_problem(problem: ProblemError) -> HttpResponse:
    """Answer a program that its request cannot be answered as it is."""
    status = problem.status
    body = {"title": status.phrase, "status": status.value, "detail": str(problem.sentence)}
    return HttpResponse(
        json.dumps(body), status=status, headers=problem.headers, content_type=PROBLEM
    )
