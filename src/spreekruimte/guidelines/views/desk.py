"""The guidelines of an organisation: see them, and begin one."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.actions.beginning import (
    LeftOut,
    copy_pack,
    import_guideline,
    make_guideline,
)
from spreekruimte.guidelines.forms import FileForm, PackForm, TitleForm
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.permissions import may_edit_guidelines
from spreekruimte.guidelines.queries.versions import guidelines_of
from spreekruimte.guidelines.states import STATE_NAMES
from spreekruimte.guidelines.stored import state_of, title_of
from spreekruimte.ophef.views.found import attempt
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def list_guidelines(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the guidelines of an organisation."""
    rows = [
        (guideline, title_of(guideline), STATE_NAMES[state_of(guideline)])
        for guideline in guidelines_of(organisation)
    ]
    page = {
        "organisation": organisation,
        "rows": rows,
        "may_edit": may_edit_guidelines(user_of(request), organisation),
    }
    return render(request, "guidelines/desk/list.html", page)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a guideline without lines."""
    form = TitleForm(request.POST if request.method == "POST" else None, label_suffix="")
    return _begin(
        request,
        organisation,
        form,
        _("Write a new guideline"),
        lambda: make_guideline(
            organisation=organisation,
            title=form.title,
            actor=user_of(request).actor,
            now=timezone.now(),
        ),
    )


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a guideline with the lines of a pack."""
    form = PackForm(request.POST if request.method == "POST" else None, label_suffix="")

    def act() -> Guideline:
        guideline, left_out = copy_pack(
            organisation=organisation,
            pack=packs()[form.cleaned_data["pack"]],
            actor=user_of(request).actor,
            now=timezone.now(),
        )
        for each in left_out:
            messages.warning(request, _tell_left_out(each))
        return guideline

    return _begin(request, organisation, form, _("Copy a guideline of others"), act)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a guideline with the lines of a file."""
    is_sent = request.method == "POST"
    form = FileForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, label_suffix=""
    )
    return _begin(
        request,
        organisation,
        form,
        _("Take over a file"),
        lambda: import_guideline(
            organisation=organisation,
            document=form.cleaned_data["file"],
            actor=user_of(request).actor,
            now=timezone.now(),
        ),
    )


def _begin(
    request: HttpRequest,
    organisation: Organisation,
    form: forms.Form,
    title: str,
    act: Callable[[], Guideline],
) -> HttpResponse:
    """Ask for what a guideline begins with; go on to its workshop."""
    made: list[Guideline] = []
    status = attempt(form, lambda: made.append(act())) if form.is_bound else 200
    if made:
        return redirect("guidelines:workshop", organisation.slug, made[0].pk)
    page = {"organisation": organisation, "form": form, "title": title}
    return render(request, "guidelines/desk/begin.html", page, status=status)


def _tell_left_out(left_out: LeftOut) -> str:
    return _("Line %(name)s was left out: it goes below the rights floor. %(grounds)s") % {
        "name": left_out.name,
        "grounds": " ".join(map(str, left_out.grounds)),
    }
