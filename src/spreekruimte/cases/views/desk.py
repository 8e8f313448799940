"""The cases of an organisation, and the desk of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.cases import actions
from spreekruimte.cases.actions.changing import with_no_other
from spreekruimte.cases.forms.choosing import FilterForm
from spreekruimte.cases.forms.texts import NewCaseForm
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.models import Case
from spreekruimte.cases.permissions import may_edit_cases
from spreekruimte.cases.queries import cases_of
from spreekruimte.cases.queries.editing import latest_of
from spreekruimte.cases.queries.trail import trail_of
from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.states import STATE_NAMES, State
from spreekruimte.cases.stored import description_of
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.cases.views.moves import moves_of
from spreekruimte.cases.views.standing import gate_rows, part_rows
from spreekruimte.cases.words import DEED_NAMES, KIND_NAMES, NEXT_STEPS
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import OPERATOR, Organisation, Role, User
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.organisations.telling import read_pseudonym

SIZE = 20
# A round is opened, followed and ended on its own page, and the verdict published on another.
ASKED: tuple[State, ...] = ("ready", "open", "closed")


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the list."""

    case: Case
    description: object
    state: Phrase
    kind: Phrase
    next_step: Phrase

    @classmethod
    def of(cls, case: Case) -> Row:
        """Say what an editor wants to know of a case."""
        state = cast(State, case.state)
        kind = KIND_NAMES[cast(Kind, case.provenance)]
        return cls(case, description_of(case), STATE_NAMES[state], kind, NEXT_STEPS[state])


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done to a case."""

    at: datetime
    what: object
    who: object


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def list_cases(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the cases of an organisation, the newest first, with what each needs next."""
    form = FilterForm(request.GET)
    cases = []
    if form.is_valid():
        chosen = form.cleaned_data
        cases = cases_of(
            organisation,
            states=[chosen["state"]] if chosen["state"] else (),
            kinds=[chosen["kind"]] if chosen["kind"] else (),
            before=chosen["before"],
            size=SIZE + 1,
        )
    page = {
        "organisation": organisation,
        "form": form,
        "rows": [Row.of(case) for case in cases[:SIZE]],
        "next": _next_page(form, cases),
        "is_empty": latest_of(organisation) == 0,
        "may_edit": may_edit_cases(user_of(request), organisation),
    }
    return render(request, "cases/list.html", page, status=200 if form.is_valid() else 400)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make_case(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the form for a new case; make it, and go to its desk."""
    latest = latest_of(organisation)
    form = NewCaseForm(latest, request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            case = _create(request, organisation, form)
        except RefusedError as error:
            status = 409
            form.add_error(None, str(error))
        else:
            return redirect("cases:desk", organisation.slug, case.pk)
    page = {"organisation": organisation, "form": form, "latest": latest}
    return render(request, "cases/new.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def load_bank(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add drafts of the cases that ship with the system."""
    actions.load_case_bank(
        organisation=organisation,
        is_simulated=False,
        actor=user_of(request).actor,
        now=timezone.now(),
    )
    messages.success(request, _("The cases of the case bank are here, as drafts."))
    return redirect("cases:list", organisation.slug)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_desk(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show where a case stands, what can be done with it, and what was done."""
    found = find_case(organisation, identifier)
    page = {
        "organisation": organisation,
        "found": found,
        "row": Row.of(found.case),
        "gates": gate_rows(found),
        "parts": list(part_rows(found)),
        "moves": moves_of(found),
        "is_asked": found.case.state in ASKED,
        "deeds": list(_deeds(found.case, user_of(request))),
        "may_edit": may_edit_cases(user_of(request), organisation),
        "may_moderate": has_role(user_of(request), organisation, Role.MODERATOR),
    }
    return render(request, "cases/desk.html", page)


def _create(request: HttpRequest, organisation: Organisation, form: NewCaseForm) -> Case:
    given = form.cleaned_data
    with with_no_other(organisation, latest=given["latest"]):
        return actions.create_case(
            organisation=organisation,
            provenance=given["provenance"],
            description=form.description,
            is_simulated=False,
            actor=user_of(request).actor,
            now=timezone.now(),
        )


def _next_page(form: FilterForm, cases: list[Case]) -> str:
    if len(cases) <= SIZE:
        return ""
    chosen = {key: form.cleaned_data[key] for key in ("state", "kind")}
    return f"?{urlencode({**chosen, 'before': cases[SIZE - 1].pk})}"


def _deeds(case: Case, reader: User) -> Iterator[Deed]:
    entries = trail_of(case)
    pseudonyms = {entry.actor: read_pseudonym(entry.actor) for entry in entries}
    users = User.objects.filter(pseudonym__in=filter(None, pseudonyms.values()))
    names: dict[str, object] = {user.actor: user.email for user in users}
    names |= {
        reader.actor: _("you"),
        OPERATOR: _("the operator"),
        actions.CODE_HOLDER: _("the public servant, with the code"),
    }
    for entry in entries:
        what = DEED_NAMES.get(entry.action, entry.action)
        unknown = _("somebody who left") if pseudonyms[entry.actor] else _("the system")
        yield Deed(entry.at, what, names.get(entry.actor, unknown))
