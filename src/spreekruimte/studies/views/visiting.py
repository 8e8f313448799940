"""What the pages of a respondent have in common: who visits which study, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from spreekruimte.ballots.entering import newcomer
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.entering import let_in, respondent_of
from spreekruimte.studies.models import Study
from spreekruimte.studies.queries.respondents import Turn, draw_lot, key_of, turn_of

P = ParamSpec("P")
# What a page says about the step before it; the address holds the word.
NOTES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "saved": _("Your answer is saved."),
        "entered": _("You are in. You can answer now."),
        "about": _("Thank you. Your answers are saved."),
        "stands": _("You answered that one already. Your first answer stands."),
    }
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at one of the pages of a study that is open.

    Attributes
    ----------
    known
        None for a newcomer.
    respondent
        Who visits; a newcomer is somebody from now on.
    turn
        How far they are.
    """

    request: HttpRequest
    study: Study
    known: Respondent | None
    respondent: Respondent
    turn: Turn

    def show(self, template: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Render a page of the study; the browser of a newcomer remembers who that was."""
        note = NOTES.get(self.request.GET.get("note", ""))
        context = {"study": self.study, "turn": self.turn, "note": note, **context}
        page = render(self.request, f"studies/{template}.html", context, status=status)
        return self.remember(page)

    def go(self, name: str, note: str = "") -> HttpResponse:
        """Send the browser on to another page of this study, which says the note."""
        address = redirect(f"studies:{name}", self.study.pk)
        if note:
            address["Location"] += f"?note={note}"
        return self.remember(address)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Let the browser of a newcomer remember who that was."""
        return response if self.known else let_in(response, self.respondent, self.study.pk)


View = Callable[Concatenate[Visit, P], HttpResponse]


def while_open(view: View[P]) -> Callable[..., HttpResponse]:
    """Serve a page of a study that is open, and say why not otherwise. No cache keeps it."""

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, study_id: int, *arguments: P.args, **options: P.kwargs
    ) -> HttpResponse:
        study = find_public(study_id)
        if study.state != "open":
            return _show_closed(request, study)
        known = respondent_of(request, study.pk)
        respondent = known or newcomer(request)
        turn = turn_of(study, draw_lot(study, key_of(study), respondent))
        visit = Visit(request, study, known, respondent, turn)
        if turn.has_erased:
            return visit.show("erased", status=200 if request.method in ("GET", "HEAD") else 409)
        try:
            return view(visit, *arguments, **options)
        except RefusedError as refusal:
            return visit.show("refused", status=409, sentence=str(refusal))

    return guarded


def find_public(study_id: int) -> Study:
    """Give a study that was opened; answer 404 where there is none such."""
    found = Study.objects.exclude(state="draft").select_related("organisation")
    study = found.filter(pk=study_id).first()
    if study is None:
        raise Http404(_("There is no such study."))
    return study


def _show_closed(request: HttpRequest, study: Study) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 409
    return render(request, "studies/closed.html", {"study": study}, status=status)
