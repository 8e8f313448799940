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
from spreekruimte.guidelines.draft_check.checking import Check, check
from spreekruimte.guidelines.draft_check.forms import (
    ACT,
    WHOSE,
    DraftForm,
    read_answers,
    read_text,
)
from spreekruimte.guidelines.draft_check.questions import choose_questions, known_questions
from spreekruimte.studies.plans import Plan

CHECK, FILL = "check", "fill"


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
            response = _render(request, Context(), find_basis(""), problem=" ".join(error.messages))
        response.headers["Content-Language"] = str(get_language())
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_variables()
def _answer(request: HttpRequest) -> HttpResponse:
    sent = request.POST.dict()
    context, text, whose = read_answers(sent), read_text(sent), sent.get(WHOSE, "")
    basis = _find_basis(whose)
    if sent.get(ACT) != CHECK:
        return _render(request, context, basis, whose)
    checked = check(basis, context, text, today=timezone.localdate())
    return _render(request, context, basis, whose, checked=checked)


def _find_basis(whose: str) -> Basis:
    try:
        return find_basis(whose)
    except LookupError as error:
        raise ValidationError(_("There is no such guideline.")) from error


def _render(
    request: HttpRequest,
    context: Context,
    basis: Basis,
    whose: str = "",
    *,
    checked: Check | None = None,
    problem: str = "",
) -> HttpResponse:
    # All that a template names is there: of what is absent Django logs, with all that is there.
    page = {
        "form": _make_form(context, basis, whose),
        "basis": basis,
        "check": checked,
        "act": CHECK if checked else FILL,
        "problem": problem,
        # The buttons for the language of other pages need a cookie.
        "csrf_token": "",
    }
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    return render(request, "draft_check/page.html", page, status=status)


def _make_form(context: Context, basis: Basis, whose: str) -> DraftForm:
    """Ask what the basis asks, and keep what was answered besides."""
    answers = {answer.attribute: answer.value for answer in context}
    studied = Plan.of(basis.study).values if basis.study else ()
    asked = {each.attribute.id for each in choose_questions(studied, basis.lines)}
    questions = [each for name, each in known_questions().items() if name in asked | set(answers)]
    return DraftForm(questions, answers, whose)
