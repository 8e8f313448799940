"""What lines do over the contexts of a study, as pages tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spreekruimte.analysis.rules import Reach
from spreekruimte.guidelines.comparing import Side
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.room import Strictness, rate_strictness
from spreekruimte.guidelines.studied_room import (
    ChangeOverRoom,
    GuidelineOverRoom,
    LineOverRoom,
    StudiedRoom,
    measure_change,
    measure_line,
    measure_lines,
)
from spreekruimte.look.numbers import write_decimal, write_percent, write_share
from spreekruimte.look.tables import Table

DASH = "\u2013"
"""Stands where there is no number."""


@dataclass(frozen=True, slots=True)
class RoomStudy:
    """The study over whose contexts is measured.

    Attributes
    ----------
    people, contexts
        How many its model rests on, and how many contexts it compares.
    """

    study_id: int
    title: str
    people: int
    contexts: int
    is_simulated: bool

    @classmethod
    def of(cls, room: StudiedRoom) -> RoomStudy:
        """Tell the study of a room."""
        return cls(
            study_id=room.study.pk,
            title=str(room.study.title),
            people=room.people,
            contexts=len(room.codes),
            is_simulated=room.study.is_simulated,
        )


@dataclass(frozen=True, slots=True)
class ShownRoom:
    """What lines do over the contexts of a study.

    Attributes
    ----------
    strictness
        How strict the lines are together.
    distances
        How far they are together from the public; empty where the study says nowhere what they do.
    lines
        What each line does, in their order; empty where the study does not say.
    """

    study: RoomStudy
    strictness: str
    distances: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedRoom:
    """What several guidelines do over the contexts of one study, side by side."""

    study: RoomStudy
    table: Table


def show_room(lines: Sequence[Line], room: StudiedRoom | None) -> ShownRoom | None:
    """Tell what lines do over the contexts of a study; nothing where there is none."""
    if room is None:
        return None
    together = measure_lines(lines, room)
    return ShownRoom(
        study=RoomStudy.of(room),
        strictness=say_strictness_over_room(together.strictness),
        distances=(
            _say_reach("overreach", together.overreach),
            _say_reach("underreach", together.underreach),
        )
        if together.strictness.decided
        else (),
        lines=tuple(_say_line(measure_line(line, room)) for line in lines),
    )


def compare_over_room(sides: Sequence[Side], room: StudiedRoom | None) -> ComparedRoom | None:
    """Lay guidelines side by side over the contexts of a study; nothing where there is none."""
    if room is None:
        return None
    table = Table(
        caption=_("How much room they leave over the contexts of a study"),
        columns=[
            _("Guideline"),
            _("How strict, from 0 to 1"),
            _("Can be told for"),
            _("Takes room where the public finds speaking admissible"),
            _("Leaves room where the public finds speaking not admissible"),
        ],
        rows=[[str(side.title), *_tell_cells(measure_lines(side.lines, room))] for side in sides],
    )
    return ComparedRoom(RoomStudy.of(room), table)


def _tell_cells(found: GuidelineOverRoom) -> list[str]:
    if found.strictness.index is None:
        return [DASH, write_percent(0.0), DASH, DASH]
    return [
        write_decimal(found.strictness.index, 2),
        write_percent(found.strictness.decided),
        _say(found.overreach),
        _say(found.underreach),
    ]


def say_strictness_over_room(strictness: Strictness) -> str:
    """Say how strict lines are, and over how many contexts of the study that can be told."""
    if strictness.index is None:
        return _("Not to be told: the study does not say where these lines hold.")
    return _(
        "%(index)s on a scale from 0 (nothing is forbidden) to 1 (everything is); it can be told "
        "for %(share)s of the contexts."
    ) % {
        "index": write_decimal(strictness.index, 2),
        "share": write_percent(strictness.decided),
    }


def say_change(before: Sequence[Line], after: Sequence[Line], room: StudiedRoom) -> tuple[str, ...]:
    """Say how the room changes over the contexts of a study, and what the public finds there."""
    then, now = rate_strictness(before, room), rate_strictness(after, room)
    said = _say_change(measure_change(before, after, room)) if then.decided and now.decided else ()
    return (
        *said,
        *(
            _("%(when)s: %(strictness)s")
            % {"when": when, "strictness": say_strictness_over_room(strictness)}
            for when, strictness in ((_("How strict it was"), then), (_("How strict it is"), now))
        ),
    )


def _say_change(found: ChangeOverRoom) -> tuple[str, ...]:
    return (
        _(
            "Of all contexts %(share)s get more room; %(of)s get it where the public finds "
            "speaking admissible."
        )
        % {"share": write_percent(found.change.freer), "of": _say(found.freed_rightly)},
        _(
            "Of all contexts %(share)s get less room; %(of)s lose it where the public finds "
            "speaking admissible."
        )
        % {"share": write_percent(found.change.stricter), "of": _say(found.taken_wrongly)},
        _("No longer forbidden: %(freed)s. Newly forbidden: %(forbidden)s.")
        % {
            "freed": write_percent(found.change.freed),
            "forbidden": write_percent(found.change.forbidden),
        },
    )


def _say_line(found: LineOverRoom | None) -> str:
    if found is None:
        return ""
    said = [
        _("It holds in %(share)s of the contexts of the study.")
        % {"share": write_percent(found.coverage.holds)}
    ]
    if found.coverage.undecided:
        said.append(
            _("In %(share)s the study does not say whether it holds.")
            % {"share": write_percent(found.coverage.undecided)}
        )
    if found.kind is not None and found.reach is not None:
        said.append(_say_reach(found.kind, found.reach))
    return " ".join(said)


def _say_reach(kind: str, reach: Reach) -> str:
    sentence = {
        "overreach": _(
            "In %(share)s of the contexts it takes room where the public finds speaking admissible."
        ),
        "underreach": _(
            "In %(share)s of the contexts it leaves room where the public finds speaking not "
            "admissible."
        ),
    }[kind]
    return sentence % {"share": _say(reach)}


def _say(reach: Reach) -> str:
    return write_share(reach.share, reach.low, reach.high)
