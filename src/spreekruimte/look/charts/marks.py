"""Four kinds of marks that differ in shape as well as in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spreekruimte.look.charts.svg import element, number, picture

Mark = Literal["disc", "square", "diamond", "ring"]


def draw_mark(mark: Mark, x: float, y: float, radius: float) -> str:
    """Draw one mark around a point."""
    return element("path", class_=mark, d=_outline(mark, x, y, radius))


def draw_key(mark: Mark) -> str:
    """Draw a mark by itself, for beside the words that explain it; decoration only."""
    return element(
        "svg",
        draw_mark(mark, 8, 8, 6),
        class_="key",
        width=16,
        height=16,
        viewBox="0 0 16 16",
        aria_hidden="true",
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its share, 0 to 1, and the mark whose look it takes."""

    mark: Mark
    share: float


def draw_parts(parts: Sequence[Part], *, title: str, description: str) -> str:
    """Draw the parts of a whole as one bar, as wide as the place where it stands."""
    children = []
    start = 0.0
    for part in parts:
        if part.share > 0:
            children.append(
                element(
                    "rect",
                    class_=part.mark,
                    x=f"{number(100 * start, 2)}%",
                    y=1,
                    width=f"{number(100 * part.share, 2)}%",
                    height=22,
                )
            )
        start += part.share
    return picture(
        children,
        title=title,
        description=description,
        class_="parts",
        width="100%",
        height=24,
    )


def _outline(mark: Mark, x: float, y: float, radius: float) -> str:
    if mark == "square":
        half = 0.88 * radius
        side = number(2 * half)
        return f"M{number(x - half)} {number(y - half)}h{side}v{side}h-{side}z"
    if mark == "diamond":
        reach = 1.2 * radius
        step = number(reach)
        return f"M{number(x)} {number(y - reach)}l{step} {step}l-{step} {step}l-{step}-{step}z"
    r, across = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z"
