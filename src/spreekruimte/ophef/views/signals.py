"""The register of an incident: what came in, and what an editor adds or withdraws."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.cases.views.found import user_of
from spreekruimte.ophef.actions.recording import key_of, record_signal, withdraw_signal
from spreekruimte.ophef.forms import FilterForm, SignalForm, this_minute
from spreekruimte.ophef.models import Incident, Signal, Source
from spreekruimte.ophef.permissions import may_keep_register
from spreekruimte.ophef.queries.feeds import count_waiting
from spreekruimte.ophef.queries.register import (
    PAGE,
    Place,
    acts_of,
    counts_of,
    imports_of,
    signals_of,
)
from spreekruimte.ophef.views.found import attempt, find_in, find_incident
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role

SHOWN_IMPORTS = 10


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_register(
    request: HttpRequest, organisation: Organisation, identifier: int
) -> HttpResponse:
    """Show the register of an incident, the newest signal first."""
    incident = find_incident(organisation, identifier)
    form = FilterForm(request.GET, label_suffix="")
    found = _find(incident, form) if form.is_valid() else []
    page = {
        "organisation": organisation,
        "incident": incident,
        "form": form,
        "signals": found[:PAGE],
        "next": _next_page(form, found),
        "counts": counts_of(incident),
        "waiting": 0 if incident.closed_at else count_waiting(incident),
        "acts": acts_of(incident),
        "imports": imports_of(incident, size=SHOWN_IMPORTS),
        "may_edit": may_keep_register(user_of(request), organisation),
    }
    return render(request, "ophef/register.html", page, status=200 if form.is_valid() else 400)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_signal(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Add one signal by hand."""
    incident = find_incident(organisation, identifier)
    start = {"at": this_minute(), "once": secrets.token_hex(16)}
    form = SignalForm(
        request.POST if request.method == "POST" else None, initial=start, label_suffix=""
    )
    status = attempt(form, lambda: _add(request, incident, form)) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("The signal is in the register."))
        return redirect("ophef:register", organisation.slug, incident.pk)
    page = {"organisation": organisation, "incident": incident, "form": form}
    return render(request, "ophef/signal.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def withdraw(
    request: HttpRequest, organisation: Organisation, identifier: int, signal_id: int
) -> HttpResponse:
    """Let a signal not count."""
    incident = find_incident(organisation, identifier)
    signal = find_in(Signal.objects.filter(incident=incident), signal_id)
    withdraw_signal(signal=signal, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("This signal does not count any more."))
    return redirect("ophef:register", organisation.slug, incident.pk)


def _add(request: HttpRequest, incident: Incident, form: SignalForm) -> None:
    actor = user_of(request).actor
    record_signal(
        incident=incident,
        reported=form.reported,
        source=Source.HAND,
        key=key_of(actor, form.cleaned_data["once"]),
        actor=actor,
        now=timezone.now(),
    )


def _find(incident: Incident, form: FilterForm) -> list[Signal]:
    until, before = form.until_moment, form.cleaned_data["before"]
    after = Place(until, before or LARGEST_ID) if until else None
    return signals_of(incident, kind=form.cleaned_data["kind"], after=after, size=PAGE + 1)


def _next_page(form: FilterForm, found: list[Signal]) -> str:
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    until = timezone.localtime(last.at).isoformat()
    chosen = {"kind": form.cleaned_data["kind"], "until": until, "before": last.pk}
    return f"?{urlencode(chosen)}"
