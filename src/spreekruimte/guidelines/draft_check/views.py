"""The page of the draft check. What is sent to it is gone once it is answered."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.basis import Basis, find_basis
from spreekruimte.guidelines.draft_check.checking import check
from spreekruimte.guidelines.draft_check.forms import (
    ACT,
    WHOSE,
    DraftForm,
    read_answers,
    read_text,
)
from spreekruimte.guidelines.draft_check.questions import choose_questions, known_questions
from spreekruimte.studies.plans import Plan

CHECK = "check"


# Nothing changes here, so no form of somebody else can do harm; a token would need a cookie.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check_draft(request: HttpRequest, language: str = "") -> HttpResponse:
    """Ask about a post before it is there, and say how much room there is for it."""
    with translation.override(language or get_language()):
        try:
            response = _answer(request)
        except ValidationError as error:
            page = {"problem": " ".join(error.messages), "form": _make_form(Context(), "")}
            response = _render(request, page, HTTPStatus.BAD_REQUEST)
        response.headers["Content-Language"] = str(get_language())
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_variables()
def _answer(request: HttpRequest) -> HttpResponse:
    sent = request.POST.dict()
    context, text, whose = read_answers(sent), read_text(sent), sent.get(WHOSE, "")
    basis = _find_basis(whose)
    page: dict[str, object] = {"form": _make_form(context, whose, basis), "basis": basis}
    if sent.get(ACT) == CHECK:
        page |= {"check": check(basis, context, text, today=timezone.localdate()), "act": CHECK}
    return _render(request, page)


def _find_basis(whose: str) -> Basis:
    try:
        return find_basis(whose)
    except LookupError as error:
        raise ValidationError(_("There is no such guideline.")) from error


def _make_form(context: Context, whose: str, basis: Basis | None = None) -> DraftForm:
    """Ask what the basis asks, and keep what was answered besides."""
    basis = basis or find_basis("")
    answers = {answer.attribute: answer.value for answer in context}
    studied = Plan.of(basis.study).values if basis.study else ()
    asked = {each.attribute.id for each in choose_questions(studied, basis.lines)}
    questions = [each for name, each in known_questions().items() if name in asked | set(answers)]
    return DraftForm(questions, answers, whose)


def _render(
    request: HttpRequest, page: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    # The buttons for the language of other pages need a cookie.
    return render(request, "draft_check/page.html", {**page, "csrf_token": ""}, status=status)
