"""Files as lines of cells, read from the start to the end and never whole.

What a file does wrong, on purpose or not, ends in one of two ways. A line that cannot be read is
given as one without cells, and the lines after it are read. A file that cannot be read any further
raises `FileError`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import IO

from spreekruimte.ophef.importing.cells import Cell
from spreekruimte.ophef.importing.lines import FileError, Line
from spreekruimte.ophef.importing.texts import read_text_table
from spreekruimte.ophef.importing.workbooks import read_workbook

LARGEST_FILE = 200 * 1024 * 1024
MOST_COLUMNS = 200
MOST_LINES = 2_000_000
LONGEST_NAME = 200
_ZIP = b"PK\x03\x04"


def read_lines(file: IO[bytes], size: int) -> Generator[Line, None, None]:
    """Go through the lines of a file that hold anything.

    Parameters
    ----------
    file
        Can be gone through from its start.
    size
        In bytes.

    Raises
    ------
    FileError
        If it cannot be read (any further).
    """
    if size > LARGEST_FILE:
        raise FileError("too_large")
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    lines = read_workbook(file, size) if start.startswith(_ZIP) else read_text_table(file, start)
    count = 0
    for line in lines:
        cells = line.cells
        while cells and cells[-1] in ("", None):
            cells.pop()
        if cells is not None and len(cells) > MOST_COLUMNS:
            raise FileError("too_many_columns")
        if cells is None or cells:
            count += 1
            yield line
        if count > MOST_LINES:
            raise FileError("too_many_lines")


def read_header(lines: Iterator[Line]) -> list[str]:
    """Take the first line, and give the names of the columns.

    Raises
    ------
    FileError
        If there is none, or a name stands there twice.
    """
    first = next(lines, None)
    if first is None:
        raise FileError("empty")
    names = [_tidy_name(cell) for cell in first.cells or ()]
    named = [name for name in names if name]
    if not named or len(set(named)) != len(named):
        raise FileError("no_columns")
    return names


def _tidy_name(cell: Cell) -> str:
    """Give the name of a column with its words one space apart and no sign that nobody sees."""
    name = "" if cell is None else " ".join(str(cell).split())
    return "".join(filter(str.isprintable, name))[:LONGEST_NAME]
