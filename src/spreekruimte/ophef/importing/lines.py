"""One line of a table, and why a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.importing.cells import Cell

FILE_PROBLEMS: Mapping[str, Promise] = MappingProxyType(
    {
        "empty": _("There is nothing in this file."),
        "too_large": _("This file is too large."),
        "not_a_table": _("This is neither a table as text (CSV) nor a workbook (XLSX)."),
        "not_a_workbook": _("This workbook (XLSX) cannot be read."),
        "bomb": _("This workbook is many times larger than it seems. It was not opened."),
        "no_columns": _("The first line does not name the columns, each once."),
        "too_many_columns": _("This table has more columns than we read."),
        "too_many_lines": _("This table has more lines than we read at once. Split it."),
        "columns": _("A column that was chosen is not in this file."),
        "gone": _("The file is not there any more. Send it again."),
        "closed": _("The incident was closed before all lines were read."),
        "broken_off": _("Something went wrong here. Send the file again; nothing enters twice."),
    }
)


class FileError(ValidationError):
    """A file that cannot be read any further.

    Attributes
    ----------
    problem
        One of `FILE_PROBLEMS`.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(str(FILE_PROBLEMS[problem]), code=problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes
    ----------
    number
        The line of the file in which it starts, counted from 1.
    cells
        None where the line cannot be read.
    done
        How much of the file was read with it, in bytes.
    """

    number: int
    cells: list[Cell] | None
    done: int
