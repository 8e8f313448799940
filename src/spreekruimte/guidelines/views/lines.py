"""Write a line: its texts and effect, and its condition, which is composed step by step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.analysis.rules import ALWAYS, Predicate, is_contradictory, write_predicate
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.actions.writing import add_line, change_line, remove_line
from spreekruimte.guidelines.composing import Join, join_part, remove_part
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.forms import LineForm
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.showing import cases_under, reading_language, show_line
from spreekruimte.guidelines.stored import digest_lines, read_draft_line
from spreekruimte.guidelines.views.found import find_guideline
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.look.refusing import refuse
from spreekruimte.ophef.views.found import attempt
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Composed:
    """What was composed so far.

    Attributes
    ----------
    problem
        Why the last step was not done; empty if it was.
    """

    predicate: Predicate
    problem: str = ""


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Write a new line."""
    guideline = find_guideline(organisation, identifier)
    return _write(request, guideline, None)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(
    request: HttpRequest, organisation: Organisation, identifier: int, name: str
) -> HttpResponse:
    """Change a line. What somebody else removed meanwhile can be added again."""
    guideline = find_guideline(organisation, identifier)
    row = guideline.draft_lines.filter(name=name).first()
    if row is None and request.method != "POST":
        raise Http404
    stored = read_draft_line(row) if row else None
    return _write(request, guideline, name, stored)


@require_role(Role.EDITOR)
@require_POST
def remove(
    request: HttpRequest, organisation: Organisation, identifier: int, name: str
) -> HttpResponse:
    """Take a line out of the draft."""
    guideline = find_guideline(organisation, identifier)
    try:
        remove_line(
            guideline=guideline,
            name=name,
            seen=request.POST.get("seen", ""),
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as error:
        return refuse(request, 409, str(error))
    messages.success(request, _("Line %(name)s is gone.") % {"name": name})
    return redirect("guidelines:workshop", organisation.slug, guideline.pk)


def _write(
    request: HttpRequest, guideline: Guideline, name: str | None, stored: Line | None = None
) -> HttpResponse:
    """Do one step of the form: compose, look, or save."""
    language = reading_language()
    if request.method != "POST":
        form = LineForm.show(stored, language) if stored else LineForm(ALWAYS, language)
        composed = Composed(stored.predicate if stored else ALWAYS)
        return _show(request, guideline, form, composed, name=name, stored=stored)
    composed = _read_composed(request)
    step = request.POST.get("step")
    if step == "save" and not composed.problem:
        return _save(request, guideline, composed, name, stored)
    if step in ("add", "remove") and not composed.problem:
        composed = _compose(request, composed.predicate, step)
    form = LineForm.keep(composed.predicate, language, request.POST)
    status = 400 if composed.problem else 200
    seen = request.POST.get("seen", "")
    return _show(
        request, guideline, form, composed, name=name, stored=stored, seen=seen, status=status
    )


def _save(
    request: HttpRequest,
    guideline: Guideline,
    composed: Composed,
    name: str | None,
    stored: Line | None,
) -> HttpResponse:
    form = LineForm(composed.predicate, reading_language(), request.POST)
    by: dict[str, Any] = {"actor": user_of(request).actor, "now": timezone.now()}

    def act() -> None:
        line = form.make_line(name or "", composed.predicate)
        if name is None:
            add_line(guideline=guideline, line=line, **by)
        else:
            seen = request.POST.get("seen", "")
            change_line(guideline=guideline, line=line, seen=seen, **by)

    status = attempt(form, act)
    if status == 200:
        messages.success(request, _("The line is saved."))
        return redirect("guidelines:workshop", guideline.organisation.slug, guideline.pk)
    # After a refusal the page shows what the line says now, so that is what was seen from here on.
    seen = None if status == 409 else request.POST.get("seen", "")
    return _show(
        request,
        guideline,
        form,
        composed,
        name=name,
        stored=stored,
        seen=seen,
        status=status,
    )


def _read_composed(request: HttpRequest) -> Composed:
    """Read the condition that goes along beside the form."""
    try:
        return Composed(read_condition(json.loads(request.POST.get("predicate", ""))))
    except (ValueError, RecursionError):
        return Composed(ALWAYS, _("The condition did not come along. Compose it again."))
    except ValidationError as error:
        return Composed(ALWAYS, " ".join(error.messages))


def _compose(request: HttpRequest, predicate: Predicate, step: str) -> Composed:
    """Add the part that was chosen, or take one out; leave all as it was where that cannot be."""
    path = request.POST.get("part", "")
    try:
        if step == "remove":
            composed = remove_part(predicate, path)
        else:
            form = LineForm.keep(predicate, reading_language(), request.POST)
            join = request.POST.get("join", "and")
            if join not in ("and", "or", "except", "replace"):
                raise ValidationError(_("Choose one of the answers."))
            composed = join_part(predicate, path, cast(Join, join), form.make_part())
    except KeyError:
        return Composed(predicate, _("There is no such part in the condition."))
    except ValidationError as error:
        return Composed(predicate, " ".join(error.messages))
    if is_contradictory(composed, rule_attributes()):
        told = _("Then the condition contradicts itself: no case can ever meet it.")
        return Composed(predicate, told)
    return Composed(composed)


def _show(
    request: HttpRequest,
    guideline: Guideline,
    form: LineForm,
    composed: Composed,
    *,
    name: str | None,
    stored: Line | None,
    seen: str | None = None,
    status: int = 200,
) -> HttpResponse:
    predicate = composed.predicate
    effect: Any = form["effect"].value() or "forbid"
    looked_at = Line("", Bilingual("", ""), predicate, effect, duty=form["duty"].value() or None)
    certain, possible = cases_under(looked_at)
    if seen is None:
        seen = digest_lines([stored]) if stored else ""
    page = {
        "organisation": guideline.organisation,
        "guideline": guideline,
        "form": form,
        "name": name,
        "problem": composed.problem,
        "predicate": json.dumps(write_predicate(predicate, rule_attributes())),
        "sentences": [(language, say_predicate(predicate, language)) for language in ("nl", "en")],
        "grounds": find_grounds(looked_at),
        "certain": certain,
        "possible": possible,
        "seen": seen,
        "is_gone": name is not None and stored is None,
        "now_says": show_line(stored) if stored and status == 409 else None,
    }
    return render(request, "guidelines/desk/line.html", page, status=status)
