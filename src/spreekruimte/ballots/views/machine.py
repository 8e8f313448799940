"""Ballots over HTTP for programs, told in ``docs/ballots-over-http.md``.

No cookie is read, so that no page elsewhere can vote in the name of who looks at it. So such a
ballot needs nothing of what is prepared for a page, which takes longer than the ballot itself:
`BallotMiddleware` answers it before that.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.actions.casting import LARGEST_ID, Answer, Cast, cast_in_case
from spreekruimte.ballots.actions.gathering import AbandonedError
from spreekruimte.ballots.models import Question, Round, Tier
from spreekruimte.ballots.refusals import BallotRefusedError, RoundIsOver
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.routing import choose_reason
from spreekruimte.look.programs import (
    ProblemError,
    Sendable,
    read_bearer,
    read_object,
    tell_problem,
)

# As far as Python reads a number at once; no case has so many digits.
_ADDRESS = re.compile(r"/cases/([0-9]{1,4000})/ballots")
_BALLOT = Sendable(
    fields=frozenset({"question", "answer", "reason"}),
    as_json=_("A ballot is sent as JSON."),
    too_long=_("This is too long for a ballot."),
    as_object=_("A ballot is an object with a question, an answer and, for some, a reason."),
)


class BallotMiddleware:
    """Takes ballots before sessions, languages, forms and styles of pages are seen to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take a ballot, or pass the request on."""
        found = _ADDRESS.fullmatch(request.path_info)
        return take_ballot(request, int(found[1])) if found else self.get_response(request)


def take_ballot(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one ballot and say what to ask next."""
    # Refuses a host that is not ours.
    request.get_host()
    try:
        response = _take(request, case_id)
    except ProblemError as problem:
        with translation.override(translation.get_language_from_request(request)):
            response = tell_problem(problem)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _take(request: HttpRequest, case_id: int) -> HttpResponse:
    given = _read_token(request)
    respondent = given or Respondent(Tier.BROWSER, secrets.token_urlsafe(32))
    answer = read_answer(_read_body(request))
    with telling_refusals(case_id):
        cast = cast_in_case(
            case_id=case_id, respondent=respondent, answer=answer, now=timezone.now()
        )
    body = {
        "receipt": cast.receipt,
        "position": cast.position,
        "next": _choose_next(cast),
    }
    if given is None:
        body["token"] = respondent.key
    return HttpResponse(
        json.dumps(body),
        status=HTTPStatus.CREATED if cast.is_new else HTTPStatus.OK,
        content_type="application/json",
    )


def _choose_next(cast: Cast) -> dict[str, object] | None:
    if cast.next_question != Question.REASON:
        return {"question": cast.next_question.value}
    reason = choose_reason(round_id=cast.round_id, pseudonym=cast.pseudonym, answered=cast.answered)
    if reason is None:
        return None
    return {
        "question": Question.REASON.value,
        "reason": reason.id,
        "text": reason.content,
        "language": reason.language,
    }


@contextmanager
def telling_refusals(case_id: int) -> Iterator[None]:
    """Tell a program why its ballot on a case is not taken; raises ProblemError."""
    if case_id > LARGEST_ID:
        raise _no_round(case_id)
    try:
        yield
    except Round.DoesNotExist:
        raise _no_round(case_id) from None
    except BallotRefusedError as refusal:
        raise ProblemError(HTTPStatus.CONFLICT, refusal.sentence) from refusal
    except (AbandonedError, DatabaseError) as error:
        sentence = _("Your ballot could not be stored. Please try again.")
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, sentence, Retry_After="1") from error


def _no_round(case_id: int) -> ProblemError:
    if Round.objects.filter(case__pk=case_id).exists():
        return ProblemError(HTTPStatus.CONFLICT, RoundIsOver.sentence)
    return ProblemError(HTTPStatus.NOT_FOUND, _("There is no case here that you can vote on."))


def _read_token(request: HttpRequest) -> Respondent | None:
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    token = read_bearer(request)
    if token is None:
        sentence = _("The token is not one that was given out here.")
        raise ProblemError(HTTPStatus.UNAUTHORIZED, sentence, WWW_Authenticate="Bearer")
    return Respondent(Tier.BROWSER, token)


def read_answer(body: Mapping[str, Any]) -> Answer:
    """Read the answer in an object that a program sent; raises ProblemError where there is none."""
    reason = body.get("reason")
    try:
        return Answer(
            question=Question(str(body.get("question"))),
            value=_whole_number(body.get("answer")),
            reason_id=None if reason is None else _whole_number(reason),
        )
    except ValueError as error:
        sentence = _("This is not a ballot: a question, an answer or a reason does not fit.")
        raise ProblemError(HTTPStatus.BAD_REQUEST, sentence) from error


def _whole_number(value: object) -> int:
    # True and False would pass for 1 and 0.
    if type(value) is not int:
        raise ValueError("An answer or reason is a whole number.")
    return value


def _read_body(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        sentence = _("Ballots are sent here with POST.")
        raise ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, sentence, Allow="POST")
    return read_object(request, _BALLOT)
