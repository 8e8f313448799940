"""What the employer did: record it, and withdraw what was recorded by mistake."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.cases.views.found import user_of
from spreekruimte.ophef.actions.acts import (
    record_measure,
    record_order,
    record_rule_change,
    withdraw_act,
)
from spreekruimte.ophef.forms import ActForm
from spreekruimte.ophef.models import Act, Incident, OrderMeasure
from spreekruimte.ophef.views.found import attempt, find_in, find_incident
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_act(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Record an act of the employer."""
    incident = find_incident(organisation, identifier)
    form = ActForm(
        request.POST if request.method == "POST" else None,
        initial={"on": timezone.localdate()},
        label_suffix="",
    )
    status = attempt(form, lambda: _record(request, incident, form)) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("This is in the register."))
        return redirect("ophef:register", organisation.slug, incident.pk)
    page = {"organisation": organisation, "incident": incident, "form": form}
    return render(request, "ophef/act.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def withdraw(
    request: HttpRequest, organisation: Organisation, identifier: int, act_id: int
) -> HttpResponse:
    """Let an act not count."""
    incident = find_incident(organisation, identifier)
    act = find_in(Act.objects.filter(incident=incident), act_id)
    withdraw_act(act=act, actor=user_of(request).actor, now=timezone.now())
    messages.success(request, _("This act does not count any more."))
    return redirect("ophef:register", organisation.slug, incident.pk)


def _record(request: HttpRequest, incident: Incident, form: ActForm) -> None:
    given = form.cleaned_data
    about: dict[str, Any] = {
        "incident": incident,
        "on": given["on"],
        "today": timezone.localdate(),
        "actor": user_of(request).actor,
        "now": timezone.now(),
    }
    if given["kind"] == Act.Kind.MEASURE:
        record_measure(measure=given["measure"], **about)
    elif given["kind"] == Act.Kind.ORDER:
        record_order(order=OrderMeasure(given["order"]), **about)
    else:
        strictness = Act.Strictness(given["strictness"])
        record_rule_change(guideline=given["guideline"], strictness=strictness, **about)
