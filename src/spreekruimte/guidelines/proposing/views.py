"""Proposals at the desk: see them, ask for them, and take a rule over as a line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.permissions import may_edit_guidelines
from spreekruimte.guidelines.proposing.actions.asking import UNDER_WAY, ask_for_lists, take_over
from spreekruimte.guidelines.proposing.forms import TakeOverForm
from spreekruimte.guidelines.proposing.lists import read_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.proposing.queries import proposed_to
from spreekruimte.guidelines.proposing.showing import (
    say_basis,
    say_most,
    say_too_few,
    show_lists,
    tabulate,
)
from spreekruimte.guidelines.proposing.situations import gather_situations
from spreekruimte.guidelines.states import allows
from spreekruimte.guidelines.stored import draft_lines_of, state_of, title_of
from spreekruimte.guidelines.views.found import find_guideline
from spreekruimte.look.refusing import refuse
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show the lists that are proposed, or how far the finding is."""
    guideline = find_guideline(organisation, identifier)
    kept = proposed_to(organisation)
    is_done = kept is not None and kept.stage == ProposedLists.Stage.DONE
    is_under_way = kept is not None and kept.stage in UNDER_WAY
    page = {
        "organisation": organisation,
        "guideline": guideline,
        "title": title_of(guideline),
        "kept": kept,
        "is_under_way": is_under_way,
        "may_edit": may_edit_guidelines(user_of(request), organisation),
        "is_draft": allows(state_of(guideline), "edit"),
        **(_show_found(guideline, kept) if kept and is_done else {}),
    }
    return render(request, "proposing/proposals.html", page)


@require_role(Role.EDITOR)
@require_POST
def ask(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Have the lists found."""
    guideline = find_guideline(organisation, identifier)
    try:
        ask_for_lists(organisation=organisation, actor=user_of(request).actor, now=timezone.now())
    except RefusedError as error:
        return refuse(request, 409, str(error))
    return redirect("proposing:proposals", organisation.slug, guideline.pk)


@require_role(Role.EDITOR)
@require_POST
def take(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Take a rule over as a line of the draft."""
    guideline, form = find_guideline(organisation, identifier), TakeOverForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        line = take_over(
            guideline=guideline,
            **form.cleaned_data,
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as error:
        return refuse(request, 409, str(error))
    except ValidationError as error:
        return refuse(request, 400, " ".join(error.messages))
    messages.success(
        request, _("This is now line %(name)s. You can change its text.") % {"name": line.name}
    )
    return redirect("guidelines:workshop", organisation.slug, guideline.pk)


def _show_found(guideline: Guideline, kept: ProposedLists) -> dict[str, Any]:
    lists, counts = read_lists(kept.document), kept.document["counts"]
    return {
        "basis": say_basis(counts),
        "is_simulated": kept.document["simulated"],
        "is_outdated": gather_situations(guideline.organisation).digest != kept.input_digest,
        "too_few": "" if lists else say_too_few(),
        "most": say_most(lists) if lists else "",
        "table": tabulate(lists),
        "lists": show_lists(lists, draft_lines_of(guideline)),
    }
