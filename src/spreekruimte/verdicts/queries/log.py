"""The log of a round as it is published."""

from __future__ import annotations

from collections.abc import Iterator

from spreekruimte.ballots.chain import BallotEntry, Entry, ErasureEntry, Head, write_log
from spreekruimte.ballots.models import LogEntry, Round


def read_log(round_: Round, head: Head) -> Iterator[str]:
    """Give the lines of the log of a round up to a head, with their line ends."""
    yield from write_log(round_.log_name, _read_entries(round_, head))


def _read_entries(round_: Round, head: Head) -> Iterator[Entry]:
    found = LogEntry.objects.filter(round=round_, position__lte=head.length).order_by("position")
    fields = found.values_list("position", "previous", "commitment", "receipt", "concerns")
    for position, previous, commitment, receipt, concerns in fields.iterator():
        yield (
            BallotEntry(position, previous, commitment, str(receipt))
            if concerns is None
            else ErasureEntry(position, previous, concerns)
        )
