"""Workbooks (XLSX): the first sheet, line by line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

from spreekruimte.ophef.importing.lines import FileError, Line

# Unpacked; and how many times larger than packed a large part of it may be.
LARGEST_WORKBOOK = 600 * 1024 * 1024
MOST_PACKED = 200
_LARGE_PART = 1024 * 1024


def read_workbook(file: IO[bytes], size: int) -> Iterator[Line]:
    """Go through the lines of the first sheet. What a formula last came to is what is read.

    Entities of XML are refused: openpyxl reads with defusedxml where that is installed.

    Parameters
    ----------
    file
        Stands at its start.
    size
        In bytes.
    """
    # Only now, since other files need it not.
    import openpyxl

    _refuse_bombs(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = sheet.max_row or 1
        # What a sheet says of its own size can be wrong.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Line(number, list(cells), size * min(number, lines) // lines)
    except FileError:
        raise
    except Exception as error:
        # A workbook can be wrong in as many ways as its reader has lines.
        raise FileError("not_a_workbook") from error


def _refuse_bombs(file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileError("not_a_workbook") from error
    if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
        raise FileError("bomb")
    for part in parts:
        if part.file_size > max(_LARGE_PART, MOST_PACKED * part.compress_size):
            raise FileError("bomb")
    file.seek(0)
