"""The log of ballots: a chain of commitments to which entries are only added.

The published log is text, a line per entry after a first line that names the round. A digest is
the SHA-256 of a line without its line end, in 64 hexadecimal digits, and each entry begins with
its position and the digest of the line before it::

    {"log":"spreekruimte ballots 1","round":"<round>"}
    {"position":1,"previous":"<digest>","kind":"ballot","commitment":"<digest>","receipt":"<mark>"}
    {"position":2,"previous":"<digest>","kind":"erasure","concerns":1}

There is one way to write an entry: these fields, in this order, without spaces. A commitment says
nothing without its salt. To erase a ballot, its salt and content are deleted and an erasure is
added; no line changes. No line holds a time, a pseudonym or an answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from spreekruimte.ballots.encoding import salted_digest
from spreekruimte.ballots.receipts import mark_of_salt

_COMMITMENT = b"spreekruimte ballot commitment 1"
_ROUND = re.compile(r"[A-Za-z0-9._-]{1,100}")
# Positions stay within the whole numbers of a database.
_START = r'\{"position":(?P<position>[1-9][0-9]{0,17}),"previous":"(?P<previous>[0-9a-f]{64})",'
_BALLOT = re.compile(
    _START + r'"kind":"ballot",'
    r'"commitment":"(?P<commitment>[0-9a-f]{64})","receipt":"(?P<receipt>[0-9a-f]{64})"\}'
)
_ERASURE = re.compile(_START + r'"kind":"erasure","concerns":(?P<concerns>[1-9][0-9]{0,17})\}')


class EntryError(ValueError):
    """An entry or line that does not belong in a log."""


# Entries


@dataclass(frozen=True, slots=True)
class BallotEntry:
    """One ballot, without saying whose or what.

    Attributes
    ----------
    position
        The place in the log, counted from 1.
    previous
        The digest of the line before.
    commitment
        What the content is held to, as `commit` gives it.
    receipt
        The mark of the receipt, as `receipts.mark_of` gives it.
    """

    kind: ClassVar[Literal["ballot"]] = "ballot"
    position: int
    previous: str
    commitment: str
    receipt: str

    @property
    def line(self) -> str:
        """The entry as it is published, without a line end."""
        return (
            f'{{"position":{self.position},"previous":"{self.previous}","kind":"{self.kind}",'
            f'"commitment":"{self.commitment}","receipt":"{self.receipt}"}}'
        )


@dataclass(frozen=True, slots=True)
class ErasureEntry:
    """The content of an earlier ballot is gone.

    Attributes
    ----------
    position
        The place in the log, counted from 1.
    previous
        The digest of the line before.
    concerns
        The position of the ballot.
    """

    kind: ClassVar[Literal["erasure"]] = "erasure"
    position: int
    previous: str
    concerns: int

    @property
    def line(self) -> str:
        """The entry as it is published, without a line end."""
        return (
            f'{{"position":{self.position},"previous":"{self.previous}","kind":"{self.kind}",'
            f'"concerns":{self.concerns}}}'
        )


Entry = BallotEntry | ErasureEntry


def read_line(line: str) -> Entry:
    """Read an entry as it is published, without its line end.

    Raises
    ------
    EntryError
        If the line is anything but an entry, written as documented.
    """
    if found := _BALLOT.fullmatch(line):
        return BallotEntry(
            position=int(found["position"]),
            previous=found["previous"],
            commitment=found["commitment"],
            receipt=found["receipt"],
        )
    if found := _ERASURE.fullmatch(line):
        return ErasureEntry(
            position=int(found["position"]),
            previous=found["previous"],
            concerns=int(found["concerns"]),
        )
    raise EntryError("This line is not an entry of a log of ballots.")


# Adding


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands: how many entries it has, and the digest of its last line.

    Whoever knows a head can tell whether a log begins with the very entries that led to it.
    """

    length: int
    digest: str

    @classmethod
    def of_round(cls, round_id: str) -> Head:
        """Give the head of a log without entries.

        Raises
        ------
        ValueError
            If the id of the round is not 1 to 100 letters, digits, dots, hyphens or underscores.
        """
        return cls(length=0, digest=digest_of(first_line(round_id)))

    @classmethod
    def after(cls, entry: Entry) -> Head:
        """Give the head of a log whose last entry is this one."""
        return cls(length=entry.position, digest=digest_of(entry.line))


def commit(*, salt: bytes, content: bytes) -> str:
    """Hold a content to what it is, without showing it.

    Parameters
    ----------
    salt
        32 random bytes, for this ballot only. As long as they are secret, the commitment does not
        even show whether a guessed content is right.
    content
        As `encoding.canonical` writes it.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    return salted_digest(_COMMITMENT, salt, content).hex()


def add_ballot(head: Head, *, salt: bytes, content: bytes) -> BallotEntry:
    """Give the entry of a ballot that follows a head; the arguments are those of `commit`.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    return BallotEntry(
        position=head.length + 1,
        previous=head.digest,
        commitment=commit(salt=salt, content=content),
        receipt=mark_of_salt(salt),
    )


def add_erasure(head: Head, *, ballot: BallotEntry) -> ErasureEntry:
    """Give the entry that follows a head and says that the content of a ballot is gone.

    That no ballot is erased twice is for whoever keeps the entries.

    Raises
    ------
    EntryError
        If the ballot does not stand before the new entry.
    """
    if ballot.position > head.length:
        raise EntryError("An erasure concerns a ballot that stands before it.")
    return ErasureEntry(position=head.length + 1, previous=head.digest, concerns=ballot.position)


def write_log(round_id: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Give the lines of a log as it is published, with their line ends."""
    yield first_line(round_id) + "\n"
    for entry in entries:
        yield entry.line + "\n"


def first_line(round_id: str) -> str:
    """Give the first line of the log of a round, without a line end.

    Raises
    ------
    ValueError
        If the id of the round is not 1 to 100 letters, digits, dots, hyphens or underscores.
    """
    if not _ROUND.fullmatch(round_id):
        raise ValueError("The id of a round is 1 to 100 letters, digits, dots, hyphens or _.")
    return f'{{"log":"spreekruimte ballots 1","round":"{round_id}"}}'


def digest_of(line: str) -> str:
    """Give the digest of a line without its line end, which the next line holds."""
    return hashlib.sha256(line.encode("utf-8")).hexdigest()
