"""The opinion map, the groups on it, and what they say that others do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from spreekruimte.look.charts import LEAST, Cells, Region, draw_density, gather_cells
from spreekruimte.look.numbers import write_count, write_decimal, write_percent
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.report.wording import count_people, say_statement

# What a reader can take in about one group.
SAYINGS = 5


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement on which a group differs from all others."""

    text: str
    group_share: str
    other_share: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group: its size, its place on the map and what it says."""

    name: str
    people: str
    share: str
    across: str
    up: str
    certainty: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class OpinionView:
    """The map with its groups; no picture where too few people took part."""

    picture: SafeString | None
    finding: str
    legend: str
    groups: tuple[GroupView, ...]
    outside: str
    unplaced: str
    explained: tuple[str, str]


def view_opinions(judgement: Judgement) -> OpinionView:
    """Draw the map and describe each group."""
    groups, positions = judgement.groups, judgement.space.positions
    cells = gather_cells(positions, groups.labels)
    placed = np.isfinite(positions).all(axis=1)
    views = tuple(_view_group(judgement, group) for group in range(groups.count))
    return OpinionView(
        picture=_draw_map(judgement, cells) if len(cells.counts) else None,
        finding=_describe_map(judgement),
        legend=_describe_cells(cells, int(placed.sum())) if len(cells.counts) else "",
        groups=views,
        outside=write_count(int((groups.labels < 0).sum())),
        unplaced=write_count(int((~placed).sum())),
        explained=(
            write_percent(float(judgement.space.explained[0])),
            write_percent(float(judgement.space.explained[1])),
        ),
    )


def _view_group(judgement: Judgement, group: int) -> GroupView:
    groups = judgement.groups
    members = groups.labels == group
    middle = _find_middle(judgement, group)
    return GroupView(
        name=name_group(group),
        people=write_count(groups.sizes[group]),
        share=write_percent(groups.sizes[group] / judgement.matrix.participant_count),
        across=write_decimal(middle[0], 1),
        up=write_decimal(middle[1], 1),
        certainty=write_percent(float(groups.certainty[members].mean())),
        sayings=tuple(
            Saying(
                text=say_statement(judgement.matrix.statements[found.column]),
                group_share=write_percent(found.group_share),
                other_share=write_percent(found.other_share),
            )
            for found in groups.representatives
            if found.group == group
        )[:SAYINGS],
    )


def _find_middle(judgement: Judgement, group: int) -> tuple[float, float]:
    places = judgement.space.positions[judgement.groups.labels == group]
    middle = np.median(places[np.isfinite(places).all(axis=1)], axis=0)
    return float(middle[0]), float(middle[1])


def _draw_map(judgement: Judgement, cells: Cells) -> SafeString:
    groups = judgement.groups
    regions = [
        Region(
            f"{name_group(group)} · {write_count(groups.sizes[group])}",
            *_find_middle(judgement, group),
        )
        for group in range(groups.count)
    ]
    picture = draw_density(
        cells,
        regions,
        title=_("Map of opinions"),
        description=_describe_map(judgement),
        name="map",
    )
    return mark_safe(picture)  # noqa: S308 (drawn by us)


def _describe_map(judgement: Judgement) -> str:
    groups = judgement.groups
    if groups.outcome == "no groups":
        return _("People lie in one cloud: there are no groups that differ clearly.")
    middles = [_find_middle(judgement, group) for group in range(groups.count)]
    pairs = [
        (float(np.hypot(*np.subtract(middles[one], middles[other]))), -one, -other)
        for one in range(groups.count)
        for other in range(one + 1, groups.count)
    ]
    _distance, one, other = max(pairs)
    return _(
        "Groups %(one)s (%(people_one)s) and %(other)s (%(people_other)s) lie furthest apart."
    ) % {
        "one": name_group(-one),
        "other": name_group(-other),
        "people_one": count_people(groups.sizes[-one]),
        "people_other": count_people(groups.sizes[-other]),
    }


def _describe_cells(cells: Cells, placed: int) -> str:
    shown = int(cells.counts.sum())
    return _(
        "Each hexagon stands for %(least)s people or more; the stronger its colour, the more "
        "people, up to %(most)s. The map shows %(shown)s of %(placed)s people: places with "
        "fewer than %(least)s people are left out, so that nobody can be picked out."
    ) % {
        "least": LEAST,
        "most": write_count(int(cells.counts.max())),
        "shown": write_count(shown),
        "placed": write_count(placed),
    }
