"""The map of opinions, and the groups on it."""

from __future__ import annotations

import numpy as np
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.look.charts import LEAST, Cells, Region, draw_density
from spreekruimte.look.numbers import write_chance, write_count, write_percent
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import name_group, round_number
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import count_people, join_words
from spreekruimte.verdicts.showing.pictures import Picture


def draw(result: ChannelResult) -> Picture | None:
    """Draw where people lie, as cells that each stand for several of them."""
    stored, sizes = result.crowd["map"], result.document["groups"]["sizes"]
    if not stored["counts"]:
        return None
    title, people = _("Map of opinions"), result.document["participants"]
    cells = Cells(
        np.array(stored["centres"]),
        stored["width"],
        np.array(stored["counts"]),
        np.array(stored["kinds"]),
    )
    regions = [
        Region(f"{name_group(group)} · {write_count(size)}", *middle)
        for group, (size, middle) in enumerate(zip(sizes, stored["middles"], strict=True))
    ]
    sentence = say_groups(result)
    name = f"map-{result.round.number}-{result.channel}"
    svg = draw_density(cells, regions, title=title, description=sentence, name=name)
    return Picture(
        name="opinions",
        title=title,
        sentence=sentence,
        explanation=_explain(cells, stored["placed"]),
        table=Table(
            title,
            (_("Group"), _("People"), _("Share")),
            [
                *(
                    (name_group(group), write_count(size), write_percent(size / people))
                    for group, size in enumerate(sizes)
                ),
                (
                    _("In no group"),
                    write_count(people - sum(sizes)),
                    write_percent(1 - sum(sizes) / people),
                ),
            ],
        ),
        rows=(
            ("across", "up", "people", "group"),
            *(
                (round_number(x), round_number(y), count, name_group(kind) if kind >= 0 else "")
                for (x, y), count, kind in zip(
                    stored["centres"], stored["counts"], stored["kinds"], strict=True
                )
            ),
        ),
        # The style of the map hangs on its class alone.
        drawing=mark_safe(svg.replace(f'class="{name}"', 'class="map"')),  # noqa: S308
    )


def say_groups(result: ChannelResult) -> str:
    """Say whether there are groups of people who answer alike, and how sure that is."""
    groups = result.document["groups"]
    if not groups["count"]:
        return _("There are no opinion groups: people do not fall apart into clear groups.")
    sizes = join_words(
        [
            f"{name_group(group)} ({count_people(size)})"
            for group, size in enumerate(groups["sizes"])
        ]
    )
    return _(
        "There are %(count)s opinion groups: %(sizes)s. Without real groups, a division like "
        "this comes up in %(chance)s of conversations."
    ) % {
        "count": write_count(groups["count"]),
        "sizes": sizes,
        "chance": write_chance(groups["p_value"]),
    }


def _explain(cells: Cells, placed: int) -> str:
    return _(
        "People who answer alike lie close together. The directions themselves have no name. "
        "Each hexagon stands for %(least)s people or more; the stronger its colour, the more "
        "people. The map shows %(shown)s of %(placed)s people: places with fewer are left out, "
        "so that nobody can be picked out."
    ) % {
        "least": LEAST,
        "shown": write_count(int(cells.counts.sum())),
        "placed": write_count(placed),
    }
