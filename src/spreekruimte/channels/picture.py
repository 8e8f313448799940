"""Draw a card of 1200 by 630 pixels, the size that networks show whole.

In the colours of our pages in light, with the letters of DejaVu, which has all that Dutch needs. On
a machine without these letters there is no picture; the words of a card do not need it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
# Drawing one takes a tenth of a second, and anyone can ask for it.
KEPT = 64
# Looked for where the system keeps its letters.
LETTERS = "DejaVuSans"

PAPER, PANEL, TEXT, QUIET = "#ffffff", "#f2f6fa", "#1c2b3a", "#475a6c"
BLUE, OCHRE, OCHRE_SOFT = "#1d659e", "#a86a0b", "#f8ecd2"

_SIZES = range(40, 17, -2)
_LINE = 1.35
_BAR = 30
_BOTTOM = HEIGHT - 92
_WIDTH = WIDTH - 2 * MARGIN
_TOLD_WIDTH = _WIDTH - 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of all with its interval, each from 0 to 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands on a card.

    Attributes
    ----------
    told
        What it is about; may be empty.
    said
        Paragraphs, each with a bar under it where there is one.
    note
        What stands over all of it; mostly empty.
    """

    title: str
    said: tuple[str, ...]
    told: str = ""
    bars: tuple[Bar | None, ...] = ()
    note: str = ""


@lru_cache(maxsize=KEPT)
def draw(picture: Picture) -> bytes:
    """Draw a card as PNG; empty where the letters are not installed."""
    if _load_font(20, bold=False) is None or _load_font(20, bold=True) is None:
        return b""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    sheet = ImageDraw.Draw(image)
    sheet.rectangle((0, 0, WIDTH, 14), fill=BLUE)
    top = _draw_head(sheet, picture)
    size = next((each for each in _SIZES if _end(picture, each, top) <= _BOTTOM), _SIZES[-1])
    _draw_body(sheet, picture, size, top)
    _draw_foot(sheet)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_head(sheet: ImageDraw.ImageDraw, picture: Picture) -> int:
    """Draw what stands over a card; give where the rest begins."""
    top = 48
    if picture.note:
        sheet.rectangle((0, 14, WIDTH, 66), fill=OCHRE_SOFT)
        sheet.text((MARGIN, 24), picture.note, font=_font(26, bold=True), fill=TEXT)
        top = 90
    sheet.text((MARGIN, top), picture.title, font=_font(50, bold=True), fill=TEXT)
    return top + 86


def _draw_body(sheet: ImageDraw.ImageDraw, picture: Picture, size: int, top: int) -> None:
    if picture.told:
        top = _draw_told(sheet, picture.told, size, top)
    for place, paragraph in enumerate(picture.said):
        is_bold = bool(picture.told)
        lines = _wrap(paragraph, size, _WIDTH, bold=is_bold)
        top = _draw_lines(sheet, lines, size, (MARGIN, top), bold=is_bold)
        bar = picture.bars[place] if place < len(picture.bars) else None
        if bar is not None and top + _BAR + 6 <= _BOTTOM:
            _draw_bar(sheet, bar, top + 6)
            top += _BAR + 12
        top += size


def _draw_told(sheet: ImageDraw.ImageDraw, told: str, size: int, top: int) -> int:
    lines = _wrap(told, size, _TOLD_WIDTH)
    bottom = min(_BOTTOM, top + round(len(lines) * size * _LINE) + size)
    sheet.rectangle((MARGIN, top, WIDTH - MARGIN, bottom), fill=PANEL)
    sheet.rectangle((MARGIN, top, MARGIN + 10, bottom), fill=BLUE)
    _draw_lines(sheet, lines, size, (MARGIN + 34, top + size // 2))
    return bottom + size


def _draw_lines(
    sheet: ImageDraw.ImageDraw,
    lines: Sequence[str],
    size: int,
    place: tuple[int, int],
    *,
    bold: bool = False,
) -> int:
    """Draw a paragraph; give where it ends. What does not fit any more ends on an ellipsis."""
    left, top = place
    font = _font(size, bold=bold)
    step = round(size * _LINE)
    room = max(0, (_BOTTOM - top) // step)
    if len(lines) > room:
        lines = [*lines[: room - 1], f"{lines[room - 1].rstrip(' .,')}…"] if room else []
    for line in lines:
        sheet.text((left, top), line, font=font, fill=TEXT)
        top += step
    return top


def _draw_bar(sheet: ImageDraw.ImageDraw, bar: Bar, top: int) -> None:
    middle = top + _BAR // 2
    right = MARGIN + round(_WIDTH * bar.share)
    sheet.rectangle((MARGIN, top, WIDTH - MARGIN, top + _BAR), fill=OCHRE_SOFT, outline=OCHRE)
    sheet.rectangle((MARGIN, top, right, top + _BAR), fill=BLUE)
    low, high = (MARGIN + round(_WIDTH * each) for each in (bar.low, bar.high))
    sheet.rectangle((low - 2, middle - 4, high + 2, middle + 4), fill=PAPER)
    sheet.rectangle((low, middle - 2, high, middle + 2), fill=TEXT)


def _draw_foot(sheet: ImageDraw.ImageDraw) -> None:
    host = settings.ADDRESS.origin.partition("://")[2]
    top = HEIGHT - 62
    sheet.text((MARGIN, top), "Spreekruimte", font=_font(30, bold=True), fill=BLUE)
    sheet.text((WIDTH - MARGIN, top), host, font=_font(26), fill=QUIET, anchor="ra")


def _end(picture: Picture, size: int, top: int) -> int:
    """Give where a card would end that is written in letters of a size."""
    step = round(size * _LINE)
    if picture.told:
        top += len(_wrap(picture.told, size, _TOLD_WIDTH)) * step + 2 * size
    for paragraph in picture.said:
        lines = _wrap(paragraph, size, _WIDTH, bold=bool(picture.told))
        top += len(lines) * step + size
    return top + sum(_BAR + 12 for bar in picture.bars if bar is not None) - size


def _wrap(text: str, size: int, width: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines that are no wider than this, unless a word alone is."""
    font = _font(size, bold=bold)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    font = _load_font(size, bold=bold)
    if font is None:
        raise OSError("the letters of DejaVu are not installed")
    return font


@cache
def _load_font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(f"{LETTERS}{'-Bold' * bold}.ttf", size)
    except OSError:
        return None
