"""Where editors ask public servants of the organisation, and publish what came out."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.analysis.chill import FEWEST
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.models import Case
from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.chill.actions import (
    close_survey,
    invite_to_survey,
    open_survey,
    publish_survey,
)
from spreekruimte.guidelines.chill.forms import InvitationsForm, SurveyForm
from spreekruimte.guidelines.chill.models import Survey
from spreekruimte.guidelines.chill.queries import surveys_of
from spreekruimte.guidelines.chill.views.visiting import describe
from spreekruimte.guidelines.permissions import may_edit_guidelines
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.queries.versions import list_current_versions
from spreekruimte.guidelines.stored import title_of
from spreekruimte.ophef.views.found import find_in
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

MOVES: Mapping[str, tuple[Callable[..., Survey], Promise]] = MappingProxyType(
    {
        "close": (close_survey, _("The survey is closed. Its key is deleted for good.")),
        "publish": (publish_survey, _("The results are published.")),
    }
)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def list_surveys(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the surveys of an organisation, the newest first."""
    found = [(survey, title_of(survey.version)) for survey in surveys_of(organisation)]
    page = {
        "organisation": organisation,
        "surveys": found,
        "may_edit": may_edit_guidelines(request.user, organisation),
    }
    return render(request, "chill/desk/list.html", page)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Open a survey."""
    form = SurveyForm(
        versions=list_current_versions(organisation),
        findings=find_findings(organisation),
        language=read_language(),
        data=request.POST if request.method == "POST" else None,
    )
    survey = _open(request, organisation, form) if form.is_valid() else None
    if survey is not None:
        messages.success(request, _("The survey is open. Now invite public servants."))
        return redirect("chill:desk", organisation.slug, survey.pk)
    page = {"organisation": organisation, "form": form}
    return render(request, "chill/desk/new.html", page, status=400 if form.is_bound else 200)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show(request: HttpRequest, organisation: Organisation, survey_id: int) -> HttpResponse:
    """Show how far a survey is, and what can be done."""
    return _show(request, _find(organisation, survey_id))


@require_role(Role.EDITOR)
@require_POST
def invite(request: HttpRequest, organisation: Organisation, survey_id: int) -> HttpResponse:
    """Make codes, and give them this once, as a file."""
    survey = _find(organisation, survey_id)
    form = InvitationsForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _show(request, survey, invitations=form, status=400)
    try:
        codes = invite_to_survey(
            survey=survey,
            count=form.cleaned_data["count"],
            made=form.cleaned_data["made"],
            draw=secrets.token_bytes,
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return _show(request, survey, refusal=str(refusal), status=409)
    address = request.build_absolute_uri(reverse("chill:invitation", args=[survey.pk]))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="survey-{survey.pk}-codes.csv"'
    rows = csv.writer(response)
    rows.writerow(["code", "address"])
    rows.writerows([code, address] for code in codes)
    return response


@require_role(Role.EDITOR)
@require_POST
def move(
    request: HttpRequest, organisation: Organisation, survey_id: int, step: str
) -> HttpResponse:
    """Close or publish a survey."""
    survey = _find(organisation, survey_id)
    action, done = MOVES[step]
    try:
        action(survey=survey, actor=user_of(request).actor, now=timezone.now())
    except RefusedError as refusal:
        return _show(request, survey, refusal=str(refusal), status=409)
    messages.success(request, str(done))
    return redirect("chill:desk", organisation.slug, survey.pk)


def _open(request: HttpRequest, organisation: Organisation, form: SurveyForm) -> Survey | None:
    """Open a survey; None where that is refused, with why in the form."""
    chosen = form.cleaned_data
    versions = {str(each.pk): each for each in list_current_versions(organisation)}
    try:
        return open_survey(
            version=versions[chosen["version"]],
            cases=list(Case.objects.filter(pk__in=chosen["cases"]).order_by("pk")),
            entry=Survey.Entry(chosen["entry"]),
            new_key=secrets.token_bytes(32),
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _find(organisation: Organisation, survey_id: int) -> Survey:
    surveys = Survey.objects.filter(version__guideline__organisation=organisation)
    return find_in(surveys.select_related("version__guideline__organisation"), survey_id)


def _show(
    request: HttpRequest,
    survey: Survey,
    *,
    invitations: InvitationsForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    made, people = survey.invitations.count(), survey.respondents.count()
    page = {
        **describe(survey),
        "may_edit": may_edit_guidelines(request.user, survey.version.guideline.organisation),
        "asked": survey.cases.count(),
        # Who hands out codes one by one could else see who answered.
        "people": people if people >= FEWEST else None,
        "fewest": FEWEST,
        "made": made,
        "address": request.build_absolute_uri(reverse("chill:introduction", args=[survey.pk])),
        "invitations": invitations or InvitationsForm(initial={"made": made}, label_suffix=""),
        "refusal": refusal,
    }
    return render(request, "chill/desk/survey.html", page, status=status)
