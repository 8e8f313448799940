"""The list of statements that stands in a table of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from spreekruimte.analysis.votes.cells import Cells, KeyCells
from spreekruimte.analysis.votes.lines import Table
from spreekruimte.analysis.votes.matrix import Statement


def read_statements(
    table: Table,
    *,
    identifier: str,
    text: str,
    judged: Mapping[str, Callable[[str], bool]] | None = None,
) -> list[Statement]:
    """Read the statements of a table, one per record.

    Parameters
    ----------
    table
        Has at least the column of ids.
    identifier, text
        The plain names of the columns of ids and of texts.
    judged
        By plain name of a column what its cells say of whether the statement is judged;
        it is where all those columns that are there say so.

    Raises
    ------
    InputError
        An id is missing or there twice, or a cell says nothing of what is expected.
    """
    (id_column,) = table.require(identifier)
    ids = KeyCells(identifier)
    text_column = table.find(text)
    flags = [
        (column, Cells(parse))
        for name, parse in (judged or {}).items()
        if (column := table.find(name)) is not None
    ]
    statements: list[Statement] = []
    for batch in table.batches():
        names = ids.read(table.path, batch, id_column)
        texts = [""] * len(names) if text_column is None else batch.columns[text_column]
        answers = [cells.read(table.path, batch, column) for column, cells in flags]
        verdicts = zip(*answers, strict=True) if answers else [()] * len(names)
        statements += [
            Statement(name, words, all(verdict))
            for name, words, verdict in zip(names, texts, verdicts, strict=True)
        ]
    table.require_end()
    ids.require_one_kind(table.path)
    return statements


def add_unlisted(listed: Iterable[Statement], voted: Iterable[str]) -> list[Statement]:
    """Add the statements that were voted on and are not listed, without text."""
    statements = {statement.id: statement for statement in listed}
    for identifier in voted:
        statements.setdefault(identifier, Statement(identifier))
    return list(statements.values())
