"""Pictures that leave the page: with their own style, on white, several in one where needed.

Programs differ in what they make of a picture inside a picture and of percentages there. So what
leaves the page has neither: parts are groups that were moved, and lengths are numbers.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spreekruimte.look.charts.svg import element, number, words

WIDTH, MARGIN = 640, 20
LINE, LETTERS = 18, 82

_INSIDE = WIDTH - 2 * MARGIN
_OPENING = re.compile(r"<svg(?P<attributes>[^>]*)>(?P<content>.*)</svg>", re.DOTALL)
_ATTRIBUTE = re.compile(r' (?P<name>[\w-]+)="(?P<value>[^"]*)"')
_SHARE = re.compile(r' (?P<name>x|x1|x2|width)="(?P<share>-?[0-9.]+)%"')
# What has a light edge around it, so that it can be read over anything.
_EDGED = re.compile(r'<(rect|text) (?P<rest>class="(whisker|region)"[^>]*(/>|>[^<]*</text>))')
_COLOUR = re.compile(r"--(?P<name>[a-z0-9-]+): (?P<value>#[0-9a-f]{6});")


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What stands in an ``svg`` element, at the width of a picture that stands alone."""

    kind: str
    content: str
    scale: float
    height: float

    @classmethod
    def of(cls, svg: str) -> _Drawing:
        found = _OPENING.fullmatch(svg.strip())
        if found is None:
            raise ValueError("a picture is one svg element")
        attributes = {
            each["name"]: each["value"] for each in _ATTRIBUTE.finditer(found["attributes"])
        }
        content = _SHARE.sub(_write_length, found["content"])
        content = _EDGED.sub(_draw_over_edge, content)
        if "viewBox" not in attributes:
            return cls(attributes["class"], content, 1.0, float(attributes["height"]))
        _x, _y, width, height = map(float, attributes["viewBox"].split())
        scale = _INSIDE / width
        return cls(attributes["class"], content, scale, scale * height)

    def move(self, x: float, y: float) -> str:
        """Give the drawing as a group at a place."""
        transform = f"translate({number(x)} {number(y)})"
        if self.scale != 1.0:
            transform += f" scale({number(self.scale, 4)})"
        return element("g", self.content, class_=self.kind, transform=transform)


def stack(parts: Sequence[tuple[str, str]], *, title: str, description: str) -> str:
    """Put pictures under one another, each under its own text.

    Parameters
    ----------
    parts
        For each its text and its ``svg`` element.
    title, description
        Of the whole.
    """
    drawn, y = [], 0.0
    for text, svg in parts:
        for line in textwrap.wrap(text, LETTERS):
            y += LINE
            drawn.append(element("text", words(line), x=0, y=y - 4))
        drawing = _Drawing.of(svg)
        drawn.append(drawing.move(0, y + 2))
        y += drawing.height + LINE / 2
    return element(
        "svg",
        element("title", words(title)),
        element("desc", words(description)),
        *drawn,
        class_="stack",
        role="img",
        width="100%",
        height=max(y, 1.0),
    )


def stand_alone(svg: str) -> bytes:
    """Give a picture as a file that any program shows as the page does in the light."""
    drawing = _Drawing.of(svg)
    height = number(drawing.height + 2 * MARGIN)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}">'
        f"<style>{_style()}</style>"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f"{drawing.move(MARGIN, MARGIN)}</svg>\n"
    )
    return whole.encode()


def _write_length(share: re.Match[str]) -> str:
    return f' {share["name"]}="{number(float(share["share"]) * _INSIDE / 100, 2)}"'


def _draw_over_edge(edged: re.Match[str]) -> str:
    """Draw once with the edge and once over it: not every program draws the edge first."""
    return f'{edged[0]}<{edged[1]} style="stroke:none" {edged["rest"]}'


@cache
def _style() -> str:
    """Give the style of pictures with the colours of the light scheme written out."""
    folder = files("spreekruimte.look").joinpath("static/look")
    light = folder.joinpath("palette.css").read_text("utf-8").split("@media")[0]
    colours = {found["name"]: found["value"] for found in _COLOUR.finditer(light)}
    style = folder.joinpath("charts.css").read_text("utf-8")
    rules = "\n".join(line for line in style.splitlines() if not line.startswith("@media"))
    for name, value in colours.items():
        rules = rules.replace(f"var(--{name})", value)
    # The page gives text its size and colour; a program without the page does not.
    base = f"text {{ font-family: sans-serif; font-size: 13px; fill: {colours['text']}; }}"
    return f"{base}\n{rules}\n"
