"""What a study found, for everybody once it is published, and for its editors before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.models import Channel
from spreekruimte.look.tables import Table
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.studies.documents import RESULT_COLUMNS, list_answers, write_document
from spreekruimte.studies.models import Study, StudyResult
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.room import channel_with_room
from spreekruimte.studies.showing import effects
from spreekruimte.studies.showing.words import name_people
from spreekruimte.studies.views.designing import find_here
from spreekruimte.verdicts.showing import Picture
from spreekruimte.verdicts.showing.pictures import write_csv
from spreekruimte.verdicts.views import pictures


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """What came out of one channel, as the page shows it."""

    name: str
    people: str
    counts: dict[str, int]
    largest: str
    pictures: list[Picture]
    interactions: Table | None
    groups: list[Table]
    refusals: list[str]


@require_safe
def show_results(request: HttpRequest, study_id: int) -> HttpResponse:
    """Show the results of a study that is published."""
    return _render(request, find_published(study_id))


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def preview_results(
    request: HttpRequest, organisation: Organisation, study_id: int
) -> HttpResponse:
    """Show editors the results of a study that closed, before they are published."""
    study = find_here(organisation, study_id)
    result = StudyResult.objects.filter(study=study, stage=StudyResult.Stage.DONE).first()
    if result is None:
        raise Http404(_("There are no results yet."))
    return _render(request, study)


@require_safe
def download_picture(
    _request: HttpRequest, study_id: int, channel: str, name: str, kind: str
) -> HttpResponse:
    """Give one picture of the results as SVG, or its numbers as CSV."""
    study = find_published(study_id)
    drawn = effects.draw_all(Plan.of(study), study.result.figures.get(channel, {}))
    picture = next((each for each in drawn if each.name == name), None)
    if picture is None:
        raise Http404(_("There is no such picture."))
    return give_picture(picture, f"study-{study.pk}-{channel}-{name}", kind, study)


@require_safe
def download_document(_request: HttpRequest, study_id: int) -> HttpResponse:
    """Give design and figures of a study as JSON."""
    study = find_published(study_id)
    content = json.dumps(write_document(study), ensure_ascii=False, sort_keys=True)
    return give_file(content.encode(), f"study-{study.pk}.json", "application/json")


@require_safe
def download_table(_request: HttpRequest, study_id: int) -> HttpResponse:
    """Give all estimates of a study as CSV."""
    study = find_published(study_id)
    rows = [
        (channel, *row)
        for channel, figures in sorted(study.result.figures.items())
        for row in effects.list_rows(figures)
    ]
    content = write_csv([RESULT_COLUMNS, *rows])
    return give_file(content, f"study-{study.pk}.csv", CSV)


@require_safe
def download_answers(_request: HttpRequest, study_id: int) -> HttpResponse:
    """Give the answers to a study as CSV, with nothing that leads to who gave them."""
    study = find_published(study_id)
    return give_file(write_csv(list_answers(study)), f"study-{study.pk}-answers.csv", CSV)


CSV = "text/csv; charset=utf-8; header=present"


def find_published(study_id: int) -> Study:
    """Give a study that is published; answer 404 where there is none such."""
    found = Study.objects.filter(state="published").select_related("organisation", "result")
    return get_object_or_404(found, pk=study_id)


def give_picture(picture: Picture, file: str, kind: str, study: Study) -> HttpResponse:
    """Give a picture as a file; what is simulated says so in the file itself, and in its name."""
    label = _("Demonstration: the people here are simulated.") if study.is_simulated else ""
    response = pictures.give_picture(picture, file, kind, label=label)
    response["Cache-Control"] = "no-cache"
    return response


def give_file(content: bytes, name: str, media: str) -> HttpResponse:
    """Give a file to keep."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response


def _render(request: HttpRequest, study: Study) -> HttpResponse:
    plan = Plan.of(study)
    page = {
        "study": study,
        "has_room": channel_with_room(study) is not None,
        "channels": [
            _show_channel(plan, Channel(name), figures)
            for name, figures in sorted(study.result.figures.items(), reverse=True)
        ],
    }
    return render(request, "studies/results.html", page)


def _show_channel(plan: Plan, channel: Channel, figures: effects.Figures) -> ShownChannel:
    return ShownChannel(
        name=channel.value,
        people=name_people(channel),
        counts={key: figures[key] for key in ("respondents", "answers", "unknown")},
        largest=effects.say_largest(figures) if "effects" in figures else "",
        pictures=effects.draw_all(plan, figures),
        interactions=effects.tabulate_interactions(figures),
        groups=effects.tabulate_groups(figures),
        refusals=effects.list_refusals(figures),
    )
