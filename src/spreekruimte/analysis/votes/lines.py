"""Lines of text and records of CSV from files of any size: bounded, strict, each with its line."""

from __future__ import annotations

import codecs
import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import BinaryIO

from spreekruimte.analysis.errors import InputError

LONGEST_LINE = 2**20
_CHUNK = 2**18
_CELLS_PER_BATCH = 2**13  # so few that they stay in the cache of the processor
_FEWEST_PER_BATCH = 64
_TEXT_PER_BATCH = 2**22
_LONGEST_PREAMBLE = 100

Progress = Callable[[str, int, int | None], None]
"""Is told the name of what is read, the bytes or rows done, and the total where it is known."""


def ignore_progress(name: str, done: int, total: int | None) -> None:
    """Show nothing."""


def quote(text: str, longest: int = 60) -> str:
    """Make a text fit to stand in the sentence of an error: short, and on one line."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown)


def refuse_unreadable(path: Path, error: OSError) -> InputError:
    """Make the refusal of a file that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return InputError("This cannot be read: {reason}.", path=path, reason=reason)


def list_names(folder: Path) -> list[str]:
    """Give the names of what is in a folder, sorted, without hidden ones."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise refuse_unreadable(folder, error) from error


class ByteSource:
    """An open file that counts what was read of it, and tells it."""

    def __init__(self, stream: BinaryIO, path: Path, progress: Progress, total: int | None) -> None:
        self.path = path
        self._stream = stream
        self._progress = progress
        self._done = 0
        self._total = total

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes; none are left where it gives none."""
        try:
            data = self._stream.read(size)
        except OSError as error:
            raise refuse_unreadable(self.path, error) from error
        self._done += len(data)
        self._progress(self.path.name, self._done, self._total)
        return data


@contextmanager
def open_bytes(path: Path, progress: Progress) -> Iterator[ByteSource]:
    """Open a file; whatever the system has against it is an InputError."""
    try:
        stream = path.open("rb")
        total = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise refuse_unreadable(path, error) from error
    with stream:
        yield ByteSource(stream, path, progress, total)


def read_blocks(
    read: Callable[[int], bytes], path: Path, *, longest_line: int = LONGEST_LINE
) -> Iterator[str]:
    """Read text as blocks of whole lines, of which only the last can lack its line break.

    Parameters
    ----------
    read
        Gives at most so many bytes, and none at the end.
    path
        The file, for errors.
    longest_line
        How many bytes a line can have; at most this and one chunk is held in memory.

    Raises
    ------
    InputError
        A line is too long, holds a NUL byte or is not UTF-8.
    """
    line, tail = 1, b""
    first = read(_CHUNK).removeprefix(codecs.BOM_UTF8)
    for chunk in chain([first], iter(partial(read, _CHUNK), b"")):
        _refuse_nul(chunk, path, line)
        end = chunk.rfind(b"\n") + 1
        block, tail = (tail + chunk[:end], chunk[end:]) if end else (b"", tail + chunk)
        # A line that lies within one chunk is short enough: only the first can be too long.
        if block.find(b"\n") >= longest_line:
            raise _refuse_long(path, line, longest_line)
        if block:
            yield _decode(block, path, line)
            line += block.count(b"\n")
        if len(tail) > longest_line:
            raise _refuse_long(path, line, longest_line)
    if tail:
        yield _decode(tail, path, line)


def _refuse_nul(chunk: bytes, path: Path, line: int) -> None:
    place = chunk.find(b"\0")
    if place >= 0:
        raise InputError(
            "This line holds a NUL byte, so the file is damaged or not text in UTF-8.",
            path=path,
            line=line + chunk.count(b"\n", 0, place),
        )


def _refuse_long(path: Path, line: int, longest_line: int) -> InputError:
    return InputError(
        "This line is longer than {limit} bytes, the longest that is read.",
        path=path,
        line=line,
        limit=longest_line,
    )


def _decode(block: bytes, path: Path, line: int) -> str:
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            "This line is not text in UTF-8, the encoding that is expected.",
            path=path,
            line=line + block.count(b"\n", 0, error.start),
        ) from None


@dataclass(frozen=True, slots=True)
class Batch:
    """At least one record, by column; `lines` tells of each record on which line it begins."""

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]


def spell_plainly(name: str) -> str:
    """Spell the name of a column without capitals, spaces and underscores: ``comment-id``."""
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


class Table(ABC):
    """Records under a header, in batches.

    Attributes
    ----------
    path
        The file.
    header
        The names of the columns, stripped.
    """

    path: Path
    header: tuple[str, ...]

    @abstractmethod
    def batches(self) -> Iterator[Batch]:
        """Give all records in their order, once."""

    @abstractmethod
    def require_end(self, last_fields: Collection[str] = ()) -> None:
        """Refuse a file that ends in the middle of a record, once all batches are read.

        A last field that is one of `last_fields` is known to be whole.
        """

    @property
    def header_line(self) -> int | None:
        """The line on which the header stands, where it is on one."""
        return None

    def find(self, name: str) -> int | None:
        """Give the place of the column with this plain name; None if there is none."""
        names = [spell_plainly(column) for column in self.header]
        return names.index(name) if name in names else None

    def require(self, *names: str) -> tuple[int, ...]:
        """Give the places of the columns with these plain names."""
        places = [self.find(name) for name in names]
        missing = [name for name, place in zip(names, places, strict=True) if place is None]
        if missing:
            raise InputError(
                "These columns are missing: {missing}; the columns here are {found}.",
                path=self.path,
                line=self.header_line,
                missing=", ".join(missing),
                found=quote(", ".join(self.header), 200),
            )
        return tuple(place for place in places if place is not None)

    def require_unique(self, names: Sequence[str]) -> None:
        """Refuse names of columns of which two are the same; nameless ones do not count."""
        seen: set[str] = set()
        for name in names:
            plain = spell_plainly(name)
            if plain in seen:
                raise InputError(
                    "Two columns have the name “{name}”.",
                    path=self.path,
                    line=self.header_line,
                    name=quote(name),
                )
            if plain:
                seen.add(plain)


class CsvTable(Table):
    """The records of a CSV file; made by `open_csv`."""

    def __init__(self, source: ByteSource, marker: str | None) -> None:
        self.path = source.path
        self.preamble: list[list[str]] = []
        self._block_end = "\n"
        self._pending = 0
        self._last_field = ""
        blocks = map(self._open_block, read_blocks(source.read, source.path))
        self._reader = csv.reader(chain.from_iterable(blocks), strict=True)
        self.header = self._read_header(marker)
        self._header_line = self._reader.line_num

    @property
    def header_line(self) -> int:
        """The line on which the header ends."""
        return self._header_line

    def batches(self) -> Iterator[Batch]:
        """Give all records after the header, once; empty lines are skipped."""
        size = max(_FEWEST_PER_BATCH, _CELLS_PER_BATCH // len(self.header))
        records: list[list[str]] = []
        first = self._reader.line_num + 1
        self._pending = 0
        try:
            for record in self._reader:
                records.append(record)
                if len(records) >= size or self._pending > _TEXT_PER_BATCH:
                    yield from self._batch(records, first)
                    records, first, self._pending = [], self._reader.line_num + 1, 0
        except csv.Error as error:
            raise self._refuse(error, _lines_of(records, first)[-1]) from None
        yield from self._batch(records, first, final=True)

    def require_end(self, last_fields: Collection[str] = ()) -> None:
        """Refuse a last line without line break, unless its last field is known to be whole."""
        if self._is_cut_off and self._last_field not in last_fields:
            raise InputError(
                "The last line has no line break, so the file was probably cut off; "
                "if it is whole, add a line break.",
                path=self.path,
                line=self._reader.line_num,
            )

    @property
    def _is_cut_off(self) -> bool:
        return self._block_end not in {"\n", "\r", '"'}

    def _open_block(self, block: str) -> io.StringIO:
        self._block_end = block[-1]
        self._pending += len(block)
        return io.StringIO(block, newline="\n")

    def _read_header(self, marker: str | None) -> tuple[str, ...]:
        line = 1
        try:
            for record in self._reader:
                if record and (marker is None or marker in map(spell_plainly, record)):
                    return tuple(name.strip() for name in record)
                if len(self.preamble) == _LONGEST_PREAMBLE:
                    break
                self.preamble.append(record)
                line = self._reader.line_num + 1
        except csv.Error as error:
            raise self._refuse(error, line) from None
        if marker is None or not self.preamble:
            raise InputError("This file is empty.", path=self.path)
        raise InputError(
            "No line at the beginning names a column “{marker}”.", path=self.path, marker=marker
        )

    def _batch(
        self, records: list[list[str]], first: int, *, final: bool = False
    ) -> Iterator[Batch]:
        lines: Sequence[int] = range(first, self._reader.line_num + 1)
        if len(lines) != len(records) or not all(records):
            starts = _lines_of(records, first)
            kept = [(line, record) for line, record in zip(starts, records, strict=False) if record]
            lines, records = [line for line, _ in kept], [record for _, record in kept]
        width = len(self.header)
        if set(map(len, records)) - {width}:
            place = next(place for place, record in enumerate(records) if len(record) != width)
            cut_off = final and self._is_cut_off and place == len(records) - 1
            raise self._refuse_width(len(records[place]), lines[place], cut_off=cut_off)
        if records:
            self._last_field = records[-1][-1]
            yield Batch(lines, list(zip(*records, strict=True)))

    def _refuse_width(self, found: int, line: int, *, cut_off: bool) -> InputError:
        template = "There are {found} fields here and {expected} columns in the header."
        if cut_off:
            template = (
                "The file was cut off: its last line has {found} fields "
                "and the header {expected} columns."
            )
        return InputError(
            template, path=self.path, line=line, found=found, expected=len(self.header)
        )

    def _refuse(self, error: csv.Error, line: int) -> InputError:
        reason = str(error)
        if "unexpected end of data" in reason:
            template = "A quote that opens here is never closed, so the file was cut off."
        elif "field larger than" in reason:
            template = (
                "A field that begins here is longer than {limit} characters, "
                "the longest that is read; perhaps a closing quote is missing."
            )
        elif "expected after" in reason:
            template = "A closing quote is followed by something else than a comma."
        else:
            template = "This line is not valid CSV: {reason}."
        limit = csv.field_size_limit()
        return InputError(template, path=self.path, line=line, limit=limit, reason=reason)


def _lines_of(records: Sequence[Sequence[str]], first: int) -> list[int]:
    """Give the line on which each record begins, and the one after the last."""
    heights = (1 + sum(field.count("\n") for field in record) for record in records)
    return list(accumulate(heights, initial=first))


@contextmanager
def open_csv(
    path: Path,
    progress: Progress = ignore_progress,
    *,
    marker: str | None = None,
    repeated_names: bool = False,
) -> Iterator[CsvTable]:
    """Open a CSV file: comma-separated, UTF-8, quoted where needed, under a header.

    Parameters
    ----------
    path
        The file.
    progress
        Is told how far reading is.
    marker
        The plain name of a column by which the header is known where a preamble stands
        before it; by default the first line that is not empty is the header.
    repeated_names
        Whether two columns can have the same name.

    Raises
    ------
    InputError
        Here and while the batches are read, for anything that is not such a file.
    """
    with open_bytes(path, progress) as source:
        table = CsvTable(source, marker)
        if not repeated_names:
            table.require_unique(table.header)
        yield table
