"""A table as a page shows it, folded under the picture that it says the same as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; what it holds is written in the language of the reader.

    Attributes
    ----------
    caption
        What it is about.
    columns
        The names of the columns, that of the row headings first.
    rows
        For each row its heading and its cells.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
