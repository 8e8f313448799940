"""Pictures that leave the page: with their own style, on white, several in one where needed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from spreekruimte.look.charts.svg import element, number, words

WIDTH, MARGIN = 640, 20
LINE, LETTERS = 18, 82

_HEIGHT = re.compile(r'^<svg[^>]* height="(?P<height>[0-9.]+)"')
_VIEW = re.compile(r'^<svg[^>]* viewBox="0 0 (?P<width>[0-9.]+) (?P<height>[0-9.]+)"')
_COLOUR = re.compile(r"--(?P<name>[a-z0-9-]+): (?P<value>#[0-9a-f]{6});")


def stack(parts: Sequence[tuple[str, str]], *, title: str, description: str) -> str:
    """Put pictures under one another, each under its own text.

    Parameters
    ----------
    parts
        For each its text and its ``svg`` element, which has a height of its own.
    title, description
        Of the whole.
    """
    drawn, y = [], 0.0
    for text, svg in parts:
        for line in textwrap.wrap(text, LETTERS):
            y += LINE
            drawn.append(element("text", words(line), x=0, y=y - 4))
        height = _height_of(svg)
        drawn.append(svg.replace("<svg ", f'<svg y="{number(y + 2)}" ', 1))
        y += height + LINE / 2
    return element(
        "svg",
        element("title", words(title)),
        element("desc", words(description)),
        *drawn,
        role="img",
        width="100%",
        height=max(y, 1.0),
    )


def stand_alone(svg: str) -> bytes:
    """Give a picture as a file that any program shows as the page does in the light."""
    height = _height_of(svg)
    attributes = (
        f'x="{MARGIN}" y="{MARGIN}" width="{WIDTH - 2 * MARGIN}" height="{number(height)}" '
    )
    inner = re.sub(r' (width|height)="[0-9.%]+"', "", svg.split(">", 1)[0])
    inner = inner.replace("<svg ", f"<svg {attributes}", 1) + ">" + svg.split(">", 1)[1]
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
        f'height="{number(height + 2 * MARGIN)}" '
        f'viewBox="0 0 {WIDTH} {number(height + 2 * MARGIN)}">'
        f"<style>{_style()}</style>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{inner}</svg>\n'
    )
    return whole.encode()


def _height_of(svg: str) -> float:
    if found := _HEIGHT.match(svg):
        return float(found["height"])
    found = _VIEW.match(svg)
    if found is None:
        raise ValueError("a picture has a height or a frame")
    return float(found["height"]) * (WIDTH - 2 * MARGIN) / float(found["width"])


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
    return f"svg {{ font-family: sans-serif; }}\n{rules}\n"
