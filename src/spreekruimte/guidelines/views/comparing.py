"""Where guidelines part: the page that compares two to four of them."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.cases.bank import closed_cases
from spreekruimte.guidelines.comparing import (
    Decision,
    Side,
    compare_cases,
    compare_strictness,
    find_partings,
)
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.queries.versions import list_current_versions
from spreekruimte.guidelines.room import closed_contexts
from spreekruimte.guidelines.showing import (
    name_room,
    say_example,
    say_strictness,
    show_line,
)
from spreekruimte.guidelines.showing_room import compare_over_room
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.guidelines.views.found import side_of_pack, side_of_version

FEWEST, MOST = 2, 4
FIRST = ("vl", "au-2020", "nl-rijk-2020")
"""What is compared unless somebody chooses: Flanders, Australia and the Dutch state."""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show where guidelines part, by line, by case and in room."""
    sides = {side.key: side for side in _list_sides()}
    chosen = request.GET.getlist("side")
    if any(key not in sides for key in chosen):
        raise BadRequest
    is_possible = not chosen or FEWEST <= len(set(chosen)) <= MOST
    keys = list(dict.fromkeys(chosen)) if chosen and is_possible else list(FIRST)
    compared = [sides[key] for key in keys]
    cases = closed_cases()
    rows = compare_cases(compared, [case.context for case in cases])
    page = {
        "choices": [(side, side.key in keys) for side in sides.values()],
        "problem": "" if is_possible else _("Choose two, three or four guidelines."),
        "sides": compared,
        "strictness": [
            (side, say_strictness(each))
            for side, each in compare_strictness(compared, closed_contexts())
        ],
        "room": compare_over_room(
            compared, find_room(None, [line for side in compared for line in side.lines])
        ),
        "rows": [
            (cases[row.place], [_say(each) for each in row.decisions])
            for row in rows
            if row.differs
        ],
        "same": sum(not row.differs for row in rows),
        "partings": [
            (each, show_line(each.line), say_example(each.example))
            for each in find_partings(compared)
        ],
    }
    response = render(request, "guidelines/compare.html", page, status=200 if is_possible else 400)
    response.setdefault("Cache-Control", "no-cache")
    return response


def _list_sides() -> list[Side]:
    return [
        *(side_of_pack(pack) for pack in packs().values()),
        *(side_of_version(version) for version in list_current_versions()),
    ]


def _say(decision: Decision) -> str:
    if decision.perhaps == decision.surely:
        return name_room(decision.surely)
    return _("%(surely)s, perhaps %(perhaps)s") % {
        "surely": name_room(decision.surely),
        "perhaps": name_room(decision.perhaps),
    }
