"""The ballots of a round as the votes that the engine judges.

A statement is either ``judgement``, whether the post is admissible, or ``reason-<id>``. Of several
answers of a participant to the same the last one counts, also where reasons were taken together.
Participants get other names than they have in the tables, and stand in the order of those names,
so that neither a pseudonym nor the order of arrival leaves the installation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, QuerySet, Value, When
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from spreekruimte.analysis.votes import Statement, VoteMatrix
from spreekruimte.analysis.votes.matrix import sort_key
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.encoding import encode
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    LogEntry,
    Participation,
    Question,
    Reason,
    Round,
)
from spreekruimte.cases.shares import FULL_CONTEXT, name_arm

JUDGEMENT = "judgement"
MEASURE = "measure"
ARM = "arm"
UNKNOWN = "unknown"
"""What stands for "don't know" among the measures."""

_IN_FULL = name_arm(FULL_CONTEXT)
_PARTICIPANT = b"spreekruimte participant 1"
# What an answer is about, where that is no reason.
_THE_MEASURE, _THE_POST = -1, 0
_CHUNK = 20_000
# Where more participants are new than this, all are read.
_FEW = 500

Ints = NDArray[np.int64]
Attributes = Mapping[str, Mapping[str, str | None]]


def collect_votes(round_: Round, channel: Channel) -> VoteMatrix:
    """Give the votes of one channel of a round, read from scratch."""
    votes = RoundVotes(round_)
    votes.catch_up()
    return votes.to_matrix(channel)


def name_statement(reason_id: int) -> str:
    """Give the id under which a reason is judged and published."""
    return f"reason-{reason_id}"


def name_participant(log_name: str, pseudonym: str) -> str:
    """Give the name of a participant in what is published of a round.

    It follows from the pseudonym, which never leaves the installation, and from nothing that
    stands in the log or on a receipt. In another round it is another name.
    """
    digest = hashlib.sha256(encode(_PARTICIPANT, log_name.encode(), pseudonym.encode()))
    return f"p{digest.hexdigest()[:20]}"


class RoundVotes:
    """The answers of a round up to a head of its log.

    `catch_up` reads what was added since, or everything again where that does not suffice: after
    an erasure, and where the log is not the one that was read before. The votes are the same
    either way.

    Attributes
    ----------
    head
        How far the log was read.
    """

    def __init__(self, round_: Round) -> None:
        self._round_id = round_.pk
        self._log_name = round_.log_name
        self._people: dict[int, _Person] = {}
        self._forget()

    def catch_up(self) -> None:
        """Read the log to its end."""
        while not self._reach(_read_head(self._round_id)):
            self._forget()

    def count_ballots(self, channel: Channel) -> int:
        """Count the entries that were read of a channel, revised ones included."""
        return int((self._rows_of(self._list_people(channel)) >= 0).sum())

    def to_matrix(self, channel: Channel, *, attributes: Attributes | None = None) -> VoteMatrix:
        """Give the votes of a channel.

        Parameters
        ----------
        channel
            The open channel or the panel.
        attributes
            What else is known of participants, by question and name; the measure always is, and
            so is the text that they were asked on, unless that was the same for all.
        """
        statements, columns = self._list_statements()
        people = self._list_people(channel)
        latest = _find_latest(self._rows_of(people), columns, self._answers)
        names = [name for name, _pk in people]
        is_measure = latest.column < 0
        steps = {
            names[row]: UNKNOWN if step < 0 else str(step)
            for row, step in latest.select(is_measure).pairs()
        }
        known = {**(attributes or {}), MEASURE: steps, ARM: self._list_arms(people)}
        return _make_matrix(names, statements, latest.select(~is_measure), known)

    def names_of(self, channel: Channel) -> dict[int, str]:
        """Give the published name of each participation of a channel that answered."""
        return {pk: name for name, pk in self._list_people(channel)}

    def _forget(self) -> None:
        self.head = Head(0, "")
        self._participations = np.empty(0, np.int64)
        self._abouts = np.empty(0, np.int64)
        self._answers = np.empty(0, np.int64)

    def _reach(self, head: Head) -> bool:
        """Read up to a head; say whether what was read is then what the log holds."""
        if not _is_continued(self._round_id, self.head, head):
            return False
        added = _read_answers(self._round_id, after=self.head.length, until=head.length)
        self._participations = np.concatenate([self._participations, added[:, 0]])
        self._abouts = np.concatenate([self._abouts, added[:, 1]])
        self._answers = np.concatenate([self._answers, added[:, 2]])
        self.head = head
        self._meet(added[:, 0])
        # What is erased while it is read may be gone already.
        return not _entries(self._round_id, after=head.length).exclude(concerns=None).exists()

    def _meet(self, participations: Ints) -> None:
        """Name the participants who are new."""
        new = [pk for pk in np.unique(participations).tolist() if pk not in self._people]
        if not new:
            return
        found = Participation.objects.filter(round_id=self._round_id)
        found = found.filter(pk__in=new) if len(new) <= _FEW else found
        fields = found.values_list("pk", "pseudonym", "channel", "framing", "side")
        for pk, pseudonym, channel, framing, side in fields:
            name = name_participant(self._log_name, pseudonym)
            self._people[pk] = _Person(name, channel, name_arm((framing, side)))

    def _list_people(self, channel: Channel) -> list[tuple[str, int]]:
        """List who answered in a channel, by published name."""
        answered = np.unique(self._participations).tolist()
        of_channel = str(channel)
        return sorted(
            (person.name, pk)
            for pk, person in ((pk, self._people[pk]) for pk in answered)
            if person.channel == of_channel
        )

    def _list_arms(self, people: Sequence[tuple[str, int]]) -> dict[str, str | None]:
        """Give the text that each was asked on, by name; none where that is one for all."""
        arms = {name: self._people[pk].arm for name, pk in people}
        return {} if set(arms.values()) <= {_IN_FULL} else dict(arms)

    def _rows_of(self, people: Sequence[tuple[str, int]]) -> Ints:
        """Give the place of each answer's participant; -1 where it is not among these."""
        known = np.array([pk for _name, pk in people], dtype=np.int64)
        return _places_of(self._participations, known, np.arange(len(known)))

    def _list_statements(self) -> tuple[list[Statement], Ints]:
        """List the statements, and give the one that each answer is about; -1 for the measure."""
        reasons = _read_reasons(self._round_id)
        statements = [Statement(JUDGEMENT)]
        statements += [
            Statement(name_statement(each.pk), *each.shown)
            for each in reasons.values()
            if each.merged_into is None
        ]
        statements.sort(key=lambda statement: sort_key(statement.id))
        column_of = {statement.id: column for column, statement in enumerate(statements)}
        known = [_THE_MEASURE, _THE_POST, *reasons]
        columns = [-1, column_of[JUDGEMENT]]
        columns += [column_of[name_statement(_follow(reasons, pk))] for pk in reasons]
        return statements, _places_of(self._abouts, np.array(known), np.array(columns))


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    channel: str
    arm: str


@dataclass(frozen=True, slots=True)
class _Reason:
    pk: int
    content: str
    state: str
    merged_into: int | None

    @property
    def shown(self) -> tuple[str, bool]:
        """The text and whether it is judged: what is not shown to citizens is neither."""
        is_shown = self.state == Reason.State.SHOWN
        return (self.content if is_shown else "", is_shown)


@dataclass(frozen=True, slots=True, eq=False)
class _Latest:
    """The answers that count, by row and column."""

    row: Ints
    column: Ints
    answer: Ints

    def select(self, chosen: NDArray[np.bool_]) -> _Latest:
        return _Latest(self.row[chosen], self.column[chosen], self.answer[chosen])

    def pairs(self) -> zip[tuple[int, int]]:
        return zip(self.row.tolist(), self.answer.tolist(), strict=True)


def _read_head(round_id: int) -> Head:
    return Head(
        *Round.objects.values_list("head_length", "head_digest").get(pk=round_id),
    )


def _entries(round_id: int, *, after: int) -> QuerySet[LogEntry]:
    entries: QuerySet[LogEntry] = LogEntry.objects.filter(round_id=round_id, position__gt=after)
    return entries


def _is_continued(round_id: int, start: Head, end: Head) -> bool:
    """Say whether the log goes on from one head to another without taking anything back."""
    if start.length == 0 or start == end:
        return True
    added = _entries(round_id, after=start.length).filter(position__lte=end.length)
    first = added.order_by("position").values_list("previous", flat=True).first()
    return first == start.digest and not added.exclude(concerns=None).exists()


@transaction.atomic
def _read_answers(round_id: int, *, after: int, until: int) -> Ints:
    """Read a stretch of the log: participation, what it is about, answer; shape (answers, 3)."""
    _look_up_each()
    about = Case(
        When(question=Question.MEASURE, then=Value(_THE_MEASURE)),
        default=Coalesce("reason_id", Value(_THE_POST), output_field=BigIntegerField()),
        output_field=BigIntegerField(),
    )
    found = (
        Ballot.objects.filter(
            entry__round_id=round_id, entry__position__gt=after, entry__position__lte=until
        )
        .order_by("entry__position")
        .values_list("participation_id", about, "answer")
        .iterator(chunk_size=_CHUNK)
    )
    return np.fromiter(chain.from_iterable(found), dtype=np.int64).reshape(-1, 3)


def _look_up_each() -> None:
    """Have the ballot of each entry looked up, until the transaction is over.

    PostgreSQL plans by what it counted a while ago. Where a round had few ballots then and has many
    now, it would keep all of them at hand, and compare each entry with each.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_material = off")


def _read_reasons(round_id: int) -> dict[int, _Reason]:
    found = Reason.objects.filter(round_id=round_id).order_by("pk")
    fields = found.values_list("pk", "content", "state", "merged_into_id")
    return {pk: _Reason(pk, content, state, into) for pk, content, state, into in fields}


def _follow(reasons: Mapping[int, _Reason], pk: int) -> int:
    """Find the reason that stands for this one."""
    while (into := reasons[pk].merged_into) is not None:
        pk = into
    return pk


def _places_of(values: Ints, known: Ints, places: Ints) -> Ints:
    """Give the place that belongs to each value; -1 where it is not known."""
    if not len(known):
        return np.full(len(values), -1, dtype=np.int64)
    order = np.argsort(known)
    nearest = order[np.minimum(np.searchsorted(known, values, sorter=order), len(known) - 1)]
    found: Ints = np.where(known[nearest] == values, places[nearest], -1)
    return found


def _find_latest(rows: Ints, columns: Ints, answers: Ints) -> _Latest:
    """Keep the last answer of each participant to each question, in order of both."""
    ours = np.flatnonzero(rows >= 0)
    width = int(columns.max(initial=-1)) + 2
    keys = rows[ours] * width + columns[ours] + 1
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    last = np.append(keys[1:] != keys[:-1], True)[: len(keys)]
    row, column = np.divmod(keys[last], width)
    return _Latest(row, column - 1, answers[ours][order][last])


def _make_matrix(
    names: Sequence[str],
    statements: Sequence[Statement],
    votes: _Latest,
    attributes: Attributes,
) -> VoteMatrix:
    """Make the matrix of who has a vote left: all content of the others was erased."""
    counts = np.bincount(votes.row, minlength=len(names))
    kept = [name for name, count in zip(names, counts.tolist(), strict=True) if count]
    answers = {
        question: tuple(map(given.get, kept)) for question, given in sorted(attributes.items())
    }
    return VoteMatrix(
        participant_ids=tuple(kept),
        statements=tuple(statements),
        indptr=np.concatenate([[0], np.cumsum(counts[counts > 0])]).astype(np.int64),
        columns=votes.column.astype(np.int32),
        values=votes.answer.astype(np.int8),
        # By name: when anyone voted is kept nowhere.
        arrival=np.arange(len(kept), dtype=np.int32),
        attributes={
            question: given
            for question, given in answers.items()
            if any(answer is not None for answer in given)
        },
    )
