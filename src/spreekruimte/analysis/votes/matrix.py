"""Votes of participants on statements, in one canonical order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1

Ints = NDArray[np.int64]
Indices = NDArray[np.int32]
Votes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def sort_key(identifier: str) -> tuple[int, int, str]:
    """Give the place of an id in the canonical order: whole numbers by value, then text."""
    if identifier.isascii() and identifier.isdigit():
        return (0, int(identifier), identifier)
    return (1, 0, identifier)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that participants vote on.

    ``judged`` is false where moderation took the statement out: its votes are kept,
    and it gets no verdict.
    """

    id: str
    text: str = ""
    judged: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class VoteMatrix:
    """Participants x statements, sparse; what is not stored was not seen.

    Participants and statements stand in the order of `sort_key`, and the votes of a
    participant in the order of the statements, so that equal votes give equal arrays,
    whatever the order in which they arrived.

    Attributes
    ----------
    participant_ids
        One id per row; each participant has at least one vote.
    statements
        One per column.
    indptr
        Shape (participants + 1,): where the votes of a row begin and end.
    columns
        Shape (votes,): the statement of each vote.
    values
        Shape (votes,): 1 agree, 0 pass, -1 disagree.
    arrival
        Shape (participants,): the rank of each participant's first vote, from 0;
        participants whose first votes have the same time are ranked by id.
    attributes
        Answers of participants about themselves, by question; None where unanswered.
    given_groups
        Shape (participants,): the group that the source itself reports, -1 for none.
    """

    participant_ids: tuple[str, ...]
    statements: tuple[Statement, ...]
    indptr: Ints
    columns: Indices
    values: Votes
    arrival: Indices
    attributes: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    given_groups: Indices | None = None

    @property
    def participant_count(self) -> int:
        """Number of rows."""
        return len(self.participant_ids)

    @property
    def statement_count(self) -> int:
        """Number of columns."""
        return len(self.statements)

    @property
    def vote_count(self) -> int:
        """Number of stored votes, passes included."""
        return len(self.values)

    @property
    def judged(self) -> Flags:
        """Shape (statements,): which statements get a verdict."""
        return np.array([statement.judged for statement in self.statements], dtype=np.bool_)

    @property
    def rows(self) -> Indices:
        """Shape (votes,): the participant of each vote."""
        counts = np.diff(self.indptr)
        return np.repeat(np.arange(self.participant_count, dtype=np.int32), counts)

    def select_participants(self, keep: Flags) -> VoteMatrix:
        """Keep the participants marked in `keep`, shape (participants,), with all their votes."""
        kept = np.repeat(keep, np.diff(self.indptr))
        chosen = np.flatnonzero(keep)
        order = np.argsort(self.arrival[chosen], kind="stable")
        arrival = np.empty(len(chosen), dtype=np.int32)
        arrival[order] = np.arange(len(chosen), dtype=np.int32)
        return VoteMatrix(
            participant_ids=tuple(self.participant_ids[row] for row in chosen),
            statements=self.statements,
            indptr=np.concatenate([[0], np.cumsum(np.diff(self.indptr)[chosen])]).astype(np.int64),
            columns=self.columns[kept],
            values=self.values[kept],
            arrival=arrival,
            attributes={
                question: tuple(answers[row] for row in chosen)
                for question, answers in self.attributes.items()
            },
            given_groups=None if self.given_groups is None else self.given_groups[chosen],
        )

    def digest_votes(self) -> bytes:
        """Digest the arrays of votes, 32 bytes: the source of every seed."""
        digest = hashlib.blake2b(digest_size=32)
        for array in (self.indptr, self.columns, self.values):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.digest()


class VoteLog:
    """Collects votes in any order and number of batches, and gives the matrix of the last ones.

    Of several votes of one participant on one statement the one with the latest time
    counts. Where two that differ have the same time nobody can tell which came last:
    they count as a pass.
    """

    def __init__(self) -> None:
        self._participants: dict[str, int] = {}
        self._statements: dict[str, int] = {}
        self._batches: list[tuple[Indices, Indices, Votes, Ints]] = []

    def append(
        self,
        participants: Sequence[str],
        statements: Sequence[str],
        votes: Sequence[int] | Votes,
        times: Sequence[int] | Ints,
    ) -> None:
        """Add a batch: four sequences of equal length; times in any unit, the same for all."""
        known, seen = self._participants, self._statements
        rows = np.fromiter(
            (known.setdefault(participant, len(known)) for participant in participants),
            dtype=np.int32,
            count=len(participants),
        )
        columns = np.fromiter(
            (seen.setdefault(statement, len(seen)) for statement in statements),
            dtype=np.int32,
            count=len(statements),
        )
        self._batches.append(
            (rows, columns, np.asarray(votes, dtype=np.int8), np.asarray(times, dtype=np.int64))
        )

    @property
    def statement_ids(self) -> frozenset[str]:
        """The statements that have at least one vote so far."""
        return frozenset(self._statements)

    def to_matrix(
        self,
        *,
        statements: Sequence[Statement] | None = None,
        attributes: Mapping[str, Mapping[str, str | None]] | None = None,
        given_groups: Mapping[str, int] | None = None,
    ) -> VoteMatrix:
        """Build the canonical matrix of all votes appended so far.

        Parameters
        ----------
        statements
            All statements of the conversation, also those without votes; by default
            the ones that were voted on, without text. A vote on a statement that is
            not among them is a programming error (KeyError).
        attributes
            Answers of participants by question and participant id.
        given_groups
            The source's own group by participant id.
        """
        listed = statements or [Statement(identifier) for identifier in self._statements]
        listed = sorted(listed, key=lambda statement: sort_key(statement.id))
        column_of = {statement.id: column for column, statement in enumerate(listed)}
        ids = sorted(self._participants, key=sort_key)
        row_of = np.empty(len(ids), dtype=np.int32)
        for row, identifier in enumerate(ids):
            row_of[self._participants[identifier]] = row
        new_column = np.array([column_of[name] for name in self._statements], dtype=np.int32)
        rows, columns, votes, times = self._joined()
        rows, columns = row_of[rows], new_column[columns]
        first = np.full(len(ids), np.iinfo(np.int64).max)
        np.minimum.at(first, rows, times)
        arrival = np.empty(len(ids), dtype=np.int32)
        arrival[np.argsort(first, kind="stable")] = np.arange(len(ids), dtype=np.int32)
        rows, columns, votes = _keep_last(rows, columns, votes, times)
        counts = np.bincount(rows, minlength=len(ids))
        groups = None
        if given_groups is not None:
            groups = np.array([given_groups.get(name, -1) for name in ids], dtype=np.int32)
        return VoteMatrix(
            participant_ids=tuple(ids),
            statements=tuple(listed),
            indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns=columns,
            values=votes,
            arrival=arrival,
            attributes={
                question: tuple(answers.get(name) for name in ids)
                for question, answers in sorted((attributes or {}).items())
            },
            given_groups=groups,
        )

    def _joined(self) -> tuple[Indices, Indices, Votes, Ints]:
        if not self._batches:
            empty = np.empty(0, dtype=np.int32)
            return empty, empty, np.empty(0, dtype=np.int8), np.empty(0, dtype=np.int64)
        rows, columns, votes, times = zip(*self._batches, strict=True)
        return (
            np.concatenate(rows),
            np.concatenate(columns),
            np.concatenate(votes),
            np.concatenate(times),
        )


def _keep_last(
    rows: Indices, columns: Indices, votes: Votes, times: Ints
) -> tuple[Indices, Indices, Votes]:
    """Sort by row and column and keep the latest vote of each pair; a tie that differs is a pass."""
    order = np.lexsort((votes, times, columns, rows))
    rows, columns, votes, times = rows[order], columns[order], votes[order], times[order]
    new_pair = np.append(True, (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1]))[: len(rows)]
    new_time = new_pair | np.append(True, times[1:] != times[:-1])[: len(rows)]
    first_of_time = np.maximum.accumulate(np.where(new_time, np.arange(len(rows)), 0))
    last = np.flatnonzero(np.append(new_pair[1:], True)[: len(rows)])
    tied = votes[first_of_time[last]] != votes[last]
    return rows[last], columns[last], np.where(tied, np.int8(PASS), votes[last])
