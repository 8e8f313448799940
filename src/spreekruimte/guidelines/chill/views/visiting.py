"""What the pages of a public servant have in common: who visits which survey, and how far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.guidelines.chill.entering import find_respondent
from spreekruimte.guidelines.chill.models import Survey
from spreekruimte.guidelines.chill.queries import Turn, find_turn, is_simulated
from spreekruimte.guidelines.stored import title_of
from spreekruimte.ophef.views.found import find_in
from spreekruimte.organisations.refusals import RefusedError

P = ParamSpec("P")
# What a page says about the step before it; the address holds the word.
NOTES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "saved": _("Your answer is saved."),
        "entered": _("You are in. You can answer now."),
        "stands": _("You answered that one already. Your first answer stands."),
        "first": _("First come in: with your code, or by signing in."),
    }
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at one of the pages of a survey that is open.

    Attributes
    ----------
    respondent, turn
        Who visits, and how far they are; None for who has not come in.
    """

    request: HttpRequest
    survey: Survey
    respondent: Respondent | None
    turn: Turn | None

    def show(self, template: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Render a page of the survey."""
        page = {
            **describe(self.survey),
            "turn": self.turn,
            "note": NOTES.get(self.request.GET.get("note", "")),
            **context,
        }
        return render(self.request, f"chill/{template}.html", page, status=status)

    def go(self, name: str, note: str = "") -> HttpResponse:
        """Send the browser on to another page of this survey, which says the note."""
        address = redirect(f"chill:{name}", self.survey.pk)
        if note:
            address["Location"] += f"?note={note}"
        return address


View = Callable[Concatenate[Visit, P], HttpResponse]


def while_open(view: View[P]) -> Callable[..., HttpResponse]:
    """Serve a page of a survey that is open, and say why not otherwise. No cache keeps it."""

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, survey_id: int, *arguments: P.args, **options: P.kwargs
    ) -> HttpResponse:
        survey = find_any(survey_id)
        if survey.state != "open":
            status = 200 if request.method in ("GET", "HEAD") else 409
            return render(request, "chill/closed.html", describe(survey), status=status)
        respondent = find_respondent(request, survey)
        turn = find_turn(survey, respondent) if respondent else None
        visit = Visit(request, survey, respondent, turn)
        try:
            return view(visit, *arguments, **options)
        except RefusedError as refusal:
            return visit.show("refused", status=409, sentence=str(refusal))

    return guarded


def find_any(survey_id: int) -> Survey:
    """Give a survey; answer 404 where there is none such."""
    return find_in(Survey.objects.select_related("version__guideline__organisation"), survey_id)


def describe(survey: Survey) -> dict[str, object]:
    """Give what every page on a survey shows."""
    return {
        "survey": survey,
        "organisation": survey.version.guideline.organisation,
        "guideline": title_of(survey.version),
        "simulated": is_simulated(survey),
    }
