"""Tables as text (CSV), in the ways in which programs write them.

The separator is a semicolon, a comma, a tab or a bar; the text is UTF-8, Windows-1252 or UTF-16.
Each line is decoded by itself, so that one line of an old system does not spoil the others.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, TypeVar

from spreekruimte.ophef.encodings import decode_line
from spreekruimte.ophef.importing.lines import FileError, Line

LONGEST_LINE = 1024 * 1024
# A cell can hold line breaks; a quotation mark that is never closed must not eat the whole file.
LINES_IN_A_CELL = 40

_SEPARATORS = ";,\t|"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BOM = b"\xef\xbb\xbf"

AnyText = TypeVar("AnyText", str, bytes)


def read_text_table(file: IO[bytes], start: bytes) -> Iterator[Line]:
    """Go through the lines of a table as text.

    Parameters
    ----------
    file
        Stands at its start.
    start
        Its first few thousand bytes.
    """
    texts = _decode(file, start)
    before = 0
    for first in texts:
        if first.strip():
            break
        before += 1
    else:
        raise FileError("empty")
    name, _equals, sign = first.strip("\r\n").partition("=")
    if name.lower() == "sep" and len(sign) == 1:
        # What Excel writes above a table for itself.
        yield from _parse(_Lines(texts, before + 1), sign, file)
    else:
        separator = max(_SEPARATORS, key=first.count)
        yield from _parse(_Lines(chain([first], texts), before), separator, file)


class _RunawayError(Exception):
    """A quotation goes on and on."""


class _Lines:
    """Lines of text for a reader of CSV, of which some can be given back.

    Attributes
    ----------
    number
        How many lines of the file were taken.
    taken
        Those of the line of the table that is being read.
    """

    def __init__(self, texts: Iterator[str], number: int) -> None:
        self.number = number
        self.taken: list[str] = []
        self._texts = texts
        self._given_back: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= LINES_IN_A_CELL:
            raise _RunawayError
        text = self._given_back.popleft() if self._given_back else next(self._texts)
        self.taken.append(text)
        self.number += 1
        return text

    def give_back_all_but_one(self) -> None:
        """Let the lines be read again, save the first of those that were taken."""
        self._given_back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken[1:])


def _parse(lines: _Lines, separator: str, file: IO[bytes]) -> Iterator[Line]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.taken, number = [], lines.number + 1
        try:
            yield Line(number, list(next(reader)), file.tell())
        except StopIteration:
            return
        except (csv.Error, _RunawayError):
            lines.give_back_all_but_one()
            reader = csv.reader(lines, delimiter=separator, strict=True)
            yield Line(number, None, file.tell())


def _decode(file: IO[bytes], start: bytes) -> Iterator[str]:
    encoding = _find_wide_encoding(start)
    if encoding is None:
        file.seek(len(_BOM) if start.startswith(_BOM) else 0)
        yield from map(decode_line, _take_lines(file.readline))
        return
    file.seek(2 if start[:2] in _WIDE else 0)
    wide = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="\n")
    try:
        yield from _take_lines(wide.readline)
    finally:
        # Or the file would be closed with it.
        wide.detach()


def _find_wide_encoding(start: bytes) -> str | None:
    if start[:2] in _WIDE:
        return _WIDE[start[:2]]
    if b"\x00" not in start:
        return None
    # Of ordinary text in UTF-16, every other byte is zero.
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) > 0.9 * len(zeros):
            return encoding
    raise FileError("not_a_table")


def _take_lines(readline: Callable[[int], AnyText]) -> Iterator[AnyText]:
    while text := readline(LONGEST_LINE):
        if len(text) >= LONGEST_LINE:
            raise FileError("not_a_table")
        yield text
