"""Where editors open, close and publish a study, and invite people to it."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Actor, Organisation, Role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.inviting import invite_to_study
from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
from spreekruimte.studies.desk_forms import InviteForm
from spreekruimte.studies.models import Study
from spreekruimte.studies.views.designing import find_here, render_desk


@dataclass(frozen=True, slots=True)
class MovePage:
    """A page that asks whether a study is to go on to its next state."""

    title: Promise
    text: Promise
    done: Promise
    move: Callable[[Study, Actor], Study]


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def move(
    request: HttpRequest, organisation: Organisation, study_id: int, step: str
) -> HttpResponse:
    """Ask whether a study is to be opened, closed or published, and do it."""
    study, page = find_here(organisation, study_id), MOVES[step]
    if request.method == "POST":
        try:
            page.move(study, user_of(request).actor)
        except ValidationError as error:
            return render_desk(request, study, refusal=" ".join(error.messages), status=400)
        except RefusedError as refusal:
            return render_desk(request, study, refusal=str(refusal), status=409)
        messages.success(request, str(page.done))
        return redirect("studies:desk", organisation.slug, study.pk)
    context = {"organisation": organisation, "study": study, "page": page}
    return render(request, "studies/desk/move.html", context)


@require_role(Role.EDITOR)
@require_POST
def invite(request: HttpRequest, organisation: Organisation, study_id: int) -> HttpResponse:
    """Make codes for a study, and give them this once, as a file."""
    study = find_here(organisation, study_id)
    form = InviteForm(request.POST, label_suffix="")
    if not form.is_valid():
        return render_desk(request, study, inviting=form, status=400)
    try:
        codes = invite_to_study(
            study=study,
            count=form.cleaned_data["count"],
            draw=secrets.token_bytes,
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return render_desk(request, study, refusal=str(refusal), status=409)
    address = request.build_absolute_uri(reverse("studies:invitation", args=[study.pk]))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="study-{study.pk}-codes.csv"'
    rows = csv.writer(response)
    rows.writerow(["code", "address"])
    rows.writerows([code, address] for code in codes)
    return response


def _open(study: Study, actor: Actor) -> Study:
    return open_study(study=study, new_key=secrets.token_bytes(32), actor=actor, now=timezone.now())


def _close(study: Study, actor: Actor) -> Study:
    return close_study(study=study, actor=actor, now=timezone.now())


def _publish(study: Study, actor: Actor) -> Study:
    return publish_study(study=study, actor=actor, now=timezone.now())


MOVES: Mapping[str, MovePage] = MappingProxyType(
    {
        "open": MovePage(
            _("Open this study"),
            _("Everybody can answer from now on, and nothing about the study can be changed."),
            _("The study is open. Citizens can answer now."),
            _open,
        ),
        "close": MovePage(
            _("Close this study"),
            _(
                "Nobody can answer any more, and the study cannot be opened again. The answers "
                "are counted, and what leads from answers to people is deleted."
            ),
            _("The study is closed. The answers are being counted."),
            _close,
        ),
        "publish": MovePage(
            _("Publish this study"),
            _("Everybody can see the results, and download the answers without names."),
            _("The results are published."),
            _publish,
        ),
    }
)
