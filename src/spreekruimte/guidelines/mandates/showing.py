"""A table of mandates as a page shows it, and as other programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.mandates.cells import (
    ROOM_NAMES,
    Cells,
    Place,
    name_role,
    name_topic,
    places,
    read_cells,
    roles,
    topics,
)
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.mandates.public_room import PublicRoom
from spreekruimte.look.numbers import write_share
from spreekruimte.verdicts.documents import round_number


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in words.

    Attributes
    ----------
    given
        How much room there is; empty where that is not said.
    public
        What the public would give.
    source
        On what that rests; empty where nobody was asked.
    """

    given: str
    public: str
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one role, topic by topic."""

    role: Bilingual
    cells: tuple[Cell, ...]


def make_rows(cells: Cells, room: Mapping[Place, PublicRoom]) -> list[Row]:
    """Give the table row by row."""
    return [
        Row(
            name_role(role),
            tuple(_make_cell((role, topic), cells, room) for topic in topics()),
        )
        for role in roles()
    ]


def name_topics() -> list[Bilingual]:
    """Give the heads of the columns."""
    return [name_topic(topic) for topic in topics()]


def write_document(version: MandateVersion, room: Mapping[Place, PublicRoom]) -> dict[str, Any]:
    """Give a version with what the public would give, for other programs."""
    cells = read_cells(version.cells)
    return {
        "organisation": version.organisation.slug,
        "version": version.number,
        "simulated": any(each.is_simulated for each in room.values()),
        "published_at": version.published_at.isoformat(),
        "cells": [
            {
                "role": role,
                "topic": topic,
                "given": cells.get((role, topic)),
                "public": _write_public(room.get((role, topic))),
            }
            for role, topic in places()
        ],
    }


def _make_cell(place: Place, cells: Cells, room: Mapping[Place, PublicRoom]) -> Cell:
    given = str(ROOM_NAMES[cells[place]]) if place in cells else ""
    found = room.get(place)
    if found is None:
        return Cell(given, _("not asked yet"), "")
    public = write_share(found.share, found.low, found.high)
    return Cell(given, public, _say_source(found))


def _say_source(found: PublicRoom) -> str:
    if found.source == "study":
        return _("study %(number)s") % {"number": found.number}
    return ngettext("%(count)s case", "%(count)s cases", found.number) % {"count": found.number}


def _write_public(found: PublicRoom | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "share": round_number(found.share),
        "low": round_number(found.low),
        "high": round_number(found.high),
        "source": found.source,
        "number": found.number,
    }
