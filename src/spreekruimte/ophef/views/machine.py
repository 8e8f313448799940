"""Signals over HTTP for phone systems and contact centres, told in ``docs/ophef-over-http.md``.

No cookie is read. Nothing of the register is given back but the number of the signal.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.look.programs import (
    ProblemError,
    Sendable,
    read_bearer,
    read_object,
    tell_problem,
)
from spreekruimte.ophef.access import actor_of, find_token, is_within_limit
from spreekruimte.ophef.actions.recording import Recorded, key_of, record_signal
from spreekruimte.ophef.actions.tokens import note_use
from spreekruimte.ophef.importing.cells import FIRST_YEAR, LAST_YEAR
from spreekruimte.ophef.models import AccessToken, Incident, Kind, Source
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations.refusals import RefusedError

SIGNAL = Sendable(
    fields=frozenset({"incident", "kind", "at", "author", "direction", "outside"}),
    as_json=_("A signal is sent as JSON."),
    too_long=_("This is too long for a signal."),
    as_object=_("A signal is an object with an incident and, if you like, a kind and a time."),
)
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_DIRECTIONS = {"against": -1, "neutral": 0, "defence": 1}


@csrf_exempt
def take_signal(request: HttpRequest) -> HttpResponse:
    """Add one signal, and say which it is."""
    try:
        recorded = _take(request, timezone.now())
    except ProblemError as problem:
        response = tell_problem(problem)
    else:
        response = HttpResponse(
            json.dumps({"signal": recorded.signal.pk}),
            status=HTTPStatus.CREATED if recorded.is_new else HTTPStatus.OK,
            content_type="application/json",
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _take(request: HttpRequest, now: datetime) -> Recorded:
    if request.method != "POST":
        sentence = _("Signals are sent here with POST.")
        raise ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, sentence, Allow="POST")
    token = _read_token(request, now)
    key = _read_key(request)
    body = read_object(request, SIGNAL)
    incident = _find_incident(body.get("incident"), token)
    try:
        return record_signal(
            incident=incident,
            reported=_read_reported(body, now),
            source=Source.ENDPOINT,
            key=key_of(token.pk, key),
            token=token,
            actor=actor_of(token),
            now=now,
        )
    except RefusedError as refusal:
        raise ProblemError(HTTPStatus.CONFLICT, str(refusal)) from refusal
    except ValidationError as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, " ".join(error.messages)) from error
    except DatabaseError as error:
        sentence = _("This could not be stored. Please try again.")
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, sentence, Retry_After="1") from error


def _read_token(request: HttpRequest, now: datetime) -> AccessToken:
    bearer = read_bearer(request)
    token = find_token(bearer, AccessToken.Use.ENDPOINT) if bearer else None
    if token is None:
        sentence = _("The key is not one that was given out here, or was withdrawn.")
        raise ProblemError(HTTPStatus.UNAUTHORIZED, sentence, WWW_Authenticate="Bearer")
    if not is_within_limit(token, now=now):
        sentence = _("Too many signals came in with this key. Try again in the next hour.")
        raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, sentence, Retry_After="600")
    note_use(token=token, now=now)
    return token


def _read_key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return secrets.token_hex(16)
    if _KEY.fullmatch(key) is None:
        sentence = _("An Idempotency-Key has 1 to 200 signs, without spaces.")
        raise ProblemError(HTTPStatus.BAD_REQUEST, sentence)
    return key


def _find_incident(number: object, token: AccessToken) -> Incident:
    # True would pass for 1.
    if type(number) is not int:
        sentence = _("A signal names an incident, by its number.")
        raise ProblemError(HTTPStatus.BAD_REQUEST, sentence)
    found = Incident.objects.select_related("organisation").filter(
        organisation=token.organisation, pk=number if 0 < number <= LARGEST_ID else 0
    )
    incident = found.first()
    if incident is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, _("There is no incident here of this number."))
    return incident


def _read_reported(body: dict[str, Any], now: datetime) -> Reported:
    kind, direction = body.get("kind", Kind.CALL), body.get("direction")
    outside, author = body.get("outside"), body.get("author") or ""
    if kind not in Kind.values:
        raise SignalError("not_a_kind", "kind")
    if direction is not None and direction not in list(_DIRECTIONS):
        raise SignalError("not_a_direction", "direction")
    if outside is not None and type(outside) is not bool:
        raise SignalError("not_yes_or_no", "outside")
    if not isinstance(author, str):
        raise SignalError("not_an_author", "author")
    return Reported(
        kind=Kind(kind),
        at=_read_moment(body.get("at"), now),
        author=author,
        direction=None if direction is None else _DIRECTIONS[direction],
        is_outside=outside,
    )


def _read_moment(given: object, now: datetime) -> datetime:
    if given is None:
        return now
    try:
        moment = parse_datetime(given) if isinstance(given, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValidationError(
            _("A time is written as 2026-12-31T14:05:00+01:00, with its time zone.")
        )
    return moment.astimezone(UTC)
