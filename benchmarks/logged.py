"""Check that a log of ballots is whole, and holds what was acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spreekruimte.ballots.models import Round


def find_failures(round_: Round, receipts: Iterable[str]) -> list[str]:
    """Say what is wrong with the log of a round; nothing, where all is well.

    Parameters
    ----------
    receipts
        Those that were given out, each once.
    """
    return [*_check_chain(round_), *_check_openings(round_), *_check_receipts(round_, receipts)]


def _check_chain(round_: Round) -> list[str]:
    from spreekruimte.ballots.checking import find_fault
    from spreekruimte.ballots.queries.log import head_of, read_log

    head = head_of(round_)
    fault = find_fault(read_log(round_, head), round_id=round_.log_name, head=head)
    return [] if fault is None else [str(fault)]


def _check_openings(round_: Round) -> list[str]:
    from spreekruimte.ballots.actions.recording import content_of
    from spreekruimte.ballots.chain import BallotEntry
    from spreekruimte.ballots.checking import is_opening
    from spreekruimte.ballots.models import Ballot, LogEntry
    from spreekruimte.ballots.queries.log import entry_of

    wrong = 0
    ballots = Ballot.objects.filter(entry__round=round_).select_related("entry", "participation")
    for ballot in ballots.iterator():
        place = (ballot.question, ballot.reason_id)
        name = ballot.participation.pseudonym
        content = content_of(round_.log_name, name, place, ballot.answer)
        entry = entry_of(ballot.entry)
        opens = isinstance(entry, BallotEntry) and is_opening(
            entry, salt=bytes(ballot.salt), content=content
        )
        wrong += not opens
    wrong += LogEntry.objects.filter(round=round_, concerns=None, ballot=None).count()
    return [f"{wrong} ballots do not open their entries"] if wrong else []


def _check_receipts(round_: Round, receipts: Iterable[str]) -> list[str]:
    from spreekruimte.ballots.models import LogEntry
    from spreekruimte.ballots.receipts import mark_of

    found = Counter(LogEntry.objects.filter(round=round_).values_list("receipt", flat=True))
    given = list(receipts)
    lost = sum(found[mark_of(receipt)] != 1 for receipt in given)
    failures = [f"{lost} of {len(given)} acknowledged ballots are not in the log once"]
    return failures if lost or len(set(given)) != len(given) else []
