"""Cells of tables turned into ids, votes and times; a cell that is none is refused by its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.lines import Batch, quote
from spreekruimte.analysis.votes.matrix import AGREE, DISAGREE, PASS, Ints

Value = TypeVar("Value")

VOTE_NUMBERS = {"1": AGREE, "0": PASS, "-1": DISAGREE}
VOTE_WORDS = {**VOTE_NUMBERS, "agree": AGREE, "pass": PASS, "disagree": DISAGREE}

LONGEST_ID = 200
_SHORTEST_CODE = 8
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - times without a zone are counted as they stand
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


class CellError(ValueError):
    """What is wrong with a cell, before it is known where the cell stands."""

    def __init__(self, cell: str, template: str, **values: object) -> None:
        self.cell = cell
        self.template = template
        self.values = values
        super().__init__(template)

    def at(self, path: Path, line: int | None) -> InputError:
        """Say where it stands."""
        return InputError(self.template, path=path, line=line, **self.values)


class Cells(dict[str, Value], Generic[Value]):
    """The values of the cells of one column; each spelling is parsed once.

    Parameters
    ----------
    parse
        Gives the value of a cell, or raises CellError.
    """

    def __init__(self, parse: Callable[[str], Value]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: str) -> Value:
        """Parse a spelling that is new."""
        value = self[cell] = self._parse(cell)
        return value

    def read(self, path: Path, batch: Batch, column: int) -> list[Value]:
        """Give the values of one column of a batch."""
        cells = batch.columns[column]
        try:
            return list(map(self.__getitem__, cells))
        except CellError as error:
            raise error.at(path, batch.lines[cells.index(error.cell)]) from None


class IdCells(Cells[Value]):
    """The ids of one column, which must be of one kind.

    One kind is: all whole numbers, which if any begins with a zero are equally long; or
    none a whole number; or all codes of one length of at least eight characters, of
    which some may by chance be all digits.

    Parameters
    ----------
    name
        The name of the column, for errors.
    keep
        Gives what is kept of an id: itself, or its number.
    """

    def __init__(self, name: str, keep: Callable[[str], Value]) -> None:
        super().__init__(lambda cell: keep(self._parse_id(cell)))
        self._name = name
        self._fresh: list[tuple[str, str]] = []
        self._examples: dict[tuple[str, int], tuple[str, int | None]] = {}

    def read(self, path: Path, batch: Batch, column: int) -> list[Value]:
        """Give what is kept of the ids of one column of a batch."""
        kept = super().read(path, batch, column)
        cells = batch.columns[column]
        for identifier, cell in self._fresh:
            shape = _shape_of(identifier)
            if shape not in self._examples:
                self._examples[shape] = (identifier, batch.lines[cells.index(cell)])
        self._fresh.clear()
        return kept

    def require_one_kind(self, path: Path) -> None:
        """Refuse a column of which the ids read so far are of several kinds."""
        kinds = {kind for kind, _ in self._examples}
        lengths = {length for _, length in self._examples}
        if kinds <= {"text"} or kinds <= {"number"}:
            return
        if len(lengths) == 1 and ("text" not in kinds or min(lengths) >= _SHORTEST_CODE):
            return
        odd = "text" if "text" in kinds else "padded"
        one, line = next(value for shape, value in self._examples.items() if shape[0] == odd)
        other, other_line = next(
            value
            for shape, value in self._examples.items()
            if (shape[0] != odd if odd == "text" else shape[1] != len(one))
        )
        raise InputError(
            "The column {column} mixes kinds of ids, as in “{one}” and “{other}” on line "
            "{other_line}; expected are whole numbers, or names of which none is a number, "
            "or codes of one length.",
            path=path,
            line=line,
            column=self._name,
            one=quote(one),
            other=quote(other),
            other_line=other_line,
        )

    def _parse_id(self, cell: str) -> str:
        identifier = cell.strip()
        if not identifier:
            raise CellError(cell, "The column {column} is empty here.", column=self._name)
        if len(identifier) > LONGEST_ID:
            raise CellError(
                cell,
                "The id “{id}” in column {column} is longer than {limit} characters.",
                id=quote(identifier),
                column=self._name,
                limit=LONGEST_ID,
            )
        self._fresh.append((identifier, cell))
        return identifier


class KeyCells(IdCells[str]):
    """The ids of a column in which each stands on one line only.

    ``lines`` gives the line of each id read so far.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, str)
        self.lines: dict[str, int] = {}

    def read(self, path: Path, batch: Batch, column: int) -> list[str]:
        """Give the ids of one column of a batch, without surrounding spaces."""
        ids = super().read(path, batch, column)
        for identifier, line in zip(ids, batch.lines, strict=True):
            if self.lines.setdefault(identifier, line) != line:
                raise InputError(
                    "“{id}” is in column {column} on line {other_line} too; "
                    "expected is one line for each.",
                    path=path,
                    line=line,
                    id=quote(identifier),
                    column=self._name,
                    other_line=self.lines[identifier],
                )
        return ids


def _shape_of(identifier: str) -> tuple[str, int]:
    """Give the kind of an id - number, padded number or text - and its length."""
    if not (identifier.isascii() and identifier.isdigit()):
        return "text", len(identifier)
    padded = identifier.startswith("0") and identifier != "0"
    return ("padded" if padded else "number"), len(identifier)


def parse_vote(cell: str) -> int:
    """Give the vote that a cell holds: a number or a word."""
    vote = VOTE_WORDS.get(cell.strip().casefold())
    if vote is None:
        raise CellError(
            cell,
            "The vote “{vote}” is unknown; expected is 1, 0 or -1, or agree, pass or disagree.",
            vote=quote(cell),
        )
    return vote


class TimeCells:
    """The times of one column: whole numbers, or dates and times in ISO 8601, not both."""

    def __init__(self) -> None:
        self._kind: str | None = None
        self._example: tuple[str, int] = ("", 0)

    def read(self, path: Path, batch: Batch, column: int) -> Ints:
        """Give the times of one column of a batch; ISO 8601 as microseconds since 1970."""
        cells = batch.columns[column]
        if self._kind in {None, "number"} and _are_plain_numbers(cells):
            if self._kind is None and cells:
                self._kind, self._example = "number", (cells[0], batch.lines[0])
            return np.fromiter(map(int, cells), dtype=np.int64, count=len(cells))
        times = (
            self._read_one(path, cell, line) for cell, line in zip(cells, batch.lines, strict=True)
        )
        return np.fromiter(times, dtype=np.int64, count=len(cells))

    def _read_one(self, path: Path, cell: str, line: int) -> int:
        try:
            kind, time = _parse_time(cell.strip())
        except ValueError:
            raise InputError(
                "The timestamp “{time}” is neither a whole number nor a time in ISO 8601.",
                path=path,
                line=line,
                time=quote(cell),
            ) from None
        if self._kind is None:
            self._kind, self._example = kind, (cell, line)
        if kind != self._kind:
            raise InputError(
                "The timestamp “{time}” cannot be compared with “{other}” on line {other_line}; "
                "expected are all whole numbers, all times with a zone or all times without one.",
                path=path,
                line=line,
                time=quote(cell),
                other=quote(self._example[0]),
                other_line=self._example[1],
            )
        return time


def _are_plain_numbers(cells: Sequence[str]) -> bool:
    joined = "".join(cells)
    return (
        joined.isascii()
        and joined.isdigit()
        and all(cells)
        and max(map(len, cells)) <= 18  # what surely fits in 64 bits
    )


def _parse_time(text: str) -> tuple[str, int]:
    if _WHOLE_NUMBER.fullmatch(text):
        return "number", int(text)
    moment = datetime.fromisoformat(text)
    kind = "without zone"
    if moment.tzinfo is not None:
        kind = "with zone"
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return kind, (moment - _EPOCH) // timedelta(microseconds=1)
