"""What came out of surveys, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.guidelines.chill.models import Survey
from spreekruimte.guidelines.chill.queries import is_simulated, published_surveys
from spreekruimte.guidelines.chill.showing import (
    draw,
    list_silent_lines,
    say_overall,
    write_document,
)
from spreekruimte.guidelines.chill.views.visiting import describe, find_any
from spreekruimte.guidelines.stored import title_of
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.views.pictures import give_picture


@require_safe
def list_published(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published surveys of an organisation, each with its sentence."""
    organisation = get_object_or_404(Organisation, slug=slug)
    surveys = published_surveys(organisation)
    page = {
        "organisation": organisation,
        "surveys": [
            (survey, title_of(survey.version), say_overall(survey.result.figures))
            for survey in surveys
        ],
        "simulated": any(map(is_simulated, surveys)),
    }
    return _keep_fresh(render(request, "chill/list.html", page))


@require_safe
def show(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show what came out of a survey: overall and for each line."""
    survey = _find(survey_id)
    figures = survey.result.figures
    page = {
        **describe(survey),
        "figures": figures,
        "method": survey.result.method,
        "sentence": say_overall(figures),
        "picture": draw(survey, figures, read_language()),
        "silent": list_silent_lines(survey, figures),
    }
    return _keep_fresh(render(request, "chill/results.html", page))


@require_safe
def download(_request: HttpRequest, survey_id: int, kind: str) -> HttpResponse:
    """Give the picture as SVG, or its numbers as CSV or JSON."""
    survey = _find(survey_id)
    if kind == "json":
        return _keep_fresh(JsonResponse(write_document(survey)))
    picture = draw(survey, survey.result.figures, read_language())
    if picture is None:
        raise Http404(_("There is no such picture."))
    label = _("Demonstration: the people here are simulated.") if is_simulated(survey) else ""
    return _keep_fresh(give_picture(picture, f"survey-{survey.pk}-chill", kind, label=label))


def _find(survey_id: int) -> Survey:
    survey = find_any(survey_id)
    if survey.state != "published":
        raise Http404(_("The results of this survey are not published."))
    return survey


def _keep_fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    return response
