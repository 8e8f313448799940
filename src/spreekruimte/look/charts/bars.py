"""Bars from nothing to all, with whiskers, as wide as the place where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.look.charts.svg import element, number, picture, words

# The bars take the middle of the width, in percent; labels stand left, values right.
LEFT, RIGHT = 14.0, 14.0
ROW, FIRST_BAR, OTHER_BAR, GAP = 20, 14, 9, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One share with its interval, all from 0 to 1; no value where nothing is known.

    `shown` is the value as the reader sees it.
    """

    label: str
    value: float | None
    low: float
    high: float
    shown: str


def draw_bars(bars: Sequence[Bar], *, title: str, description: str, left: float = LEFT) -> str:
    """Draw one bar per row, the first thicker than the rest.

    The solid part of a bar is the share, the hollow part what is left of it, and the
    whisker its interval. Positions are percentages, so that the picture follows the
    width of the page while its text keeps its size.

    Parameters
    ----------
    bars
        From top to bottom; the first stands for the whole.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    left
        How much of the width labels take, in percent.

    Returns
    -------
    str
        An ``svg`` element.
    """
    height = ROW * len(bars) + (GAP if len(bars) > 1 else 0)
    rows = [_draw_row(bar, place, left) for place, bar in enumerate(bars)]
    middle = f"{number(left + _span(left) / 2.0, 2)}%"
    half = element("line", class_="half", x1=middle, x2=middle, y1=0, y2=height)
    return picture(
        [*rows, half],
        title=title,
        description=description,
        class_="bars",
        width="100%",
        height=height,
    )


def _draw_row(bar: Bar, place: int, left: float) -> str:
    thickness = FIRST_BAR if place == 0 else OTHER_BAR
    centre = ROW * place + ROW / 2 + (GAP if place else 0)
    label = element("text", words(bar.label), x=0, y=centre + 5)
    shown = element("text", words(bar.shown), class_="value", x="100%", y=centre + 5)

    def draw(kind: str, start: float, end: float, thickness: float) -> str:
        return element(
            "rect",
            class_=kind,
            x=f"{number(left + _span(left) * start, 2)}%",
            y=centre - thickness / 2,
            width=f"{number(_span(left) * (end - start), 2)}%",
            height=thickness,
        )

    if bar.value is None:
        return label + draw("unknown", 0, 1, thickness) + shown
    return (
        label
        + draw("rest", 0, 1, thickness)
        + draw("share", 0, bar.value, thickness)
        + draw("whisker", bar.low, bar.high, 3)
        + shown
    )


def _span(left: float) -> float:
    """How much of the width the bars take, in percent."""
    return 100.0 - left - RIGHT
