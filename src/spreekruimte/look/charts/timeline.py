"""Counts over time as columns, with stretches that stand out and moments in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.look.charts.marks import draw_mark
from spreekruimte.look.charts.svg import element, number, picture, words

# From top to bottom, in pixels: names of stretches, columns, moments, names of times.
NAMES, COLUMNS, MOMENTS, TIMES = 34, 150, 22, 20
BOTTOM = NAMES + COLUMNS
# Of the width of a column, in percent, what is left free beside it.
FREE = 12.0
TICK, HALF = 6, 5.5


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `is_small` draws it hollow: its height is the most that it can be."""

    height: float
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns that stand out, from `first` up to and with `last`, and what stands above them."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, at a place from 0 to 1 along the whole."""

    at: float
    label: str


def draw_timeline(
    columns: Sequence[Column],
    *,
    stretches: Sequence[Stretch] = (),
    moments: Sequence[Moment] = (),
    ends: tuple[str, str],
    top: str,
    title: str,
    description: str,
) -> str:
    """Draw columns beside each other, as wide as the place where they stand.

    Columns of a stretch have another colour, and a bracket with a name above them, so that nothing
    hangs on colour alone. Moments are diamonds under the line, each with its label. Positions
    along the line are percentages, so that text keeps its size on any width.

    Parameters
    ----------
    columns
        In the order of time, at least one.
    ends
        What the first and the last time are called.
    top
        What the highest column stands for.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    """
    highest = max((column.height for column in columns), default=0.0) or 1.0
    in_stretch = {place for each in stretches for place in range(each.first, each.last + 1)}
    children = [
        _draw_line(NAMES, "grid"),
        element("text", words(top), class_="value", x="100%", y=NAMES - 4),
        *(
            _draw_column(column, place, len(columns), highest, stands_out=place in in_stretch)
            for place, column in enumerate(columns)
            if column.height
        ),
        *(_draw_stretch(each, len(columns)) for each in stretches),
        _draw_line(BOTTOM, "axis"),
        *(_draw_moment(each) for each in moments),
        element("text", words(ends[0]), x=0, y=BOTTOM + MOMENTS + TIMES - 6),
        element("text", words(ends[1]), class_="value", x="100%", y=BOTTOM + MOMENTS + TIMES - 6),
    ]
    return picture(
        children,
        title=title,
        description=description,
        class_="timeline",
        width="100%",
        height=BOTTOM + MOMENTS + TIMES,
    )


def _draw_line(y: float, kind: str) -> str:
    return element("line", class_=kind, x1="0%", x2="100%", y1=y, y2=y)


def _draw_column(
    column: Column, place: int, count: int, highest: float, *, stands_out: bool
) -> str:
    wide = 100.0 / count
    height = COLUMNS * column.height / highest
    kind = "square" if stands_out else "disc"
    return element(
        "rect",
        class_=f"{kind} small" if column.is_small else kind,
        x=_percent(wide * (place + FREE / 200.0)),
        y=BOTTOM - height,
        width=_percent(wide * (1.0 - FREE / 100.0)),
        height=height,
    )


def _draw_stretch(stretch: Stretch, count: int) -> str:
    left, right = 100.0 * stretch.first / count, 100.0 * (stretch.last + 1) / count
    y, middle = NAMES - TICK - 12, (left + right) / 2.0
    place = {"start": "0%", "end": "100%"}.get(_anchor(middle), _percent(middle))
    return (
        element("line", class_="bracket", x1=_percent(left), x2=_percent(right), y1=y, y2=y)
        + element("line", class_="bracket", x1=_percent(left), x2=_percent(left), y1=y, y2=y + TICK)
        + element(
            "line", class_="bracket", x1=_percent(right), x2=_percent(right), y1=y, y2=y + TICK
        )
        + element("text", words(stretch.label), class_=_anchor(middle), x=place, y=y - 4)
    )


def _draw_moment(moment: Moment) -> str:
    """Draw a diamond inside an element of its own: a path knows no percentages."""
    place = _percent(100.0 * moment.at)
    y = BOTTOM + MOMENTS / 2 - 2
    mark = element(
        "svg",
        draw_mark("diamond", 0, 0, HALF),
        x=place,
        y=y,
        overflow="visible",
    )
    anchor = "end" if moment.at > 0.5 else "start"
    label = element(
        "text",
        words(moment.label),
        class_=anchor,
        x=place,
        dx=-10 if anchor == "end" else 10,
        y=y + 5,
    )
    return mark + label


def _anchor(middle: float) -> str:
    return "start" if middle < 8.0 else "end" if middle > 92.0 else "middle"


def _percent(value: float) -> str:
    return f"{number(value, 2)}%"
