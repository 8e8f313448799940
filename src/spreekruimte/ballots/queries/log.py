"""The log of a round as it is published."""

from __future__ import annotations

from collections.abc import Iterator

from spreekruimte.ballots.chain import BallotEntry, Entry, ErasureEntry, Head, write_log
from spreekruimte.ballots.models import LogEntry, Round


def head_of(round_: Round) -> Head:
    """Return where the log of a round stands."""
    return Head(round_.head_length, round_.head_digest)


def read_log(round_: Round, head: Head) -> Iterator[str]:
    """Give the lines of the log of a round up to a head, with their line ends."""
    found = LogEntry.objects.filter(round=round_, position__lte=head.length).order_by("position")
    return write_log(round_.log_name, map(entry_of, found.iterator()))


def entry_of(stored: LogEntry) -> Entry:
    """Return a line of the log as it is published."""
    if stored.concerns is not None:
        return ErasureEntry(stored.position, stored.previous, stored.concerns)
    return BallotEntry(stored.position, stored.previous, stored.commitment, str(stored.receipt))
