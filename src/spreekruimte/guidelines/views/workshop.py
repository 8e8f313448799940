"""The workshop of one guideline: its draft with what is wrong in it, and the moves it can make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.cases.models import Case
from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.actions.beginning import describe_guideline
from spreekruimte.guidelines.actions.publishing import (
    discard_revision,
    publish_version,
    revise_guideline,
    withdraw_guideline,
)
from spreekruimte.guidelines.forms import DescribeForm
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.permissions import may_edit_guidelines
from spreekruimte.guidelines.queries.evidence import find_evidence, find_open_cases
from spreekruimte.guidelines.queries.versions import versions_of
from spreekruimte.guidelines.room import (
    closed_contexts,
    find_conflicts,
    find_repetitions,
    rate_strictness,
)
from spreekruimte.guidelines.showing import (
    ShownEvidence,
    say_example,
    say_strictness,
    show_evidence,
)
from spreekruimte.guidelines.showing_room import show_room
from spreekruimte.guidelines.states import STATE_NAMES, allows
from spreekruimte.guidelines.stored import (
    digest_lines,
    draft_lines_of,
    lines_of,
    state_of,
    title_of,
)
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.guidelines.views.differences import show_differences
from spreekruimte.guidelines.views.found import find_guideline
from spreekruimte.look.refusing import refuse
from spreekruimte.ophef.views.found import attempt
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_workshop(
    request: HttpRequest, organisation: Organisation, identifier: int
) -> HttpResponse:
    """Show the draft of a guideline, or its current version, with what there is to say about it."""
    guideline = find_guideline(organisation, identifier)
    state = state_of(guideline)
    versions = versions_of(guideline)
    is_draft = allows(state, "edit")
    lines = draft_lines_of(guideline)
    if not is_draft and versions:
        lines = lines_of(versions[0])
    page = {
        "organisation": organisation,
        "guideline": guideline,
        "title": title_of(guideline),
        "state": STATE_NAMES[state],
        "is_draft": is_draft,
        "lines": _show_lines(guideline, lines),
        "seen": digest_lines(lines),
        "versions": versions,
        "conflicts": [(each, say_example(each.example)) for each in find_conflicts(lines)],
        "repetitions": find_repetitions(lines),
        "strictness": say_strictness(rate_strictness(lines, closed_contexts())),
        "room": show_room(lines, find_room(organisation, lines)),
        "may_edit": may_edit_guidelines(user_of(request), organisation),
        "can_revise": allows(state, "revise"),
        "can_discard": allows(state, "discard"),
        "can_withdraw": allows(state, "withdraw"),
    }
    return render(request, "guidelines/desk/workshop.html", page)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Change the title of a guideline, and how long its evidence holds."""
    guideline = find_guideline(organisation, identifier)
    is_sent = request.method == "POST"
    form = DescribeForm(request.POST, label_suffix="") if is_sent else DescribeForm.show(guideline)
    status = 200
    if is_sent:
        status = attempt(
            form,
            lambda: describe_guideline(
                guideline=guideline,
                title=form.title,
                evidence_days=form.cleaned_data["evidence_days"],
                actor=user_of(request).actor,
                now=timezone.now(),
            ),
        )
        if status == 200:
            return redirect("guidelines:workshop", organisation.slug, guideline.pk)
    page = {"organisation": organisation, "guideline": guideline, "form": form}
    return render(request, "guidelines/desk/describe.html", page, status=status)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def compare_draft(
    request: HttpRequest, organisation: Organisation, identifier: int
) -> HttpResponse:
    """Show what the draft changes, beside the version that holds now."""
    guideline = find_guideline(organisation, identifier)
    versions = versions_of(guideline)
    before = lines_of(versions[0]) if versions else ()
    about = {"organisation": organisation, "guideline": guideline, "title": title_of(guideline)}
    lines = draft_lines_of(guideline)
    return show_differences(
        request,
        "guidelines/desk/differences.html",
        before,
        lines,
        about,
        organisation=organisation,
    )


@require_role(Role.EDITOR)
@require_POST
def publish(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Publish the draft that was on the screen."""
    seen = request.POST.get("seen", "")
    return _move(
        request,
        find_guideline(organisation, identifier),
        lambda guideline: publish_version(
            guideline=guideline, seen=seen, actor=user_of(request).actor, now=timezone.now()
        ),
        _("This version is published. It stays as it is."),
    )


@require_role(Role.EDITOR)
@require_POST
def move(
    request: HttpRequest, organisation: Organisation, identifier: int, key: str
) -> HttpResponse:
    """Begin a revision, drop it, or withdraw the guideline."""
    moves = {
        "revise": (revise_guideline, _("You can change the lines now.")),
        "discard": (discard_revision, _("The revision was dropped.")),
        "withdraw": (withdraw_guideline, _("This guideline holds no more.")),
    }
    act, told = moves[key]
    return _move(
        request,
        find_guideline(organisation, identifier),
        lambda guideline: act(
            guideline=guideline, actor=user_of(request).actor, now=timezone.now()
        ),
        told,
    )


def _show_lines(
    guideline: Guideline, lines: Sequence[Line]
) -> list[tuple[ShownEvidence, list[Case], str]]:
    """Tell lines with what they rest on, the open cases that ask them, and their digests."""
    now = timezone.now()
    evidence = find_evidence(guideline, lines, timezone.localdate(now))
    open_cases = find_open_cases(guideline.organisation, lines, now)
    return [
        (show_evidence(each), cases, digest_lines([each.line]))
        for each, cases in zip(evidence, open_cases, strict=True)
    ]


def _move(
    request: HttpRequest, guideline: Guideline, act: Callable[[Guideline], object], told: str
) -> HttpResponse:
    try:
        act(guideline)
    except RefusedError as error:
        return refuse(request, 409, str(error))
    messages.success(request, told)
    return redirect("guidelines:workshop", guideline.organisation.slug, guideline.pk)
