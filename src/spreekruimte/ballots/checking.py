"""Checking a log of ballots against what was published about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from spreekruimte.ballots.chain import (
    BallotEntry,
    EntryError,
    ErasureEntry,
    Head,
    add_ballot,
    digest_of,
    first_line,
    read_line,
)

Wrong = Literal[
    "round",
    "unreadable",
    "position",
    "previous",
    "no-ballot",
    "erased-twice",
    "head",
    "longer",
    "shorter",
]

_SENTENCES: dict[Wrong, str] = {
    "round": "is not the first line of the log of this round",
    "unreadable": "is not an entry, written as documented",
    "position": "does not say that this is its position",
    "previous": "does not follow from the line before it: one of the two was changed",
    "no-ballot": "erases what is not an earlier ballot",
    "erased-twice": "erases what was erased before",
    "head": "does not give the published digest: the log was changed",
    "longer": "stands after the published end",
    "shorter": "is missing: the log ends too soon",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong with a log.

    Attributes
    ----------
    position
        Where it shows; 0 is the first line. What was changed stands here or just before.
    wrong
        What is wrong, for programs; the text of a fault says it in English.
    """

    position: int
    wrong: Wrong

    def __str__(self) -> str:
        """Say where and what."""
        place = f"Entry {self.position}" if self.position else "The first line"
        return f"{place} {_SENTENCES[self.wrong]}."


def find_fault(
    lines: Iterable[str], *, round_id: str, head: Head, earlier: Collection[Head] = ()
) -> Fault | None:
    """Check a whole log, line by line, and give the first fault, or None.

    What is remembered grows with the erasures and not with the ballots.

    Parameters
    ----------
    lines
        The log as published, with or without line ends.
    head
        Its head now, from another place than the lines. Without it nobody could tell that the end
        was cut off or written anew.
    earlier
        Heads of the same log that were seen before: it may have grown, not changed.

    Raises
    ------
    ValueError
        If the id of the round cannot be one.
    """
    expected: dict[int, set[str]] = {}
    for each in (head, *earlier):
        expected.setdefault(each.length, set()).add(each.digest)
    follower = _Follower(round_id)
    number = -1
    for number, line in enumerate(lines):
        if number > head.length:
            return Fault(number, "longer")
        wrong = follower.follow(number, line.removesuffix("\n"))
        here = {follower.digest}
        if wrong is None and expected.get(number, here) != here:
            wrong = "head"
        if wrong is not None:
            return Fault(number, wrong)
    if number < max(expected):
        return Fault(number + 1, "shorter")
    return None


@dataclass(slots=True)
class _Follower:
    """What a check remembers of the lines that it has passed."""

    round_id: str
    digest: str = ""
    erasures: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)

    def follow(self, number: int, line: str) -> Wrong | None:
        """Pass one line, and say what is wrong with it."""
        wrong = self._wrong_entry(number, line) if number else self._wrong_start(line)
        if wrong is None:
            self.digest = digest_of(line)
        return wrong

    def _wrong_start(self, line: str) -> Wrong | None:
        return None if line == first_line(self.round_id) else "round"

    def _wrong_entry(self, number: int, line: str) -> Wrong | None:
        try:
            entry = read_line(line)
        except EntryError:
            return "unreadable"
        if entry.position != number:
            return "position"
        if entry.previous != self.digest:
            return "previous"
        return self._wrong_erasure(entry) if isinstance(entry, ErasureEntry) else None

    def _wrong_erasure(self, entry: ErasureEntry) -> Wrong | None:
        if entry.concerns >= entry.position or entry.concerns in self.erasures:
            return "no-ballot"
        if entry.concerns in self.erased:
            return "erased-twice"
        self.erasures.add(entry.position)
        self.erased.add(entry.concerns)
        return None


def is_opening(entry: BallotEntry, *, salt: bytes, content: bytes) -> bool:
    """Say whether this salt and content are those that the entry was made from.

    Both the commitment and the mark of the receipt are recomputed.

    Raises
    ------
    ValueError
        If the salt has not 32 bytes.
    """
    return entry == add_ballot(Head(entry.position - 1, entry.previous), salt=salt, content=content)
