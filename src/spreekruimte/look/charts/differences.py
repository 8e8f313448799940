"""Differences to either side of nothing, with whiskers, as wide as the place where they stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.look.charts.svg import element, number, picture, words

# Labels stand left and values right, in percent of the width.
LEFT, RIGHT = 14.0, 14.0
ROW, GAP = 22, 6
FIRST, OTHER, WIDTH = 16, 11, 6
STEP = 0.1


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference with its interval, all from -1 to 1; no value where nothing is known.

    `shown` is the value as the reader sees it.
    """

    label: str
    value: float | None
    low: float
    high: float
    shown: str


def find_reach(differences: Sequence[Difference]) -> float:
    """Give how far a scale goes to either side so that all intervals fit; a step at least."""
    ends = [max(-each.low, each.high) for each in differences if each.value is not None]
    return STEP * max(math.ceil(round(max(ends, default=0.0) / STEP, 6)), 1)


def draw_differences(
    differences: Sequence[Difference],
    *,
    reach: float,
    title: str,
    description: str,
    left: float = LEFT,
) -> str:
    """Draw one difference per row, the first thicker than the rest, around a line at zero.

    Parameters
    ----------
    differences
        From top to bottom; the first stands for the whole.
    reach
        How far the scale goes to either side; pictures under one another share one.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    left
        How much of the width labels take, in percent.

    Returns
    -------
    str
        An ``svg`` element.
    """
    height = ROW * len(differences) + (GAP if len(differences) > 1 else 0)
    rows = [_draw_row(each, place, reach, left) for place, each in enumerate(differences)]
    middle = f"{number(left + (100.0 - left - RIGHT) / 2.0, 2)}%"
    zero = element("line", class_="zero", x1=middle, x2=middle, y1=0, y2=height)
    return picture(
        [zero, *rows],
        title=title,
        description=description,
        class_="differences",
        width="100%",
        height=height,
    )


def _draw_row(difference: Difference, place: int, reach: float, left: float) -> str:
    span = 100.0 - left - RIGHT
    thickness = OTHER if place else FIRST
    centre = ROW * place + ROW / 2 + (GAP if place else 0)

    def at(value: float) -> float:
        return left + span * (value / reach + 1.0) / 2.0

    label = element("text", words(difference.label), x=0, y=centre + 5)
    shown = element("text", words(difference.shown), class_="value", x="100%", y=centre + 5)
    scale = element(
        "rect",
        class_="scale",
        x=f"{number(left, 2)}%",
        y=centre,
        width=f"{number(span, 2)}%",
        height=1,
    )
    if difference.value is None:
        return scale + label + shown
    whisker = element(
        "rect",
        class_="whisker",
        x=f"{number(at(difference.low), 2)}%",
        y=centre - 1,
        width=f"{number(at(difference.high) - at(difference.low), 2)}%",
        height=3,
    )
    mark = element(
        "rect",
        class_="difference",
        x=f"{number(at(difference.value), 2)}%",
        y=centre + 0.5 - thickness / 2,
        width=WIDTH,
        height=thickness,
        transform=f"translate({number(-WIDTH / 2)} 0)",
    )
    return scale + label + whisker + mark + shown
