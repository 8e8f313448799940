"""A map of shares in cells, for two things that vary: how large each is, and how sure that is.

Nothing hangs on colour: each cell says its share in figures, and is hatched where its interval
spans one half. Columns have letters, which are explained under the cells, so that long names fit
on a narrow page; positions are percentages, so that text keeps its size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from spreekruimte.look.charts.svg import element, number, picture, words

# Lines of text, and rows of cells.
LINE, CELL, GAP = 18, 38, 8
# So many letters fit on a narrow page.
LETTERS = 40
# With more columns than this the interval does not fit into a cell.
MOST_WITH_RANGE = 6
HALF = 0.5
FAINTEST, STRONGEST = 0.15, 0.75


@dataclass(frozen=True, slots=True)
class Cell:
    """One share with its interval, all from 0 to 1; no value where there can be none.

    `shown` and `shown_range` are share and interval as the reader sees them.
    """

    value: float | None
    low: float = 0.0
    high: float = 1.0
    shown: str = ""
    shown_range: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the interval spans one half, so that nothing is decided."""
        return self.value is not None and self.low <= HALF <= self.high


def draw_heat_map(
    rows: Sequence[Sequence[Cell]],
    *,
    down: Sequence[str],
    across: Sequence[str],
    title: str,
    description: str,
    name: str,
) -> str:
    """Draw the cells, each row under its name.

    Parameters
    ----------
    rows
        From top to bottom, each from left to right; all as long.
    down, across
        Names of the rows and of the columns; at most 26 columns.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    name
        The beginning of the ids in the picture, so that two on a page stay apart.

    Returns
    -------
    str
        An ``svg`` element.
    """
    width = 100.0 / len(across)
    head = [
        element("text", letter, class_="middle", x=_percent((place + 0.5) * width), y=LINE - 4)
        for place, letter in zip(range(len(across)), ascii_uppercase, strict=False)
    ]
    drawn, y = [_define_hatching(name), *head], float(LINE)
    for label, row in zip(down, rows, strict=True):
        drawn += (lines := _write(label, y))
        y += LINE * len(lines)
        drawn += [_draw_cell(cell, place * width, width, y, name) for place, cell in enumerate(row)]
        y += CELL + GAP
    for letter, label in zip(ascii_uppercase, across, strict=False):
        drawn += (lines := _write(f"{letter}: {label}", y))
        y += LINE * len(lines)
    return picture(
        drawn, title=title, description=description, class_="heat", width="100%", height=y + GAP
    )


def _draw_cell(cell: Cell, left: float, width: float, y: float, name: str) -> str:
    place: dict[str, str | float] = {
        "x": _percent(left),
        "y": y,
        "width": _percent(width),
        "height": CELL,
    }
    centre = _percent(left + width / 2)
    if cell.value is None:
        return element("rect", class_="none", **place) + element(
            "text", "–", class_="middle", x=centre, y=y + CELL / 2 + 5
        )
    strength = FAINTEST + (STRONGEST - FAINTEST) * abs(cell.value - HALF) / HALF
    kind = "more" if cell.value >= HALF else "less"
    drawn = element("rect", class_=kind, fill_opacity=number(strength, 3), **place)
    if cell.is_open:
        drawn += element("rect", class_="hatched", fill=f"url(#{name}-hatching)", **place)
    has_range = bool(cell.shown_range) and 100.0 / width <= MOST_WITH_RANGE + 0.5
    drawn += element(
        "text",
        words(cell.shown),
        class_="region share",
        x=centre,
        y=y + (CELL / 2 - 2 if has_range else CELL / 2 + 5),
    )
    if has_range:
        drawn += element(
            "text", words(cell.shown_range), class_="region", x=centre, y=y + CELL / 2 + 14
        )
    return drawn


def _define_hatching(name: str) -> str:
    lines = element("path", class_="hatching", d="M-2 2 2-2M0 8 8 0M6 10 10 6")
    return element(
        "defs",
        element(
            "pattern",
            lines,
            id=f"{name}-hatching",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
        ),
    )


def _write(label: str, y: float) -> list[str]:
    return [
        element("text", words(line), x=0, y=y + LINE * place + LINE - 5)
        for place, line in enumerate(textwrap.wrap(label, LETTERS))
    ]


def _percent(share: float) -> str:
    return f"{number(share, 2)}%"
