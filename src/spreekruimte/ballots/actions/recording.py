"""Read and write the rows of many ballots of one round, with few statements.

In SQL, since putting a query together through the models takes several times as long as running
it, and each ballot waits for that ([decision 0012](docs/decisions/0012-group-commit.md)).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from spreekruimte.ballots.assignment import Lot
from spreekruimte.ballots.chain import BallotEntry, Head, add_ballot
from spreekruimte.ballots.encoding import SALT_BYTES, canonical
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.bank import Framing
from spreekruimte.cases.shares import find_written, weigh_arms

Row = tuple[Any, ...]
Place = tuple[str, int | None]
"""What is answered: a question, and which reason where there are several."""


def content_of(log_name: str, pseudonym: str, place: Place, answer: int) -> bytes:
    """Give the content that the entry of a ballot commits to."""
    question, reason = place
    return canonical(
        {
            "round": log_name,
            "respondent": pseudonym,
            "question": question,
            "reason": reason,
            "answer": answer,
        }
    )


@dataclass(slots=True, eq=False)
class Counted:
    """An answer that counts now.

    Attributes
    ----------
    stored_as
        Its row; None while it has none, and then it has a salt and a position.
    """

    answer: int
    salt: bytes = b""
    position: int = 0
    stored_as: int | None = None


@dataclass(slots=True, eq=False)
class Voter:
    """A respondent in a round, who may be new, and the answers that count now."""

    pseudonym: str
    stored_as: int | None = None
    has_seen_results: bool = False
    has_given_up: bool = False
    counted: dict[Place, Counted] = field(default_factory=dict)

    @property
    def answered(self) -> frozenset[int]:
        """The reasons that were voted on."""
        return frozenset(reason for _, reason in self.counted if reason is not None)


@dataclass(frozen=True, slots=True)
class HeldRound:
    """A round to whose log nobody else adds before the transaction is over.

    Attributes
    ----------
    case_key
        None where it was deleted.
    head
        Where the log of the round stands.
    framing_shares, mirror_share
        Of the case, as it stores them.
    """

    id: int
    case_id: int
    log_name: str
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    case_state: str
    case_key: bytes | None
    head: Head
    framing_shares: Mapping[Framing, int]
    mirror_share: int

    def is_asking(self, now: datetime) -> bool:
        """Tell whether it takes ballots."""
        is_running = self.ended_at is None and self.opened_at <= now < self.closes_at
        return is_running and self.case_state == "open"


def hold_round(round_id: int) -> HeldRound:
    """Read a round and hold it.

    Raises
    ------
    Round.DoesNotExist
        If there is none with this number.
    """
    return _hold(_HOLD, round_id)


def hold_round_of(case_id: int) -> HeldRound:
    """Read the round of a case that was not ended, and hold it.

    Raises
    ------
    Round.DoesNotExist
        If there is none.
    """
    return _hold(_HOLD_OF_CASE, case_id)


def _hold(statement: str, number: int) -> HeldRound:
    can_hold = connection.features.has_select_for_update
    rows = _fetch(statement + _FOR_UPDATE * can_hold, [number])
    if not rows:
        raise Round.DoesNotExist
    [(pk, case, which, opened, closes, ended, length, digest, state, shares, mirror, key)] = rows
    return HeldRound(
        id=pk,
        case_id=case,
        log_name=Round(case_id=case, number=which).log_name,
        opened_at=_aware(opened),
        closes_at=_aware(closes),
        ended_at=ended and _aware(ended),
        case_state=state,
        case_key=key and bytes(key),
        head=Head(length, digest),
        framing_shares=json.loads(shares),
        mirror_share=mirror,
    )


def _aware(moment: datetime) -> datetime:
    """Give a moment its time zone: SQLite stores none, and means UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Register:
    """What is stored about the respondents of some ballots, and what is to be added.

    Whoever uses it holds the row of the round.

    Attributes
    ----------
    head
        Where the log of the round stands, what is to be added included.
    reasons
        State and author of the reasons that the ballots are about.
    """

    def __init__(self, round_: HeldRound, head: Head) -> None:
        self.round = round_
        self.head = head
        self.reasons: dict[int, tuple[str, int | None]] = {}
        self._invited: set[str] = set()
        self._voters: dict[str, Voter] = {}
        self._newcomers: dict[str, tuple[Voter, Respondent]] = {}
        self._added: list[tuple[BallotEntry, Voter, Place, Counted]] = []
        self._replaced: list[int] = []

    def read(
        self, pseudonyms: Collection[str], reason_ids: Collection[int], keys: Collection[str]
    ) -> None:
        """Read what the round has of respondents, reasons, and keys of who says to be invited."""
        rows = _fetch(_VOTERS.format(_list(pseudonyms)), [self.round.id, *pseudonyms])
        for pk, name, has_seen, has_given_up, question, reason, answer, entry in rows:
            voter = self._voters.setdefault(
                name, Voter(name, pk, bool(has_seen), bool(has_given_up))
            )
            if question is not None:
                voter.counted[question, reason] = Counted(answer, stored_as=entry)
        if reason_ids:
            found = _fetch(_REASONS.format(_list(reason_ids)), [self.round.id, *reason_ids])
            self.reasons = {pk: (state, author) for pk, state, author in found}
        if keys:
            found = _fetch(_INVITED.format(_list(keys)), [self.round.id, *keys])
            self._invited = {digest for (digest,) in found}

    def find(self, pseudonym: str, respondent: Respondent) -> Voter:
        """Give what is known of a respondent; a newcomer is stored only with a ballot."""
        if pseudonym in self._voters:
            return self._voters[pseudonym]
        if pseudonym not in self._newcomers:
            self._newcomers[pseudonym] = Voter(pseudonym), respondent
        return self._newcomers[pseudonym][0]

    def is_invited(self, respondent: Respondent) -> bool:
        """Tell whether the key of a respondent is that of an invitation for this round."""
        return respondent.key in self._invited

    def opening(self, counted: Counted) -> tuple[bytes, int]:
        """Give salt and position of an answer that counts."""
        if counted.stored_as is None:
            return counted.salt, counted.position
        [(salt, position)] = _fetch(_OPENING, [counted.stored_as])
        return bytes(salt), position

    def add(self, voter: Voter, place: Place, answer: int, salt: bytes) -> Counted:
        """Note a ballot after all others, in place of the one that counted."""
        content = content_of(self.round.log_name, voter.pseudonym, place, answer)
        entry = add_ballot(self.head, salt=salt, content=content)
        self.head = Head.after(entry)
        replaced = voter.counted.get(place)
        if replaced is not None and replaced.stored_as is not None:
            self._replaced.append(replaced.stored_as)
        counted = voter.counted[place] = Counted(answer, salt, entry.position)
        self._added.append((entry, voter, place, counted))
        return counted

    def write(self) -> None:
        """Store what was noted, and that the round ends there."""
        if not self._added:
            return
        statements: list[Statement] = []
        came = [each for each in self._newcomers.values() if each[0].counted]
        if came:
            lot = self._read_lot()
            rows = [self._row_of_newcomer(voter, respondent, lot) for voter, respondent in came]
            statements.append((_NEWCOMERS, [self.round.id, json.dumps(rows)]))
        entries = [self._row_of_entry(entry) for entry, *_ in self._added]
        statements.append((_ENTRIES, [self.round.id, json.dumps(entries)]))
        if self._replaced:
            statements.append((_REPLACED.format(_list(self._replaced)), self._replaced))
        salts = b"".join(counted.salt for *_, counted in self._added)
        ballots = [self._row_of_ballot(*each) for each in self._added]
        statements.append((_BALLOTS, [self.round.id, self.round.id, salts, json.dumps(ballots)]))
        statements.append((_HEAD, [self.head.length, self.head.digest, self.round.id]))
        _run_together(statements)

    def _read_lot(self) -> Lot:
        """Read which texts the case has, and give how newcomers are divided over them."""
        written = find_written({(*each,) for each in _fetch(_TELLINGS, [self.round.case_id])})
        weights = weigh_arms(self.round.framing_shares, self.round.mirror_share, written)
        # Without a key no ballot came this far.
        return Lot(self.round.case_key or b"", self.round.log_name, weights)

    def _row_of_newcomer(self, voter: Voter, respondent: Respondent, lot: Lot) -> Row:
        arm = lot.draw(voter.pseudonym)
        return (voter.pseudonym, respondent.tier.value, respondent.channel.value, *arm)

    def _row_of_entry(self, entry: BallotEntry) -> Row:
        return (entry.position, entry.previous, entry.commitment, entry.receipt)

    def _row_of_ballot(
        self, entry: BallotEntry, voter: Voter, place: Place, counted: Counted
    ) -> Row:
        is_latest = voter.counted[place] is counted
        # Where its salt begins among those of all: JSON has no bytes.
        salt = 1 + SALT_BYTES * (entry.position - self._added[0][0].position)
        seen = voter.has_seen_results
        return (entry.position, voter.pseudonym, *place, counted.answer, seen, is_latest, salt)


# Rows to write come as one text, `{given}`: psycopg takes longer to put a statement together that
# has a place for each value than all else takes that is done for a ballot. A list of values, `{}`,
# is as long as it has to be.

_ROUND = """
    SELECT r.id, r.case_id, r.number, r.opened_at, r.closes_at, r.ended_at,
        r.head_length, r.head_digest, c.state, c.framing_shares, c.mirror_share, k.key
    FROM ballots_round r
    JOIN cases_case c ON c.id = r.case_id
    LEFT JOIN ballots_casekey k ON k.case_id = r.case_id"""
_HOLD = _ROUND + " WHERE r.id = %s"
_HOLD_OF_CASE = _ROUND + " WHERE r.case_id = %s AND r.ended_at IS NULL"
# Who only points at the round, such as a newcomer who looks, does not have to wait.
_FOR_UPDATE = " FOR NO KEY UPDATE OF r"
_HEAD = "UPDATE ballots_round SET head_length = %s, head_digest = %s WHERE id = %s"
_VOTERS = """
    SELECT p.id, p.pseudonym, p.has_seen_results, p.has_given_up,
        b.question, b.reason_id, b.answer, b.entry_id
    FROM ballots_participation p
    LEFT JOIN ballots_ballot b ON b.participation_id = p.id AND b.is_latest
    WHERE p.round_id = %s AND p.pseudonym IN ({})"""
_TELLINGS = "SELECT framing, side, language FROM cases_casetext WHERE case_id = %s"
_REASONS = """
    SELECT id, state, author_id FROM ballots_reason WHERE round_id = %s AND id IN ({})"""
_INVITED = "SELECT digest FROM ballots_invitation WHERE round_id = %s AND digest IN ({})"
_OPENING = """
    SELECT b.salt, e.position
    FROM ballots_ballot b JOIN ballots_logentry e ON e.id = b.entry_id
    WHERE b.entry_id = %s"""
# Whoever chooses to look at the same moment makes the same row.
_NEWCOMERS = """
    INSERT INTO ballots_participation
        (round_id, pseudonym, tier, channel, framing, side, has_seen_results, has_given_up, about)
    SELECT %s, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, false, false, '{{}}'
    FROM {given} WHERE true
    ON CONFLICT (round_id, pseudonym) DO NOTHING"""
_ENTRIES = """
    INSERT INTO ballots_logentry (round_id, position, previous, commitment, receipt)
    SELECT %s, CAST(value ->> 0 AS bigint), value ->> 1, value ->> 2, value ->> 3
    FROM {given}"""
_REPLACED = "UPDATE ballots_ballot SET is_latest = false WHERE entry_id IN ({})"
# Entry and participation are looked up by what names them, so that nobody has to read their ids
# first. Each by itself: planned as a join, all entries of the log could be read for it.
_BALLOTS = """
    INSERT INTO ballots_ballot (entry_id, participation_id, question, reason_id, answer,
        after_results, is_latest, salt)
    SELECT
        (SELECT id FROM ballots_logentry
            WHERE round_id = %s AND position = CAST(value ->> 0 AS bigint)),
        (SELECT id FROM ballots_participation WHERE round_id = %s AND pseudonym = value ->> 1),
        value ->> 2, CAST(value ->> 3 AS bigint), CAST(value ->> 4 AS smallint),
        CAST(value ->> 5 AS boolean), CAST(value ->> 6 AS boolean),
        substr(%s, CAST(value ->> 7 AS integer), 32)
    FROM {given}"""
# What gives each list of a JSON list of lists.
_GIVEN = {
    "postgresql": "jsonb_array_elements(%s) AS given(value)",
    "sqlite": "json_each(%s) AS given",
}


Statement = tuple[str, Sequence[Any]]


def _fetch(statement: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _run_together(statements: Sequence[Statement]) -> None:
    """Run statements of which nothing is read, without waiting for each where that can be."""
    given = _GIVEN[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                ";".join(statement.format(given=given) for statement, _ in statements),
                [value for _, values in statements for value in values],
            )
        else:
            for statement, values in statements:
                cursor.execute(statement.format(given=given), values)


def _list(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
