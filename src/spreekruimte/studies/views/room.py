"""The map of room: of one study, of those of a public body, and of all."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes import Shares
from spreekruimte.ballots.models import Channel
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.map_form import MapForm
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import (
    channel_with_room,
    map_study,
    published_studies,
    studies_alike,
)
from spreekruimte.studies.refusals import tell_refusal
from spreekruimte.studies.showing.room import draw_map, say_rest
from spreekruimte.studies.showing.words import name_people
from spreekruimte.studies.views.results import find_published, give_picture
from spreekruimte.verdicts.showing import Picture


@require_safe
def list_rooms(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Show of which studies there is a map: those of a public body, or all."""
    organisation = get_object_or_404(Organisation, slug=slug) if slug else None
    studies = [each for each in published_studies(organisation) if channel_with_room(each)]
    page = {
        "organisation": organisation,
        "studies": studies,
        "shows_simulated": any(study.is_simulated for study in studies),
    }
    return render(request, "studies/rooms.html", page)


@require_safe
def show_room(request: HttpRequest, study_id: int) -> HttpResponse:
    """Show the map of room of a study, for the two attributes that the reader chooses."""
    study, channel = _find(study_id)
    plan, form = Plan.of(study), _read_form(request, study, channel)
    page: dict[str, object] = {
        "study": study,
        "people": name_people(channel),
        "form": form,
        "query": request.GET.urlencode(),
    }
    status = 200 if form.is_valid() else 400
    if form.is_valid():
        try:
            picture = _draw(study, channel, form)
        except InputError as error:
            status = 400
            form.add_error(None, tell_refusal(error.template, error.values))
        else:
            page |= {"picture": picture, "rest": say_rest(plan, form.choice)}
    return render(request, "studies/room.html", page, status=status)


@require_safe
def download_room(request: HttpRequest, study_id: int, kind: str) -> HttpResponse:
    """Give the map that the address asks for as SVG, or its numbers as CSV."""
    study, channel = _find(study_id)
    form = _read_form(request, study, channel)
    if not form.is_valid():
        raise Http404(_("There is no such picture."))
    try:
        picture = _draw(study, channel, form)
    except InputError as error:
        raise Http404(tell_refusal(error.template, error.values)) from error
    return give_picture(picture, f"study-{study.pk}-room", kind, study)


def _find(study_id: int) -> tuple[Study, Channel]:
    study = find_published(study_id)
    channel = channel_with_room(study)
    if channel is None:
        raise Http404(_("This study has too few answers for a map."))
    return study, channel


def _read_form(request: HttpRequest, study: Study, channel: Channel) -> MapForm:
    alike = len(studies_alike(study, channel))
    return MapForm(Plan.of(study), request.GET, alike=alike)


def _draw(study: Study, channel: Channel, form: MapForm) -> Picture:
    shares: Shares | None = map_study(study, channel, form.choice)
    if shares is None:
        raise Http404(_("This study has too few answers for a map."))
    return draw_map(Plan.of(study), form.choice, shares)
