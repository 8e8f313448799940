"""The export folder of a Polis conversation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.cells import (
    VOTE_NUMBERS,
    CellError,
    Cells,
    IdCells,
    KeyCells,
)
from spreekruimte.analysis.votes.lines import (
    Batch,
    CsvTable,
    Progress,
    ignore_progress,
    list_names,
    open_csv,
    quote,
    spell_plainly,
)
from spreekruimte.analysis.votes.matrix import Statement, VoteLog, VoteMatrix, Votes
from spreekruimte.analysis.votes.statements import add_unlisted, read_statements
from spreekruimte.analysis.votes.table import VoteTable

VOTES = "votes.csv"
COMMENTS = "comments.csv"
MATRICES = ("participants-votes.csv", "participant-votes.csv")
"""The name in published collections, and the name under which Polis offers it."""

_COLUMNS_BEFORE_STATEMENTS = (
    "participant",
    "xid",
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
)
_MODERATED = {"-1": False, "0": True, "1": True}
_META = {"true": True, "1": True, "false": False, "0": False, "": False}
_NOT_SEEN = 2
_MATRIX_VOTES = {**VOTE_NUMBERS, "": _NOT_SEEN}


def read_polis(folder: Path, *, progress: Progress = ignore_progress) -> VoteMatrix:
    """Read a Polis export.

    ``votes.csv`` gives the votes, or where it is absent ``participants-votes.csv``, which
    also gives the groups that Polis found; ``comments.csv`` gives the texts. Statements
    that moderation rejected and statements that ask about the participant (``is-meta``)
    are kept and not judged. External ids of participants are not kept.

    Parameters
    ----------
    folder
        Holds at least one of the two files with votes.
    progress
        Is told how far reading is.

    Raises
    ------
    InputError
        A file is damaged, or the two files with votes contradict each other: one of them
        was cut off then, or they were made at different times.
    """
    names = list_names(folder)
    listed = _read_comments(folder / COMMENTS, progress) if COMMENTS in names else []
    matrix_name = next((name for name in MATRICES if name in names), None)
    matrix = None if matrix_name is None else _Participants(folder / matrix_name, progress)
    if matrix is not None and VOTES not in names:
        statements = add_unlisted(listed, matrix.log.statement_ids)
        return matrix.log.to_matrix(statements=statements, given_groups=matrix.groups)
    with open_csv(folder / VOTES, progress) as table:
        votes = VoteTable(table)
    if matrix is not None:
        _compare(votes.log, matrix)
    return votes.to_matrix(
        statements=add_unlisted(listed, votes.log.statement_ids),
        given_groups=None if matrix is None else matrix.groups,
    )


def _read_comments(path: Path, progress: Progress) -> list[Statement]:
    with open_csv(path, progress) as table:
        return read_statements(
            table,
            identifier="comment-id",
            text="comment-body",
            judged={"moderated": _parse_moderated, "is-meta": _parse_meta},
        )


def _compare(log: VoteLog, matrix: _Participants) -> None:
    missing = log.find_missing(matrix.log)
    if missing is not None:
        participant, statement = missing
        raise InputError(
            "The vote of participant {participant} on statement {statement} that is counted here "
            "is not in {votes}: that file was cut off, or the two were not exported together.",
            path=matrix.path,
            line=matrix.lines[participant],
            participant=quote(participant),
            statement=quote(statement),
            votes=VOTES,
        )
    unknown = set(log.participant_ids) - matrix.lines.keys()
    if unknown:
        raise InputError(
            "Participant {participant} of {votes} is not in this file: it was cut off, "
            "or the two were not exported together.",
            path=matrix.path,
            participant=quote(min(unknown)),
            votes=VOTES,
        )


class _Participants:
    """The matrix of one line per participant and one column per statement, read."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path = path
        self.log = VoteLog()
        self.groups: dict[str, int] = {}
        self._ids = KeyCells("participant")
        with open_csv(path, progress) as table:
            self._read(table)

    @property
    def lines(self) -> dict[str, int]:
        """The line of each participant, also of those without votes."""
        return self._ids.lines

    def _read(self, table: CsvTable) -> None:
        (participant,) = table.require("participant")
        group = table.find("group-id")
        columns = _statement_columns(table)
        statements = _read_statement_ids(table, columns)
        groups = Cells(_parse_group)
        votes = Cells(_parse_matrix_vote)
        for batch in table.batches():
            ids = self._ids.read(table.path, batch, participant)
            if group is not None:
                found = zip(ids, groups.read(table.path, batch, group), strict=True)
                self.groups.update((name, number) for name, number in found if number >= 0)
            cells = [votes.read(table.path, batch, column) for column in columns]
            self._add(ids, statements, np.array(cells, dtype=np.int8).reshape(-1, len(ids)))
        table.require_end(VOTE_NUMBERS)
        self._ids.require_one_kind(table.path)

    def _add(self, ids: Sequence[str], statements: Sequence[str], votes: Votes) -> None:
        """Add the votes of some participants, shape (statements, participants)."""
        columns, rows = np.nonzero(votes != _NOT_SEEN)
        self.log.append(
            [ids[row] for row in rows.tolist()],
            [statements[column] for column in columns.tolist()],
            votes[columns, rows],
            np.zeros(len(rows), dtype=np.int64),
        )


def _statement_columns(table: CsvTable) -> range:
    """Find the columns of statements: those after the last one that describes the participant."""
    names = [spell_plainly(name) for name in table.header]
    described = [names.index(name) for name in _COLUMNS_BEFORE_STATEMENTS if name in names]
    return range(max(described) + 1, len(names))


def _read_statement_ids(table: CsvTable, columns: range) -> list[str]:
    ids = IdCells("statements", str)
    names = Batch(
        [table.header_line] * len(columns), [[table.header[column] for column in columns]]
    )
    identifiers = ids.read(table.path, names, 0)
    ids.require_one_kind(table.path)
    return identifiers


def _parse_group(cell: str) -> int:
    text = cell.strip()
    if not text:
        return -1
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise CellError(cell, "The group-id “{group}” is not a whole number.", group=quote(cell))
    return int(text)


def _parse_matrix_vote(cell: str) -> int:
    vote = _MATRIX_VOTES.get(cell.strip())
    if vote is None:
        raise CellError(
            cell,
            "The vote “{vote}” is unknown; expected is 1, 0, -1 or nothing.",
            vote=quote(cell),
        )
    return vote


def _parse_moderated(cell: str) -> bool:
    judged = _MODERATED.get(cell.strip())
    if judged is None:
        raise CellError(
            cell,
            "The value “{value}” of moderated is unknown; expected is -1, 0 or 1.",
            value=quote(cell),
        )
    return judged


def _parse_meta(cell: str) -> bool:
    meta = _META.get(cell.strip().casefold())
    if meta is None:
        raise CellError(
            cell,
            "The value “{value}” of is-meta is unknown; expected is true or false.",
            value=quote(cell),
        )
    return not meta
