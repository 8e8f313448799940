"""What moves a case from state to state, outside a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spreekruimte.cases import actions
from spreekruimte.cases.actions.changing import as_read
from spreekruimte.cases.forms.subject import VersionForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.states import STATE_NAMES, State
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class MovePage:
    """A page that asks whether a move is meant."""

    key: str
    title: object
    text: object
    button: object


MOVES: Mapping[str, MovePage] = MappingProxyType(
    {
        "submit": MovePage(
            "submit",
            _("Send the case to the gates"),
            _(
                "All gates look at the case. If one stops it, you read why. If all let it through, "
                "you can open a round."
            ),
            _("Send to the gates"),
        ),
        "stop": MovePage(
            "stop",
            _("Stop this case"),
            _(
                "Do this when a procedure about the post has started, or you found something in a "
                "text. The case goes through all gates again before it can open."
            ),
            _("Stop the case"),
        ),
        "withdraw": MovePage(
            "withdraw",
            _("Withdraw this case"),
            _("The case is taken back for good. If you want to ask after all, make a new case."),
            _("Withdraw for good"),
        ),
    }
)


def moves_of(found: EditorCase) -> set[str]:
    """Give what can be done outside a round: an open case is stopped and withdrawn with it."""
    moves: set[str] = set(found.moves)
    if found.case.state in {"stopped", "closed"}:
        moves.add("submit")
    elif found.case.state == "open":
        moves -= {"stop", "withdraw"}
    return moves & MOVES.keys()


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def move_case(
    request: HttpRequest, organisation: Organisation, identifier: int, key: str
) -> HttpResponse:
    """Ask whether a move is meant; make it, and say what came of it."""
    found = find_case(organisation, identifier)
    form = VersionForm(
        request.POST if request.method == "POST" else None, initial={"version": found.version}
    )
    status = 200
    if form.is_bound:
        status = _move(request, found, form, key)
        if status == 200:
            return redirect("cases:desk", organisation.slug, identifier)
    page = {
        "organisation": organisation,
        "found": found,
        "form": form,
        "move": MOVES[key],
        "is_possible": key in moves_of(found),
    }
    return render(request, "cases/move.html", page, status=status)


def _move(request: HttpRequest, found: EditorCase, form: VersionForm, key: str) -> int:
    """Make the move; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        with as_read(found.case, version=form.cleaned_data["version"]) as case:
            if key not in moves_of(found):
                raise RefusedError(_("This step is not possible now."))
            case = _act(request, case, key)
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    _report(request, case)
    return 200


def _act(request: HttpRequest, case: Case, key: str) -> Case:
    actor, now = user_of(request).actor, timezone.now()
    if key == "submit":
        today = timezone.localdate()
        return actions.submit_for_check(case=case, today=today, actor=actor, now=now)
    if key == "stop":
        return actions.stop_case(case=case, actor=actor, now=now)
    return actions.withdraw_case(case=case, actor=actor, now=now)


def _report(request: HttpRequest, case: Case) -> None:
    state = STATE_NAMES[cast(State, case.state)]
    tell = messages.warning if case.state == "stopped" else messages.success
    tell(request, _("This case is now: %(state)s.") % {"state": state})
