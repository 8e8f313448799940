"""The ballot inside pages of others, where a browser may give it nothing but scripts.

Such a frame has an origin of its own: no cookies, no forms, no storage, and what it asks of us
counts as asked from elsewhere. So all that it needs comes with the page, and a ballot is brought
with the token of the page.
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.forms import JUDGEMENTS
from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.ballots.limits import client_of
from spreekruimte.ballots.models import Question, Round, Tier
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.views.machine import read_answer, telling_refusals
from spreekruimte.ballots.views.visiting import find_kind, read_language
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import PublicCase, case_as_asked, preview_case
from spreekruimte.cases.shares import Arm
from spreekruimte.channels.embed.actions import cast_embedded
from spreekruimte.channels.embed.inlining import read_inline, write_policy
from spreekruimte.channels.embed.tokens import Token, make_token, make_withdrawal, read_token
from spreekruimte.look.programs import ProblemError, Sendable, read_object, tell_problem

NONCE_BYTES = 24
# What answers to whoever asks, from wherever: without cookies there is nothing to abuse.
FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*"}

_ASKED_OF = (Question.JUDGEMENT, Question.MEASURE)
_BALLOT = Sendable(
    fields=frozenset({"question", "answer", "token"}),
    as_json=_("A ballot is sent as JSON."),
    too_long=_("This is too long for a ballot."),
    as_object=_("A ballot here is an object with a question, an answer and a token."),
)


@never_cache
@xframe_options_exempt
@require_safe
def show_ballot(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the ballot of a case inside a page of somebody else, or say why it is not asked."""
    case = Case.objects.filter(pk=case_id).first()
    round_ = case and current_round(case, now=timezone.now())
    kind = "asked" if round_ else case and find_kind(case)
    if case is None or kind is None:
        raise Http404(_("There is no such case."))
    is_told = kind in ("asked", "over", "protected")
    inline = read_inline()
    nonce, arm = _draw_showing(request, case, round_) if round_ else ("", None)
    context = {
        "kind": kind,
        "case_id": case.pk,
        "case": _tell(case, arm) if is_told else None,
        "token": make_token(round_.pk, nonce=nonce) if round_ else "",
        "withdrawal": make_withdrawal(round_.pk, nonce=nonce) if round_ else "",
        "judgements": JUDGEMENTS.items(),
        "measures": MEASURES.items(),
        "origin": f"{request.scheme}://{request.get_host()}",
        "inline": inline,
    }
    status = HTTPStatus.OK if is_told else HTTPStatus.GONE
    response = render(request, "embed/ballot.html", context, status=status)
    response.headers["Content-Security-Policy"] = write_policy(inline, str(context["origin"]))
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
def take_ballot(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take a ballot from inside a page of somebody else; tell beforehand that it may be brought."""
    if request.method == "OPTIONS":
        allowed = {"Methods": "POST", "Headers": "content-type"}
        headers = {f"Access-Control-Allow-{name}": value for name, value in allowed.items()}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=FROM_ANYWHERE | headers)
    try:
        response = _take(request, case_id)
    except ProblemError as problem:
        response = tell_problem(problem)
    for name, value in FROM_ANYWHERE.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def _draw_showing(request: HttpRequest, case: Case, round_: Round) -> tuple[str, Arm]:
    """Draw the number of a showing, and the text to ask on that follows from it.

    A frame keeps nothing, so each showing is another respondent. Numbers are drawn until one has
    the arm of the address and program that ask: whoever loads the page again reads the same text.
    """
    lot = lot_of(round_, case)
    who = f"{client_of(request)} {request.headers.get('user-agent', '')}"
    wanted = draw_arm(lot, Respondent(Tier.EMBED, keyed_digest("embed.reader", who)))
    while True:
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        if draw_arm(lot, Token(round_.pk, nonce).respondent) == wanted:
            return nonce, wanted


def _tell(case: Case, arm: Arm | None) -> PublicCase | None:
    """Tell a case as it is asked; without an arm, as everybody can read it."""
    if arm is not None:
        return case_as_asked(case, arm, language=read_language())
    return preview_case(case, framing=None, side="post", language=read_language())


def _take(request: HttpRequest, case_id: int) -> HttpResponse:
    if request.method != "POST":
        sentence = _("Ballots are sent here with POST.")
        raise ProblemError(HTTPStatus.METHOD_NOT_ALLOWED, sentence, Allow="POST, OPTIONS")
    body = read_object(request, _BALLOT)
    answer = read_answer(body)
    token = read_token(str(body.get("token")))
    if answer.question not in _ASKED_OF:
        sentence = _("On this page you can say whether the post is admissible, and which measure.")
        raise ProblemError(HTTPStatus.BAD_REQUEST, sentence)
    if token is None:
        raise ProblemError(
            HTTPStatus.FORBIDDEN, _("This page is too old to vote on. Load it again.")
        )
    with telling_refusals(case_id):
        cast = cast_embedded(case_id=case_id, token=token, answer=answer, now=timezone.now())
    return HttpResponse(
        json.dumps({"receipt": cast.receipt}),
        status=HTTPStatus.CREATED if cast.is_new else HTTPStatus.OK,
        content_type="application/json",
    )
