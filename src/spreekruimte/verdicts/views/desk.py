"""The verdict of a case at the desk: editors make it official, auditors check it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case
from spreekruimte.look.printing import find_obstacle
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.models import Job
from spreekruimte.verdicts.queries.openings import check_openings
from spreekruimte.verdicts.queries.results import results_of
from spreekruimte.verdicts.queries.snapshots import snapshots_of
from spreekruimte.verdicts.tasks import order_files

SHOWN_SNAPSHOTS = 20


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_verdict(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show what was computed of each round, what is official, and the work under way."""
    case = _find_case(organisation, identifier)
    return _render(request, organisation, case)


@require_role(Role.EDITOR)
@require_POST
def publish(
    request: HttpRequest, organisation: Organisation, identifier: int, number: int
) -> HttpResponse:
    """Make the verdict of a round official, and have its files made."""
    case = _find_case(organisation, identifier)
    round_ = get_object_or_404(Round, case=case, number=number)
    user = request.user
    if not isinstance(user, User):
        raise Http404
    try:
        verdict = publish_verdict(round=round_, actor=user.actor, now=timezone.now())
    except RefusedError as refusal:
        return _render(request, organisation, case, refusal=str(refusal), status=409)
    messages.success(request, _("The result is official now. Its files are being made."))
    job = order_files(verdict=verdict, now=timezone.now())
    if job is None:
        return redirect("verdicts:desk", slug=organisation.slug, identifier=case.pk)
    return redirect("verdicts:job", slug=organisation.slug, identifier=case.pk, job_id=job.pk)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_job(
    request: HttpRequest, organisation: Organisation, identifier: int, job_id: UUID
) -> HttpResponse:
    """Show how far work is; the page asks again by itself where there are scripts."""
    case = _find_case(organisation, identifier)
    # Work that was done is forgotten once the same is begun again.
    job = Job.objects.filter(pk=job_id, round__case=case).first()
    context = {"organisation": organisation, "case": case, "job": job}
    return render(request, "verdicts/desk/job.html", context)


@require_role(Role.AUDITOR)
@require_POST
def check(
    request: HttpRequest, organisation: Organisation, identifier: int, number: int
) -> HttpResponse:
    """Open every ballot of a round, and tell whether it is the one that the log commits to."""
    case = _find_case(organisation, identifier)
    round_ = get_object_or_404(Round, case=case, number=number)
    return _render(request, organisation, case, checked=round_, openings=check_openings(round_))


def _find_case(organisation: Organisation, identifier: int) -> Case:
    return get_object_or_404(Case, organisation=organisation, pk=identifier)


def _render(
    request: HttpRequest,
    organisation: Organisation,
    case: Case,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    user = request.user
    rounds = results_of(case, timezone.now())
    page = {
        "organisation": organisation,
        "case": case,
        "rounds": [(each, snapshots_of(each.round)[:SHOWN_SNAPSHOTS]) for each in rounds],
        "jobs": Job.objects.filter(round__case=case).exclude(state=Job.State.DONE),
        "may_publish": isinstance(user, User) and has_role(user, organisation, Role.EDITOR),
        "may_check": isinstance(user, User) and has_role(user, organisation, Role.AUDITOR),
        "pdf_obstacle": find_obstacle(),
        **context,
    }
    return render(request, "verdicts/desk/verdict.html", page, status=status)
