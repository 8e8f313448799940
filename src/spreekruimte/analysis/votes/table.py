"""A long table, CSV or Parquet: one vote per line, with what voters say about themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.cells import (
    VOTE_WORDS,
    Cells,
    IdCells,
    TimeCells,
    parse_vote,
)
from spreekruimte.analysis.votes.lines import (
    Batch,
    Progress,
    Table,
    ignore_progress,
    open_csv,
    quote,
    spell_plainly,
)
from spreekruimte.analysis.votes.matrix import Statement, TiedVotesError, VoteLog, VoteMatrix
from spreekruimte.analysis.votes.parquet import open_parquet

_VOTE_COLUMNS = ("voter-id", "comment-id", "vote")
_OTHER_COLUMNS = {*_VOTE_COLUMNS, "timestamp", "datetime", "important"}
"""What a Polis vote log has; any further column is an answer of the voter."""


def read_table(path: Path, *, progress: Progress = ignore_progress) -> VoteMatrix:
    """Read a long table of votes.

    The columns are ``voter-id``, ``comment-id`` and ``vote`` (1, 0, -1 or agree, pass,
    disagree), optionally ``timestamp`` (whole numbers or ISO 8601), and any further
    column is an answer of the voter: the same on all lines of that voter, or empty. A
    column ``datetime`` or ``important``, as the vote log of Polis has, is passed over.

    Parameters
    ----------
    path
        A file whose name ends in ``.parquet``, or else a CSV file.
    progress
        Is told how far reading is.

    Raises
    ------
    InputError
        For anything else, with its line; in Parquet, its row.
    """
    open_table = open_parquet if path.suffix.lower() == ".parquet" else open_csv
    with open_table(path, progress) as table:
        answers = Answers(table)
        votes = VoteTable(table, answers)
    return votes.to_matrix(attributes=answers.by_question(votes.log.participant_ids))


class VoteTable:
    """All votes of one long table, read, with the line of each.

    Parameters
    ----------
    table
        Has the columns of a long table.
    answers
        Takes the answers of the voters; by default further columns are passed over.
    """

    def __init__(self, table: Table, answers: Answers | None = None) -> None:
        self.log = VoteLog()
        self._path = table.path
        self._timed = table.find("timestamp") is not None
        self._lines: list[Sequence[int]] = []
        self._starts: list[int] = []
        self._read(table, answers)

    def to_matrix(
        self,
        *,
        statements: Sequence[Statement] | None = None,
        attributes: Mapping[str, Mapping[str, str | None]] | None = None,
        given_groups: Mapping[str, int] | None = None,
    ) -> VoteMatrix:
        """Build the matrix; see `VoteLog.to_matrix`.

        Raises
        ------
        InputError
            Without timestamps, if a voter gives one statement two different votes.
        """
        try:
            return self.log.to_matrix(
                statements=statements,
                attributes=attributes,
                given_groups=given_groups,
                refuse_ties=not self._timed,
            )
        except TiedVotesError as tie:
            raise InputError(
                "Voter {voter} gives statement {statement} another vote here than on line "
                "{other_line}, and without timestamps nobody can tell which came last.",
                path=self._path,
                line=self._line_of(tie.places[1]),
                voter=quote(tie.participant),
                statement=quote(tie.statement),
                other_line=self._line_of(tie.places[0]),
            ) from None

    def _read(self, table: Table, answers: Answers | None) -> None:
        voter, statement, vote = table.require(*_VOTE_COLUMNS)
        time = table.find("timestamp")
        voters = IdCells("voter-id", self.log.number_participant)
        statements = IdCells("comment-id", self.log.number_statement)
        votes, times = Cells(parse_vote), TimeCells()
        done = 0
        for batch in table.batches():
            count = len(batch.lines)
            numbers = voters.read(table.path, batch, voter)
            self.log.append_numbered(
                numbers,
                statements.read(table.path, batch, statement),
                votes.read(table.path, batch, vote),
                np.zeros(count, np.int64) if time is None else times.read(table.path, batch, time),
            )
            if answers is not None:
                answers.add(numbers, batch, self.log)
            self._starts.append(done)
            self._lines.append(batch.lines)
            done += count
        table.require_end(VOTE_WORDS if vote == len(table.header) - 1 else ())
        voters.require_one_kind(table.path)
        statements.require_one_kind(table.path)

    def _line_of(self, place: int) -> int:
        batch = bisect_right(self._starts, place) - 1
        return self._lines[batch][place - self._starts[batch]]


class Answers:
    """What voters answer about themselves, one answer per question.

    Parameters
    ----------
    table
        Its columns beside those of the votes are the questions.
    """

    def __init__(self, table: Table) -> None:
        self._path = table.path
        self._questions = {
            place: name
            for place, name in enumerate(table.header)
            if spell_plainly(name) not in _OTHER_COLUMNS
        }
        if not all(self._questions.values()):
            raise InputError("A column has no name.", path=table.path, line=table.header_line)
        self._given = {question: _Given() for question in self._questions.values()}

    def by_question(self, voters: Sequence[str]) -> dict[str, dict[str, str]]:
        """Give the answers by question and voter, of voters in the order of their numbers."""
        return {
            question: {voters[number]: answer for number, answer in given.answers.items()}
            for question, given in self._given.items()
        }

    def add(self, numbers: Sequence[int], batch: Batch, log: VoteLog) -> None:
        """Add the answers of a batch; an empty one is none.

        Parameters
        ----------
        numbers
            The number of the voter of each record.
        batch
            The records.
        log
            Gave out the numbers.

        Raises
        ------
        InputError
            If a voter gives two different answers to one question.
        """
        for place, question in self._questions.items():
            given = self._given[question]
            answers = given.cells.read(self._path, batch, place)
            known = list(map(given.answers.get, numbers))
            if answers != known:
                records = zip(numbers, answers, known, batch.lines, strict=True)
                self._add_new(question, records, log)

    def _add_new(
        self,
        question: str,
        records: Iterable[tuple[int, str, str | None, int]],
        log: VoteLog,
    ) -> None:
        given = self._given[question]
        for number, answer, known, line in records:
            if answer == known or not answer:
                continue
            first = given.answers.setdefault(number, answer)
            first_line = given.lines.setdefault(number, line)
            if first != answer:
                raise InputError(
                    "Voter {voter} has “{answer}” as {question} here and “{other}” on line "
                    "{other_line}; expected is one answer per voter.",
                    path=self._path,
                    line=line,
                    voter=quote(log.participant_ids[number]),
                    question=quote(question),
                    answer=quote(answer),
                    other=quote(first),
                    other_line=first_line,
                )


class _Given:
    """The answers to one question by number of the voter, and the line of each."""

    def __init__(self) -> None:
        self.cells = Cells(str.strip)
        self.answers: dict[int, str] = {}
        self.lines: dict[int, int] = {}
