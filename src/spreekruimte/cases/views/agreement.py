"""What is agreed with the public servant: consent by a code, and the right of reply."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spreekruimte.cases import actions
from spreekruimte.cases.actions.changing import as_read
from spreekruimte.cases.consent_codes import BYTES, make_code
from spreekruimte.cases.forms.agreement import AgreementForm
from spreekruimte.cases.gates.right_of_reply import TERM
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show what is agreed; make a code, which is shown this once, or keep what was offered."""
    found = find_case(organisation, identifier)
    form = AgreementForm(
        request.POST if request.method == "POST" else None, initial={"version": found.version}
    )
    code = make_code(secrets.token_bytes(BYTES))
    status = _store(request, found, form, code) if form.is_bound else 200
    if form.is_bound and status == 200:
        if form.cleaned_data["step"] != "code":
            messages.success(request, _("Stored."))
            return redirect("cases:agreement", organisation.slug, identifier)
        address = request.build_absolute_uri(reverse("cases:consent"))
        page = {
            "organisation": organisation, "found": found, "code": code, "address": address
        }  # fmt: skip
        return render(request, "cases/code.html", page)
    page = {
        "organisation": organisation,
        "found": found,
        "form": form,
        "has_code": hasattr(found.case, "consent_code"),
        "is_outdated": found.case.consent_digest != found.digest,
        "reply_until": found.case.reply_offered_on and found.case.reply_offered_on + TERM,
    }
    return render(request, "cases/agreement.html", page, status=status)


def _store(request: HttpRequest, found: EditorCase, form: AgreementForm, code: str) -> int:
    """Take the step; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        with as_read(found.case, version=form.cleaned_data["version"]) as case:
            _act(request, case, form.cleaned_data["step"], code)
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    return 200


def _act(request: HttpRequest, case: Case, step: str, code: str) -> None:
    actor, now = user_of(request).actor, timezone.now()
    if step == "code":
        actions.set_consent_code(case=case, code=code, actor=actor, now=now)
    elif step == "offer":
        actions.offer_reply(case=case, today=timezone.localdate(), actor=actor, now=now)
    else:
        actions.settle_reply(case=case, actor=actor, now=now)
