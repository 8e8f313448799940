"""A map of where many points lie, in hexagons that each stand for several of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.look.charts.hexagons import Cells
from spreekruimte.look.charts.svg import element, number, picture, words

WIDTH, MARGIN = 320.0, 10.0
TALLEST = 300.0
SHADES = 4
LABEL_WIDTH, LINE_HEIGHT = 92.0, 18.0
# Drawn over a cell, one per kind, so that kinds differ without colour; the first is plain.
PATTERNS = (
    "",
    "M-1 7 7-1M-1 1 1-1M5 7 7 5",
    "M3 2v2M2 3h2",
    "M0 3h6",
    "M0 3h6M3 0v6",
)


@dataclass(frozen=True, slots=True)
class Region:
    """One kind of points: its label, and where its middle lies."""

    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """How places among the points become places in the picture."""

    left: float
    top: float
    scale: float
    indent: float
    height: float

    @classmethod
    def around(cls, cells: Cells) -> _Frame:
        low = cells.centres.min(axis=0) - cells.width
        high = cells.centres.max(axis=0) + cells.width
        across, up = (high - low).tolist()
        scale = min((WIDTH - 2 * MARGIN) / across, TALLEST / up)
        return cls(
            left=float(low[0]),
            top=float(high[1]),
            scale=scale,
            indent=(WIDTH - scale * across) / 2,
            height=scale * up + 2 * MARGIN,
        )

    def move(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.indent + self.scale * (x - self.left),
            MARGIN + self.scale * (self.top - y),
        )


def draw_density(
    cells: Cells, regions: Sequence[Region], *, title: str, description: str, name: str
) -> str:
    """Draw the cells: the darker, the more points; colour and pattern tell their kind.

    Parameters
    ----------
    cells
        From `gather_cells`; at least one.
    regions
        One per kind, in the order of the kinds; their labels are written on the map.
    title, description
        What the picture is, and what it shows, for who cannot see it.
    name
        Class of the picture, and the beginning of the ids of its patterns.
    """
    frame = _Frame.around(cells)
    hexagon = _outline_hexagon(frame.scale * cells.width)
    drawn = []
    for centre, kind, shade in zip(
        cells.centres.tolist(), cells.kinds.tolist(), _choose_shades(cells), strict=True
    ):
        x, y = frame.move(*centre)
        drawn.append(_draw_cell(f"M{number(x)} {number(y)}{hexagon}", kind, shade, name))
    return picture(
        [_define_patterns(name), *drawn, *_draw_labels(regions, frame)],
        title=title,
        description=description,
        class_=name,
        viewBox=f"0 0 {number(WIDTH)} {number(frame.height)}",
    )


def _outline_hexagon(width: float) -> str:
    """Go round a hexagon from its middle, leaving a thin line free between neighbours."""
    half = 0.48 * width
    side = 2 * half / 3**0.5
    step, rise, edge = number(half, 2), number(side / 2, 2), number(side, 2)
    return f"m0-{edge}l{step} {rise}v{edge}l-{step} {rise}l-{step}-{rise}v-{edge}z"


def _choose_shades(cells: Cells) -> list[int]:
    """Give each cell a shade from 1 to `SHADES`: in proportion to the root of its count."""
    fullest = int(cells.counts.max())
    return [math.ceil(SHADES * math.sqrt(count / fullest)) for count in cells.counts.tolist()]


def _draw_cell(path: str, kind: int, shade: int, name: str) -> str:
    style = kind % len(PATTERNS) if kind >= 0 else -1
    drawn = element(
        "path", class_=f"{'mixed' if style < 0 else f'kind{style}'} shade{shade}", d=path
    )
    if style <= 0:
        return drawn
    return drawn + element("path", fill=f"url(#{name}-{style})", d=path)


def _define_patterns(name: str) -> str:
    """Define the patterns that are drawn over a cell."""
    return element(
        "defs",
        *(
            element(
                "pattern",
                element("path", class_="pattern", d=lines),
                id=f"{name}-{style}",
                width=6,
                height=6,
                patternUnits="userSpaceOnUse",
            )
            for style, lines in enumerate(PATTERNS)
            if lines
        ),
    )


def _draw_labels(regions: Sequence[Region], frame: _Frame) -> list[str]:
    """Write each label at its region, moved down where it would cover another."""
    written: list[tuple[float, float]] = []
    labels = []
    for region in sorted(regions, key=lambda region: -region.y):
        x, y = frame.move(region.x, region.y)
        x = min(max(x, LABEL_WIDTH / 2), WIDTH - LABEL_WIDTH / 2)
        for other_x, other_y in written:
            if abs(x - other_x) < LABEL_WIDTH:
                y = max(y, other_y + LINE_HEIGHT)
        written.append((x, y))
        labels.append(element("text", words(region.label), class_="region", x=x, y=y + 5))
    return labels
