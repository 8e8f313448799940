"""Where editors open rounds of a case, invite people to them and end them."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.ballots.actions.inviting import make_invitations
from spreekruimte.ballots.actions.planning import cancel_plan, plan_round
from spreekruimte.ballots.actions.rounds import Step, StoppedError, end_round, open_round
from spreekruimte.ballots.desk_forms import InvitationsForm, RoundForm
from spreekruimte.ballots.models import Moderation, PlannedRound, Round
from spreekruimte.ballots.queries.rounds import current_round, rounds_of
from spreekruimte.cases.actions.changing import as_read
from spreekruimte.cases.forms.subject import VersionForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class EndPage:
    """A page that asks whether a round is to end before its day."""

    title: Promise
    text: Promise
    button: Promise
    done: Promise


ENDS: Mapping[Step, EndPage] = MappingProxyType(
    {
        "close": EndPage(
            _("Close this round"),
            _(
                "Nobody can vote any more. The result can be made official, and the case asked "
                "again."
            ),
            _("Close the round"),
            _("The round is closed."),
        ),
        "stop": EndPage(
            _("Stop this round"),
            _(
                "Do this when something is wrong with the case, or a procedure has started. Nobody "
                "can vote any more, and the answers stay sealed until the case is asked again."
            ),
            _("Stop the round"),
            _("The round is stopped."),
        ),
        "withdraw": EndPage(
            _("Withdraw this case"),
            _("The case is taken back for good, and this round with it. No result is published."),
            _("Withdraw for good"),
            _("The case is withdrawn."),
        ),
    }
)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_rounds(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show the rounds of a case; open one now, or plan it for a day to come."""
    found = find_case(organisation, identifier)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(today=timezone.localdate(), version=found.version, data=data)
    status = _open(request, found, form) if form.is_bound else 200
    if form.is_bound and status == 200:
        return _back(found)
    return _show(request, found, form=form, status=status)


@require_role(Role.EDITOR)
@require_POST
def cancel(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Let a case not open by itself on the day that was planned."""
    found = find_case(organisation, identifier)
    try:
        cancel_plan(case=found.case, actor=user_of(request).actor, now=timezone.now())
    except RefusedError as error:
        return _show(request, found, refusal=str(error), status=409)
    messages.success(request, _("The round is not planned any more."))
    return _back(found)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(
    request: HttpRequest, organisation: Organisation, identifier: int, number: int, step: Step
) -> HttpResponse:
    """Ask whether a round is to end, and end it."""
    found = find_case(organisation, identifier)
    round_ = _find_round(found.case, number)
    form = VersionForm(
        request.POST if request.method == "POST" else None, initial={"version": found.version}
    )
    status = 200
    if form.is_bound:
        status = _end(request, found, round_, form, step)
        if status == 200:
            messages.success(request, str(ENDS[step].done))
            return _back(found)
    page = {
        "organisation": organisation,
        "found": found,
        "round": round_,
        "form": form,
        "end": ENDS[step],
        "is_possible": round_.ended_at is None,
    }
    return render(request, "ballots/desk/end.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def invite(
    request: HttpRequest, organisation: Organisation, identifier: int, number: int
) -> HttpResponse:
    """Make codes for the panel of a round, and give them this once, as a file."""
    found = find_case(organisation, identifier)
    round_ = _find_round(found.case, number)
    form = InvitationsForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _show(request, found, invitations=form, status=400)
    try:
        with as_read(found.case, version=found.version):
            # The same form sent again would make as many codes that nobody expects.
            if round_.invitations.count() != form.cleaned_data["made"]:
                raise RefusedError(
                    _("Codes were made after you opened this page. Open it again for more.")
                )
            codes = make_invitations(
                round_=round_,
                count=form.cleaned_data["count"],
                draw=secrets.token_bytes,
                actor=user_of(request).actor,
                now=timezone.now(),
            )
    except RefusedError as error:
        return _show(request, found, refusal=str(error), status=409)
    return _write_codes(request, round_, codes)


def _open(request: HttpRequest, found: EditorCase, form: RoundForm) -> int:
    """Open or plan a round; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        with as_read(found.case, version=form.cleaned_data["version"]) as case:
            _begin(request, case, form, timezone.now())
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    return 200


def _begin(request: HttpRequest, case: Case, form: RoundForm, now: datetime) -> None:
    actor, moderation = user_of(request).actor, Moderation(form.cleaned_data["moderation"])
    if form.opens_at is not None:
        plan_round(
            case=case,
            opens_at=form.opens_at,
            closes_at=form.closes_at,
            moderation=moderation,
            seeds=form.seeds,
            actor=actor,
            now=now,
        )
        messages.success(request, _("The round is planned."))
        return
    try:
        open_round(
            case=case,
            closes_at=form.closes_at,
            moderation=moderation,
            seeds=form.seeds,
            new_key=secrets.token_bytes(32),
            actor=actor,
            today=form.today,
            now=now,
        )
    except StoppedError as stopped:
        # What the gate did is stored, so the case is stopped now and the desk says why.
        messages.warning(request, str(stopped))
    else:
        messages.success(request, _("The round is open. Citizens can vote now."))


def _end(
    request: HttpRequest, found: EditorCase, round_: Round, form: VersionForm, step: Step
) -> int:
    """End a round; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        with as_read(found.case, version=form.cleaned_data["version"]):
            end_round(round=round_, step=step, actor=user_of(request).actor, now=timezone.now())
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    return 200


def _show(
    request: HttpRequest,
    found: EditorCase,
    *,
    form: RoundForm | None = None,
    invitations: InvitationsForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    current = current_round(found.case, now=now)
    made = current.invitations.count() if current else 0
    page = {
        "organisation": found.case.organisation,
        "found": found,
        "rounds": rounds_of(found.case),
        "current": current,
        "planned": PlannedRound.objects.filter(case=found.case).first(),
        "form": form or RoundForm(today=timezone.localdate(now), version=found.version),
        "invitations": invitations or InvitationsForm(initial={"made": made}, label_suffix=""),
        "made": made,
        "refusal": refusal,
        "reasons": [each for gate in found.gates for each in gate.with_effect("stops")],
    }
    return render(request, "ballots/desk/rounds.html", page, status=status)


def _back(found: EditorCase) -> HttpResponse:
    return redirect("ballots:rounds", found.case.organisation.slug, found.case.pk)


def _find_round(case: Case, number: int) -> Round:
    round_ = Round.objects.select_related("case__organisation").filter(case=case, number=number)
    found = round_.first()
    if found is None:
        raise Http404
    return found


def _write_codes(request: HttpRequest, round_: Round, codes: list[str]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("ballots:invitation", args=[round_.case_id]))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{round_.log_name}-codes.csv"'
    rows = csv.writer(response)
    rows.writerow(["code", "address"])
    rows.writerows([code, address] for code in codes)
    return response
