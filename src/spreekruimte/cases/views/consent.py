"""Where a public servant reads an own case, agrees to it, and takes that back.

Nobody signs in here: whoever has the code of a case may. The page is kept by no cache; the code is
kept nowhere, and goes from page to page in the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spreekruimte.cases import actions
from spreekruimte.cases.forms.consent import LOST, AgreeForm, CodeForm, StepForm
from spreekruimte.cases.gates.right_of_reply import TERM
from spreekruimte.cases.gates.texts import LANGUAGE_NAMES, name_place
from spreekruimte.cases.models import Case
from spreekruimte.cases.permissions import may_consent
from spreekruimte.cases.queries import case_with_code
from spreekruimte.cases.stored import digest_of, texts_of
from spreekruimte.organisations.refusals import RefusedError

DONE: Mapping[str, object] = MappingProxyType(
    {
        "agree": _("You agreed. Keep your code: with it you can take this back at any moment."),
        "settle": _("You need no more time to reply."),
        "withdraw": _("You took your consent back. Your case is not asked any more."),
    }
)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Ask for a code; with it, show the case and do what whoever has the code chooses."""
    if request.method != "POST":
        return render(request, "cases/consent.html", {"form": CodeForm(label_suffix="")})
    form, step = CodeForm(request.POST, label_suffix=""), StepForm(request.POST)
    if form.is_valid() and not step.is_valid():
        form.add_error(None, LOST)
    case = case_with_code(form.cleaned_data["code"]) if form.is_valid() else None
    if case is None:
        if form.is_valid():
            form.add_error("code", _("We do not know this code. Look whether you typed it right."))
        return render(request, "cases/consent.html", {"form": form}, status=400)
    if not may_consent(request.user, case.organisation):
        raise PermissionDenied(_("Whoever prepares a case cannot agree to it."))
    return _act(request, case, step.cleaned_data["step"])


def _act(request: HttpRequest, case: Case, step: str) -> HttpResponse:
    form = AgreeForm(request.POST if step == "agree" else None, initial={"digest": digest_of(case)})
    if step == "read":
        return _show(request, case, form)
    if step == "agree" and not form.is_valid():
        return _show(request, case, form, status=400)
    try:
        _take(case, step, form)
    except RefusedError as error:
        again = AgreeForm(initial={"digest": digest_of(case)})
        return _show(request, case, again, refusal=str(error), status=409)
    messages.success(request, str(DONE[step]))
    return redirect("cases:consent")


def _take(case: Case, step: str, form: AgreeForm) -> None:
    now, today = timezone.now(), timezone.localdate()
    if step == "agree":
        digest = form.cleaned_data["digest"]
        actions.give_consent(
            case=case, digest=digest, today=today, actor=actions.CODE_HOLDER, now=now
        )
    elif step == "settle":
        actions.settle_reply(case=case, actor=actions.CODE_HOLDER, now=now)
    else:
        actions.withdraw_consent(case=case, today=today, actor=actions.CODE_HOLDER, now=now)


def _show(
    request: HttpRequest, case: Case, form: forms.Form, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    texts = [
        (name_place(text.place), LANGUAGE_NAMES[text.language], text.language, text.content)
        for text in texts_of(case)
        if text.content
    ]
    page = {
        "case": case,
        "code": request.POST["code"],
        "form": form,
        "refusal": refusal,
        "texts": texts,
        "has_agreed": bool(case.consent_digest),
        "is_outdated": case.consent_digest != digest_of(case),
        "is_withdrawn": case.state == "withdrawn",
        "reply_until": case.reply_offered_on and case.reply_offered_on + TERM,
    }
    return render(request, "cases/agree.html", page, status=status)
