"""The map of room as a picture, with the sentence and the table that say the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.vignettes import Shares
from spreekruimte.look.charts import Cell, draw_heat_map
from spreekruimte.look.numbers import write_count, write_decimal, write_percent
from spreekruimte.look.tables import Table
from spreekruimte.studies.occurrence import is_in_bank
from spreekruimte.studies.plans import Plan, name_value
from spreekruimte.studies.queries.room import MapChoice
from spreekruimte.studies.showing.words import name_attribute, name_values
from spreekruimte.verdicts.showing import Picture


def draw_map(plan: Plan, choice: MapChoice, shares: Shares) -> Picture:
    """Draw the map of room over two attributes."""
    cells = _make_cells(shares)
    across = [str(name_value(choice.across, value)) for value in plan.values[choice.across]]
    down = [str(name_value(choice.down, value)) for value in plan.values[choice.down]]
    title = _("Room by %(down)s and %(across)s") % {
        "down": _lower(name_attribute(choice.down)),
        "across": _lower(name_attribute(choice.across)),
    }
    said = say_map(cells)
    drawing = draw_heat_map(
        cells, down=down, across=across, title=title, description=said, name="room"
    )
    return Picture(
        name="room",
        title=title,
        sentence=said,
        explanation=_(
            "Each box tells how many in a hundred would find the post admissible, with the margin "
            "under it. Hatched: the margin holds both less and more than half, so that nothing is "
            "decided. A dash: this does not occur. Predicted by a model from all answers."
        ),
        table=Table(
            title,
            (name_attribute(choice.down), *across),
            [(label, *map(_write_cell, row)) for label, row in zip(down, cells, strict=True)],
        ),
        rows=_list_rows(plan, choice, shares),
        drawing=mark_safe(drawing),  # noqa: S308 (drawn by us)
    )


def say_map(cells: Sequence[Sequence[Cell]]) -> str:
    """Say in how many contexts there is room, in how many none, and in how many nobody knows."""
    known = [cell for row in cells for cell in row if cell.value is not None]
    counts = {
        "room": sum(cell.low > 0.5 for cell in known),
        "none": sum(cell.high < 0.5 for cell in known),
        "open": sum(cell.is_open for cell in known),
    }
    return ngettext(
        "In %(room)s of %(count)s context more than half finds the post admissible, in %(none)s "
        "less than half; in %(open)s that is not certain.",
        "In %(room)s of %(count)s contexts more than half finds the post admissible, in %(none)s "
        "less than half; in %(open)s that is not certain.",
        len(known),
    ) % {"count": write_count(len(known)), **{key: write_count(n) for key, n in counts.items()}}


def say_rest(plan: Plan, choice: MapChoice) -> list[str]:
    """Say what of the context is fixed on a map, and how the rest is averaged."""
    said = []
    if choice.scope == "alike":
        said.append(
            _(
                "The average of all studies that compare the same, each by its number of "
                "respondents. The margin does not tell how much studies differ."
            )
        )
    if choice.fixed:
        said.append(_("Fixed: %(values)s.") % {"values": name_values(choice.fixed)})
    averaged = [
        attribute
        for attribute in plan.values
        if attribute not in (choice.across, choice.down) and attribute not in choice.fixed
    ]
    in_bank = [each for each in averaged if is_in_bank(each, plan.values[each])]
    weighed = in_bank if choice.frequency == "bank" else []
    equal = [each for each in averaged if each not in weighed]
    if weighed:
        said.append(
            _("Averaged by how often each value occurs in the case bank: %(names)s.")
            % {"names": ", ".join(map(name_attribute, weighed))}
        )
    if equal:
        said.append(
            _("Averaged with every value as often: %(names)s.")
            % {"names": ", ".join(map(name_attribute, equal))}
        )
    return said


def _make_cells(shares: Shares) -> list[list[Cell]]:
    table = np.stack([shares.values, shares.low, shares.high], axis=2).tolist()
    return [[_make_cell(*numbers) for numbers in row] for row in table]


def _make_cell(value: float, low: float, high: float) -> Cell:
    if math.isnan(value):
        return Cell(None)
    limits = f"{write_decimal(100.0 * low, 0)}–{write_decimal(100.0 * high, 0)}"
    return Cell(value, low, high, write_percent(value), limits)


def _write_cell(cell: Cell) -> str:
    if cell.value is None:
        return _("does not occur")
    doubt = f", {_('not certain')}" if cell.is_open else ""
    return f"{cell.shown} ({cell.shown_range}){doubt}"


def _list_rows(
    plan: Plan, choice: MapChoice, shares: Shares
) -> tuple[tuple[str | int | float | None, ...], ...]:
    rows: list[tuple[str | int | float | None, ...]] = [
        (choice.down, choice.across, "share", "low", "high")
    ]
    for down, value in enumerate(plan.values[choice.down]):
        for across, other in enumerate(plan.values[choice.across]):
            numbers = (shares.values, shares.low, shares.high)
            found = [float(each[down, across]) for each in numbers]
            rows.append((value, other, *(None if math.isnan(each) else each for each in found)))
    return tuple(rows)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
