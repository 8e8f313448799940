"""The cells of a table of mandates: which roles, which topics, and how much room."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import product
from types import MappingProxyType
from typing import Literal, get_args

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.sentences import Bilingual

ROLE, TOPIC = "rank_level", "topic_distance"
"""The attributes of a context that are the rows and the columns."""

Room = Literal["none", "inform", "explain", "discuss", "own_view"]
Place = tuple[str, str]
"""A role and a topic."""
Cells = Mapping[Place, Room]

ROOMS: tuple[Room, ...] = get_args(Room)
ROOM_NAMES: Mapping[Room, Promise] = MappingProxyType(
    {
        "none": _("no room"),
        "inform": _("inform"),
        "explain": _("explain"),
        "discuss": _("discuss"),
        "own_view": _("own view"),
    }
)


def roles() -> tuple[str, ...]:
    """Give the roles, in the order in which they are shown."""
    return attributes()[ROLE].allowed


def topics() -> tuple[str, ...]:
    """Give the topics, in the order in which they are shown."""
    return attributes()[TOPIC].allowed


def name_role(role: str) -> Bilingual:
    """Name a role."""
    return attributes()[ROLE].label_of(role)


def name_topic(topic: str) -> Bilingual:
    """Name a topic."""
    return attributes()[TOPIC].label_of(topic)


def places() -> Iterator[Place]:
    """Go through all cells, row by row."""
    return product(roles(), topics())


def write_cells(cells: Cells) -> dict[str, dict[str, str]]:
    """Give cells as JSON: the room by topic by role, those that say nothing left out."""
    return {
        role: {topic: cells[role, topic] for topic in topics() if (role, topic) in cells}
        for role in roles()
        if any((role, topic) in cells for topic in topics())
    }


def read_cells(document: Mapping[str, Mapping[str, str]]) -> dict[Place, Room]:
    """Read what `write_cells` wrote.

    Raises
    ------
    ValidationError
        If there is no such role, topic or room.
    """
    known = set(places())
    cells: dict[Place, Room] = {}
    for role, by_topic in document.items():
        for topic, given in by_topic.items():
            if (role, topic) not in known:
                raise ValidationError(_("There is no such role or topic."))
            cells[role, topic] = _read_room(given)
    return cells


def digest_cells(cells: Cells) -> str:
    """Give the SHA-256 of cells, by which a change names what was on the screen."""
    return sha256(json.dumps(write_cells(cells), sort_keys=True).encode()).hexdigest()


def _read_room(given: str) -> Room:
    for room in ROOMS:
        if given == room:
            return room
    raise ValidationError(_("There is no room of this name."))
