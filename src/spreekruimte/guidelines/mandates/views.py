"""Mandates: at the desk of an organisation, and for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.mandates.actions import publish_mandates, write_mandates
from spreekruimte.guidelines.mandates.cells import digest_cells, read_cells
from spreekruimte.guidelines.mandates.forms import MandatesForm, SeenForm
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.mandates.public_room import find_public_room
from spreekruimte.guidelines.mandates.queries import (
    drafted_cells,
    find_version,
    latest_version,
    versions_of,
)
from spreekruimte.guidelines.mandates.showing import make_rows, name_topics, write_document
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Fill in the draft of the table."""
    form = MandatesForm(
        cells=drafted_cells(organisation),
        language=read_language(),
        data=request.POST if request.method == "POST" else None,
    )
    if not form.is_bound:
        return _show_desk(request, organisation, form)
    if not form.is_valid():
        return _show_desk(request, organisation, form, status=400)
    try:
        write_mandates(
            organisation=organisation,
            cells=form.cells,
            seen=form.cleaned_data["seen"],
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        theirs = form.renew(drafted_cells(organisation))
        return _show_desk(request, organisation, form, theirs=theirs, status=409)
    messages.success(request, _("The draft is saved. Nobody else sees it until you publish it."))
    return redirect("mandates:desk", organisation.slug)


@require_role(Role.EDITOR)
@require_POST
def publish(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Publish the draft."""
    sent = SeenForm(request.POST)
    if not sent.is_valid():
        return _refuse(request, organisation, " ".join(map(str, sent.errors["seen"])), 400)
    try:
        publish_mandates(
            organisation=organisation,
            seen=sent.cleaned_data["seen"],
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return _refuse(request, organisation, str(refusal), 409)
    messages.success(request, _("The mandates are published."))
    return redirect("mandates:desk", organisation.slug)


@require_safe
def show(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Show the mandates that hold now, or an earlier version, beside what the public would give."""
    organisation = get_object_or_404(Organisation, slug=slug)
    version = _find(organisation, number)
    cells = read_cells(version.cells) if version else {}
    room = find_public_room(organisation)
    page = {
        "organisation": organisation,
        "version": version,
        "versions": versions_of(organisation),
        "is_latest": number is None or (version == latest_version(organisation)),
        "topics": name_topics(),
        "rows": make_rows(cells, room),
        "is_simulated": any(each.is_simulated for each in room.values()),
    }
    response = render(request, "mandates/public.html", page)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def download(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a version as JSON."""
    organisation = get_object_or_404(Organisation, slug=slug)
    version = _find(organisation, number)
    if version is None:
        raise Http404
    response = JsonResponse(write_document(version, find_public_room(organisation)))
    response["Cache-Control"] = "no-cache"
    return response


def _find(organisation: Organisation, number: int | None) -> MandateVersion | None:
    """Give a version, the latest where none is named; answer 404 where there is none such."""
    if number is None:
        return latest_version(organisation)
    version = find_version(organisation, number) if number <= LARGEST_ID else None
    if version is None:
        raise Http404(_("There is no such version."))
    return version


def _refuse(
    request: HttpRequest, organisation: Organisation, sentence: str, status: int
) -> HttpResponse:
    form = MandatesForm(cells=drafted_cells(organisation), language=read_language())
    return _show_desk(request, organisation, form, refusal=sentence, status=status)


def _show_desk(
    request: HttpRequest,
    organisation: Organisation,
    form: MandatesForm,
    *,
    theirs: Sequence[tuple[str, str]] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    cells, version = drafted_cells(organisation), latest_version(organisation)
    page = {
        "organisation": organisation,
        "form": form,
        "topics": name_topics(),
        "version": version,
        "is_changed": bool(cells) and (version is None or read_cells(version.cells) != cells),
        "publishing": SeenForm(initial={"seen": digest_cells(cells)}, auto_id="publish_%s"),
        "theirs": theirs,
        "refusal": refusal,
    }
    return render(request, "mandates/desk.html", page, status=status)
