"""Marks along a line, moved aside just far enough to be seen one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.look.charts.marks import Mark, draw_mark
from spreekruimte.look.charts.svg import element, number, picture, words

MARGIN, LABEL_SPACE, AXIS_SPACE = 12.0, 22.0, 26.0
# A swarm that would be taller is pressed together, and then marks cover each other.
TALLEST = 280.0


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on the line, from 0 to 1; a label is written beside the few that matter."""

    value: float
    mark: Mark
    label: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the line, from 0 to 1, and what is written there, if anything."""

    value: float
    label: str = ""


def place_points(values: Sequence[float], *, radius: float) -> list[float]:
    """Give each point its distance from the line, so that none covers another.

    Points are placed in order of value and, where equal, in the given order; each goes
    to the free place nearest to the line, above it where two are as near. So equal
    input gives equal places.

    Parameters
    ----------
    values
        Places along the line, in the unit of `radius`.
    radius
        Half of the least distance between two points.

    Returns
    -------
    list of float
        Distances, negative above the line, in the order of `values`.
    """
    order = sorted(range(len(values)), key=lambda index: (values[index], index))
    offsets = [0.0] * len(values)
    # The latest points within reach, as (place along the line, distance from it).
    near: list[tuple[float, float]] = []
    for index in order:
        place = values[index]
        near = [point for point in near if place - point[0] < 2 * radius]
        offsets[index] = _nearest_free(place, near, radius)
        near.append((place, offsets[index]))
    return offsets


def _nearest_free(place: float, near: Sequence[tuple[float, float]], radius: float) -> float:
    """Find the free distance nearest to the line: on it, or touching a point within reach."""
    taken = []
    for along, offset in near:
        reach = math.sqrt((2 * radius) ** 2 - (place - along) ** 2)
        taken.append((offset - reach, offset + reach))
    # Touching is not covering, whatever the last digit says.
    slack = 1e-9 * radius
    below = _climb(sorted(taken), slack)
    above = _climb(sorted((-end, -start) for start, end in taken), slack)
    return below if below < above else -above


def _climb(taken: Sequence[tuple[float, float]], slack: float) -> float:
    """Go from the line past all that is taken, in order of where it starts."""
    free = 0.0
    for start, end in taken:
        if start + slack < free < end - slack:
            free = end
    return free


def draw_beeswarm(
    points: Sequence[Point],
    ticks: Sequence[Tick],
    *,
    width: int,
    title: str,
    description: str,
    name: str,
) -> str:
    """Draw the points along a line with ticks below it.

    Parameters
    ----------
    points, ticks
        What stands on the line and below it.
    width
        In units of the picture; its text measures 13 of them.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    name
        Class of the picture, for its style.
    """
    span = width - 2 * MARGIN
    radius = _choose_radius(len(points), width)
    along = [MARGIN + span * point.value for point in points]
    offsets = _press(place_points(along, radius=radius + 0.4))
    up = max((-offset for offset in offsets), default=0.0) + radius
    down = max(offsets, default=0.0) + radius
    top = LABEL_SPACE if any(point.label for point in points) else 4.0
    line = top + up
    height = line + down + AXIS_SPACE
    marks = [
        draw_mark(point.mark, x, line + offset, radius)
        for point, x, offset in zip(points, along, offsets, strict=True)
    ]
    labels = [
        _draw_label(point, x, line + offset, top)
        for point, x, offset in zip(points, along, offsets, strict=True)
        if point.label
    ]
    return picture(
        [*_draw_ticks(ticks, span, height), *labels, *marks],
        title=title,
        description=description,
        class_=name,
        viewBox=f"0 0 {width} {number(height)}",
    )


def _press(offsets: list[float]) -> list[float]:
    """Press a swarm together until it is no taller than `TALLEST`."""
    height = max(offsets, default=0.0) - min(offsets, default=0.0)
    scale = min(1.0, TALLEST / height) if height else 1.0
    return [scale * offset for offset in offsets]


def _choose_radius(count: int, width: int) -> float:
    """Let the marks together cover a fixed part of the picture, between small and large."""
    return min(6.0, max(1.6, math.sqrt(width * 16 / max(count, 1))))


def _draw_label(point: Point, x: float, y: float, top: float) -> str:
    return element("line", class_="leader", x1=x, x2=x, y1=top - 6, y2=y) + element(
        "text",
        words(point.label),
        class_="label",
        x=x,
        y=top - 9,
        text_anchor=_anchor(point.value),
    )


def _anchor(value: float) -> str:
    """Keep a text inside the picture."""
    return "start" if value < 0.1 else "end" if value > 0.9 else "middle"


def _draw_ticks(ticks: Sequence[Tick], span: float, height: float) -> list[str]:
    axis = height - 18
    drawn = []
    for tick in ticks:
        x = MARGIN + span * tick.value
        drawn.append(element("line", class_="grid", x1=x, x2=x, y1=0, y2=axis))
        if tick.label:
            drawn.append(
                element(
                    "text", words(tick.label), x=x, y=axis + 14, text_anchor=_anchor(tick.value)
                )
            )
    return drawn
