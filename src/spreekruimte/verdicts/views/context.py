"""What context changes, over all closed cases."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.models import Channel
from spreekruimte.look.charts.standing_alone import stack, stand_alone
from spreekruimte.verdicts.queries.context import CaseFramings, list_framings
from spreekruimte.verdicts.showing.context import Comparison, compare_cases, list_rows
from spreekruimte.verdicts.showing.judgement import name_channel
from spreekruimte.verdicts.showing.pictures import write_csv


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """What was found in one channel: the two are never added up."""

    channel: Channel
    name: str
    cases: list[CaseFramings]
    comparisons: list[Comparison]


@require_safe
def show_context(request: HttpRequest) -> HttpResponse:
    """Show what context, fuss and the mirror change over all closed cases."""
    cases = list_framings()
    context = {
        "channels": [_show(channel, own) for channel in Channel if (own := _of(channel, cases))],
        "shows_simulated": _shows_simulated(cases),
    }
    return render(request, "verdicts/context.html", context)


@require_safe
def download_numbers(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Give the figures of all cases as CSV."""
    cases = list_framings()
    content = write_csv(list_rows(cases))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    name = f"what-context-changes{'-simulated' if _shows_simulated(cases) else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def download_picture(request: HttpRequest, channel: str, name: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """Give the picture of one comparison as SVG."""
    cases = _of(Channel(channel), list_framings())
    found = next((each for each in compare_cases(cases) if each.name == name and each.svg), None)
    if found is None:
        raise Http404(_("There is no such picture."))
    svg, file = str(found.svg), f"{channel}-{name}"
    if _shows_simulated(cases):
        label = _("Demonstration: the people here are simulated.")
        svg = stack([(label, svg)], title=found.title, description=label)
        file = f"{file}-simulated"
    response = HttpResponse(stand_alone(svg), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{file}.svg"'
    return response


def _shows_simulated(cases: list[CaseFramings]) -> bool:
    return any(each.is_simulated for each in cases)


def _of(channel: Channel, cases: list[CaseFramings]) -> list[CaseFramings]:
    return [each for each in cases if each.channel == channel]


def _show(channel: Channel, cases: list[CaseFramings]) -> ShownChannel:
    return ShownChannel(channel, name_channel(channel), cases, compare_cases(cases))
