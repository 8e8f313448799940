"""The fuss beside the verdict, for everybody: of a case that is closed, and of an organisation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.queries import case_for_public
from spreekruimte.ophef.models import Incident, Measurement
from spreekruimte.ophef.queries.measurements import (
    latest_comparison,
    latest_measurement,
    measuring_of,
)
from spreekruimte.ophef.queries.public import incident_of, is_simulated, titles_of_closed_cases
from spreekruimte.ophef.queries.register import acts_of
from spreekruimte.ophef.showing import gap, timeline
from spreekruimte.ophef.showing.formula import say_formula, say_public
from spreekruimte.ophef.showing.words import count_kinds, list_findings, say_index
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.queries.results import results_of
from spreekruimte.verdicts.showing import Picture
from spreekruimte.verdicts.views.looking import Look, to_file, to_page
from spreekruimte.verdicts.views.pictures import give_picture


@require_safe
@to_page
def show_case(look: Look) -> HttpResponse:
    """Show the fuss about a case beside what the public finds of it."""
    incident = _find_incident(look)
    page: dict[str, object] = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "organisation": look.case.organisation,
        "incident": incident,
    }
    if incident is not None:
        page |= _tell(look, incident)
    return render(look.request, "ophef/case.html", page)


@require_safe
@to_file
def download_of_case(look: Look, name: str, kind: str) -> HttpResponseBase:
    """Give a picture of the fuss about a case as SVG, or its numbers as CSV."""
    incident = _find_incident(look)
    measurement = latest_measurement(incident) if incident else None
    picture = _draw(incident, measurement) if incident and measurement else None
    if picture is None or name != picture.name:
        raise Http404(_("There is no such picture."))
    file = f"case-{look.case.pk}-ophef-{name}"
    return _give(picture, file, kind, simulated=look.case.is_simulated)


@require_safe
def show_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the fuss of an organisation goes with what the public finds."""
    organisation = get_object_or_404(Organisation, slug=slug)
    comparison = latest_comparison(organisation)
    page: dict[str, object] = {
        "organisation": organisation,
        "comparison": comparison,
        "simulated": is_simulated(organisation),
    }
    if comparison is not None:
        titles = titles_of_closed_cases(organisation, read_language())
        page |= {
            "refusals": gap.list_refusals(comparison.figures),
            "tau": gap.say_tau(comparison.figures),
            "pictures": gap.draw_all(comparison.figures, titles),
            "cases": [
                (each["case"], titles[each["case"]])
                for each in comparison.figures["gaps"]
                if each["case"] in titles
            ],
        }
    response = render(request, "ophef/organisation.html", page)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def download_of_organisation(
    _request: HttpRequest, slug: str, name: str, kind: str
) -> HttpResponseBase:
    """Give a picture of the page of an organisation as SVG, or its numbers as CSV."""
    organisation = get_object_or_404(Organisation, slug=slug)
    comparison = latest_comparison(organisation)
    titles = titles_of_closed_cases(organisation, read_language())
    picture = gap.find_picture(comparison.figures, titles, name) if comparison else None
    if picture is None:
        raise Http404(_("There is no such picture."))
    simulated = is_simulated(organisation)
    response = _give(picture, f"{slug}-ophef-{name}", kind, simulated=simulated)
    response["Cache-Control"] = "no-cache"
    return response


def _find_incident(look: Look) -> Incident | None:
    """Find the incident of a case; while the case is asked its fuss is shown to nobody."""
    if look.case.state != "closed":
        raise Http404(_("The fuss about a case is shown once the case is closed."))
    return incident_of(look.case)


def _tell(look: Look, incident: Incident) -> dict[str, object]:
    measurement = latest_measurement(incident)
    results = results_of(look.case, look.now)
    told: dict[str, object] = {
        "measurement": measurement,
        "measuring": measuring_of(incident),
        "sides": [
            say_formula(latest_comparison(None), incident),
            *say_public(results[0] if results else None),
        ],
    }
    if measurement is not None:
        told |= {
            "index": say_index(measurement.figures),
            "findings": list_findings(measurement.figures),
            "kinds": count_kinds(measurement.figures),
            "picture": _draw(incident, measurement),
        }
    return told


def _draw(incident: Incident, measurement: Measurement) -> Picture | None:
    return timeline.draw(measurement.figures, acts_of(incident))


def _give(picture: Picture, file: str, kind: str, *, simulated: bool) -> HttpResponse:
    """Give a picture as a file; what is simulated says so in the file itself, and in its name."""
    label = _("Demonstration: this is simulated, and happened to nobody.") if simulated else ""
    return give_picture(picture, file, kind, label=label)
