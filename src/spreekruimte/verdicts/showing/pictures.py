"""Pictures of a result, each with a sentence and a table that say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from spreekruimte.look.charts import Bar, draw_bars
from spreekruimte.look.charts.standing_alone import stack
from spreekruimte.look.numbers import write_percent
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import disarm


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a picture: what it is about, and its drawing.

    Attributes
    ----------
    text
        In the words of a citizen where `is_said`; else in ours.
    note
        What else there is to say about it.
    """

    text: str
    svg: SafeString
    note: str = ""
    is_said: bool = False


def draw_share(
    share: float, low: float, high: float, *, title: str, description: str
) -> SafeString:
    """Draw one share with its margin, 0 to 1, where its name stands above it."""
    bar = Bar("", share, low, high, write_percent(share))
    svg = draw_bars([bar], title=title, description=description, left=0.0)
    return mark_safe(svg)  # noqa: S308 (drawn by us)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as one drawing or as parts under one another.

    Attributes
    ----------
    name
        In addresses.
    sentence
        What it shows.
    explanation
        How to read it.
    is_ranked
        Whether the order of the parts is a ranking.
    rows
        The table in numbers, for a file; the first row names the columns.
    """

    name: str
    title: str
    sentence: str
    explanation: str
    table: Table
    rows: tuple[tuple[str | int | float | None, ...], ...]
    parts: tuple[Part, ...] = ()
    drawing: SafeString | None = None
    is_ranked: bool = False

    @property
    def list(self) -> str:
        """The element that holds the parts."""
        return "ol" if self.is_ranked else "ul"

    @property
    def svg(self) -> str:
        """The whole picture in one."""
        if self.drawing is not None:
            return self.drawing
        parts = [(part.text, part.svg) for part in self.parts]
        return stack(parts, title=self.title, description=self.sentence)


def write_csv(rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """Write rows as RFC 4180 has it; no text in them is a formula to a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([disarm(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode()
