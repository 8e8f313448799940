"""Votes of participants on statements, in one canonical order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
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


class TiedVotesError(ValueError):
    """Two different votes of one participant on one statement, of which neither came last.

    ``places`` are their places in the order of appending, from 0, the first one first.
    """

    def __init__(self, participant: str, statement: str, places: tuple[int, int]) -> None:
        self.participant = participant
        self.statement = statement
        self.places = places
        super().__init__(f"two votes of {participant} on {statement} at the same time")


class VoteLog:
    """Collects votes in any order and number of batches, and gives the matrix of the last ones.

    Of several votes of one participant on one statement the one with the latest time
    counts. Where two that differ have the same time nobody can tell which came last:
    they count as a pass, or are refused where the caller says so.
    """

    def __init__(self) -> None:
        self._participants = _Numbering()
        self._statements = _Numbering()
        self._batches: list[tuple[Indices, Indices, Votes, Ints]] = []

    def append(
        self,
        participants: Sequence[str],
        statements: Sequence[str],
        votes: Sequence[int] | Votes,
        times: Sequence[int] | Ints,
    ) -> None:
        """Add a batch: four sequences of equal length; times in any unit, the same for all."""
        self.append_numbered(
            [self._participants[identifier] for identifier in participants],
            [self._statements[identifier] for identifier in statements],
            votes,
            times,
        )

    def append_numbered(
        self,
        participants: Sequence[int],
        statements: Sequence[int],
        votes: Sequence[int] | Votes,
        times: Sequence[int] | Ints,
    ) -> None:
        """Add a batch with the numbers that this log gave out instead of the ids."""
        self._batches.append(
            (
                np.array(participants, dtype=np.int32),
                np.array(statements, dtype=np.int32),
                np.asarray(votes, dtype=np.int8),
                np.asarray(times, dtype=np.int64),
            )
        )

    def number_participant(self, identifier: str) -> int:
        """Give the number of a participant, who then must get at least one vote."""
        return self._participants[identifier]

    def number_statement(self, identifier: str) -> int:
        """Give the number of a statement, which then must get at least one vote."""
        return self._statements[identifier]

    @property
    def participant_ids(self) -> list[str]:
        """The participants that have at least one vote so far, by their numbers."""
        return list(self._participants)

    @property
    def statement_ids(self) -> list[str]:
        """The statements that have at least one vote so far, by their numbers."""
        return list(self._statements)

    def find_missing(self, other: VoteLog) -> tuple[str, str] | None:
        """Name the participant and statement of the first vote in `other` that is not in here.

        A vote is in here if this participant at any time gave this statement that vote.
        """
        rows, columns, votes, _ = self._joined()
        other_rows, other_columns, other_votes, _ = other._joined()
        own_rows = self._participants.places_of(other._participants)[other_rows]
        own_columns = self._statements.places_of(other._statements)[other_columns]
        width = len(self._statements)
        found = np.isin(
            _pair_keys(own_rows, own_columns, width) * 3 + other_votes,
            _pair_keys(rows, columns, width) * 3 + votes,
        )
        missing = np.flatnonzero(~found | (own_rows < 0) | (own_columns < 0))
        if not len(missing):
            return None
        first = missing[0]
        return (
            other.participant_ids[other_rows[first]],
            other.statement_ids[other_columns[first]],
        )

    def to_matrix(
        self,
        *,
        statements: Sequence[Statement] | None = None,
        attributes: Mapping[str, Mapping[str, str | None]] | None = None,
        given_groups: Mapping[str, int] | None = None,
        refuse_ties: bool = False,
    ) -> VoteMatrix:
        """Build the canonical matrix of all votes appended so far.

        Parameters
        ----------
        statements
            All statements of the conversation, also those without votes; by default
            the ones that were voted on, without text. A vote on a statement that is
            not among them is a programming error (KeyError).
        attributes
            Answers of participants by question and participant id; a question that no
            participant with a vote answered is left out.
        given_groups
            The source's own group by participant id, from 0; left out where no
            participant with a vote has one.
        refuse_ties
            Whether to refuse two different votes at the same time.

        Raises
        ------
        TiedVotesError
            If ties are refused and there is one.
        """
        listed = statements or [Statement(identifier) for identifier in self._statements]
        listed = sorted(listed, key=lambda statement: sort_key(statement.id))
        ids = sorted(self._participants, key=sort_key)
        rows, columns, votes, times = self._joined()
        rows = _Numbering(ids).places_of(self._participants)[rows]
        columns = _Numbering(each.id for each in listed).places_of(self._statements)[columns]
        if np.any(columns < 0):
            raise KeyError("a vote on a statement that is not listed")
        last, rivals = _find_last(_pair_keys(rows, columns, len(listed)), votes, times)
        tied = votes[last] != votes[rivals]
        if refuse_ties and tied.any():
            place, rival = int(last[tied][0]), int(rivals[tied][0])
            places = (min(place, rival), max(place, rival))
            raise TiedVotesError(ids[rows[place]], listed[columns[place]].id, places)
        counts = np.bincount(rows[last], minlength=len(ids))
        return VoteMatrix(
            participant_ids=tuple(ids),
            statements=tuple(listed),
            indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns=columns[last],
            values=np.where(tied, np.int8(PASS), votes[last]),
            arrival=_rank_arrivals(rows, times, len(ids)),
            attributes=_order_answers(attributes or {}, ids),
            given_groups=_order_groups(given_groups or {}, ids),
        )

    def _joined(self) -> tuple[Indices, Indices, Votes, Ints]:
        if not self._batches:
            empty = np.empty(0, dtype=np.int32)
            return empty, empty, np.empty(0, dtype=np.int8), np.empty(0, dtype=np.int64)
        if len(self._batches) > 1:
            rows, columns, votes, times = zip(*self._batches, strict=True)
            self._batches = [
                (
                    np.concatenate(rows),
                    np.concatenate(columns),
                    np.concatenate(votes),
                    np.concatenate(times),
                )
            ]
        return self._batches[0]


class _Numbering(dict[str, int]):
    """Numbers ids from 0, in the order in which they are first met."""

    def __init__(self, identifiers: Iterable[str] = ()) -> None:
        super().__init__((each, place) for place, each in enumerate(identifiers))

    def __missing__(self, identifier: str) -> int:
        number = self[identifier] = len(self)
        return number

    def places_of(self, other: Iterable[str]) -> Indices:
        """Give the number here of each id that `other` numbers, -1 where it has none."""
        return np.array([self.get(identifier, -1) for identifier in other], dtype=np.int32)


def _pair_keys(rows: Indices, columns: Indices, width: int) -> Ints:
    """Give one number per vote that sorts by row, then by column."""
    return rows.astype(np.int64) * width + columns


def _find_last(keys: Ints, votes: Votes, times: Ints) -> tuple[Ints, Ints]:
    """Find the last vote of each pair, and its rival: the lowest vote at that same time."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    ends = np.append(begins[1:], True)[: len(keys)]
    last = order[ends]
    rivals = last.copy()
    revised = ~(begins & ends)
    again = order[revised]
    again = again[np.lexsort((votes[again], times[again], keys[revised]))]
    new_time = begins[revised] | np.append(True, np.diff(times[again]) != 0)[: len(again)]
    lowest = np.maximum.accumulate(np.where(new_time, np.arange(len(again)), 0))
    several = ~begins[ends]
    last[several] = again[ends[revised]]
    rivals[several] = again[lowest[ends[revised]]]
    return last, rivals


def _rank_arrivals(rows: Indices, times: Ints, count: int) -> Indices:
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, rows, times)
    arrival = np.empty(count, dtype=np.int32)
    arrival[np.argsort(first, kind="stable")] = np.arange(count, dtype=np.int32)
    return arrival


def _order_answers(
    attributes: Mapping[str, Mapping[str, str | None]], ids: Sequence[str]
) -> dict[str, tuple[str | None, ...]]:
    ordered = {
        question: tuple(answers.get(identifier) for identifier in ids)
        for question, answers in sorted(attributes.items())
    }
    return {
        question: answers
        for question, answers in ordered.items()
        if any(answer is not None for answer in answers)
    }


def _order_groups(groups: Mapping[str, int], ids: Sequence[str]) -> Indices | None:
    ordered = np.array([groups.get(identifier, -1) for identifier in ids], dtype=np.int32)
    return ordered if np.any(ordered >= 0) else None
