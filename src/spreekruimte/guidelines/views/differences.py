"""What differs between two lists of lines: as text, and as change of room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.guidelines.differences import LineChange, compare_texts, find_changes
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.room import closed_contexts, compare_room, rate_strictness
from spreekruimte.guidelines.showing import reading_language, say_strictness, show_line
from spreekruimte.guidelines.showing_room import say_change
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.look.numbers import write_percent
from spreekruimte.organisations.models import Organisation


def show_differences(
    request: HttpRequest,
    template: str,
    before: Sequence[Line],
    after: Sequence[Line],
    about: Mapping[str, Any],
    *,
    organisation: Organisation,
) -> HttpResponse:
    """Show what differs; `about` is what else the page tells."""
    contexts = closed_contexts()
    room = find_room(organisation, [*before, *after])
    change = compare_room(before, after, contexts)
    freer = sum(contexts.counts[place] for place in change.where_freer)
    stricter = sum(contexts.counts[place] for place in change.where_stricter)
    page = {
        **about,
        "changes": [_show(each) for each in find_changes(before, after)],
        "strictness": [
            say_strictness(rate_strictness(lines, contexts)) for lines in (before, after)
        ],
        "study": room.study if room else None,
        "over_study": say_change(before, after, room) if room else (),
        "room": [
            ngettext(
                "%(count)s closed case gets more room: %(share)s of them.",
                "%(count)s closed cases get more room: %(share)s of them.",
                freer,
            )
            % {"count": freer, "share": write_percent(change.freer)},
            ngettext(
                "%(count)s closed case gets less room: %(share)s of them.",
                "%(count)s closed cases get less room: %(share)s of them.",
                stricter,
            )
            % {"count": stricter, "share": write_percent(change.stricter)},
            _("No longer forbidden: %(freed)s. Newly forbidden: %(forbidden)s.")
            % {
                "freed": write_percent(change.freed),
                "forbidden": write_percent(change.forbidden),
            },
        ],
    }
    return render(request, template, page)


def _show(change: LineChange) -> dict[str, Any]:
    names = {"added": _("new"), "removed": _("gone"), "changed": _("changed")}
    return {
        "name": change.name,
        "kind": change.change,
        "label": names[change.change],
        "words": compare_texts(change, reading_language()),
        "before": show_line(change.before) if change.before else None,
        "after": show_line(change.after) if change.after else None,
    }
