"""The incidents of an organisation: list, open, change, close."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.ophef.actions.incidents import (
    change_incident,
    close_incident,
    link_case,
    open_incident,
    reopen_incident,
)
from spreekruimte.ophef.forms import IncidentForm, this_minute
from spreekruimte.ophef.models import Incident
from spreekruimte.ophef.permissions import may_keep_register
from spreekruimte.ophef.queries.register import incidents_of
from spreekruimte.ophef.views.found import attempt, find_incident, read_before
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

SIZE = 20


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def list_incidents(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the incidents of an organisation, the newest first."""
    found = incidents_of(organisation, before=read_before(request), size=SIZE + 1)
    page = {
        "organisation": organisation,
        "incidents": found[:SIZE],
        "next": f"?before={found[SIZE - 1].pk}" if len(found) > SIZE else "",
        "may_edit": may_keep_register(user_of(request), organisation),
    }
    return render(request, "ophef/list.html", page)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Open an incident."""
    form = IncidentForm(organisation, request.POST if request.method == "POST" else None)
    form.initial["starts_at"] = this_minute()
    made: list[Incident] = []
    status = 200
    if form.is_bound:
        status = attempt(
            form,
            lambda: made.append(
                open_incident(
                    organisation=organisation,
                    about=form.about,
                    case=form.cleaned_data["case"],
                    actor=user_of(request).actor,
                    now=timezone.now(),
                )
            ),
        )
    if made:
        messages.success(request, _("The incident is open. Signals can be added now."))
        return redirect("ophef:register", organisation.slug, made[0].pk)
    page = {"organisation": organisation, "form": form, "incident": None}
    return render(request, "ophef/incident.html", page, status=status)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Say anew what an incident is about."""
    incident = find_incident(organisation, identifier)
    form = IncidentForm(organisation, request.POST if request.method == "POST" else None)
    form.show(incident)
    status = attempt(form, lambda: _change(request, incident, form)) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("Changed."))
        return redirect("ophef:register", organisation.slug, incident.pk)
    page = {"organisation": organisation, "form": form, "incident": incident}
    return render(request, "ophef/incident.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def close(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Add nothing to an incident any more."""
    return _move(request, organisation, identifier, close_incident)


@require_role(Role.EDITOR)
@require_POST
def reopen(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Let signals be added to an incident again."""
    return _move(request, organisation, identifier, reopen_incident)


@transaction.atomic
def _change(request: HttpRequest, incident: Incident, form: IncidentForm) -> None:
    actor, now, case = user_of(request).actor, timezone.now(), form.cleaned_data["case"]
    if case != incident.case:
        link_case(incident=incident, case=case, actor=actor, now=now)
    change_incident(incident=incident, about=form.about, actor=actor, now=now)


def _move(
    request: HttpRequest,
    organisation: Organisation,
    identifier: int,
    move: Callable[..., Incident],
) -> HttpResponse:
    incident = find_incident(organisation, identifier)
    move(incident=incident, actor=user_of(request).actor, now=timezone.now())
    return redirect("ophef:register", organisation.slug, incident.pk)
