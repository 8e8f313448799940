"""Whether the ballots that are stored are those that the log commits to."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.actions.recording import content_of
from spreekruimte.ballots.chain import BallotEntry
from spreekruimte.ballots.checking import is_opening
from spreekruimte.ballots.models import Ballot, LogEntry, Round


@dataclass(frozen=True, slots=True)
class Openings:
    """What came of opening every ballot of a round.

    Attributes
    ----------
    opened
        How many fit their entries.
    wrong
        The positions of those that do not.
    missing
        The positions of ballots without content, of which no erasure says so.
    """

    opened: int
    wrong: tuple[int, ...]
    missing: tuple[int, ...]


def check_openings(round_: Round) -> Openings:
    """Recompute commitment and receipt of every ballot of a round from its stored content."""
    opened, wrong = 0, []
    log_name = round_.log_name
    found = Ballot.objects.filter(entry__round=round_).order_by("entry__position")
    fields = found.values_list(
        *("entry__position", "entry__previous", "entry__commitment", "entry__receipt"),
        *("participation__pseudonym", "question", "reason_id", "answer", "salt"),
    )
    for (
        position,
        previous,
        commitment,
        receipt,
        known_as,
        question,
        reason,
        answer,
        salt,
    ) in fields.iterator():
        entry = BallotEntry(position, previous, commitment, str(receipt))
        content = content_of(log_name, known_as, (question, reason), answer)
        if is_opening(entry, salt=bytes(salt), content=content):
            opened += 1
        else:
            wrong.append(position)
    return Openings(opened, tuple(wrong), _missing(round_))


def _missing(round_: Round) -> tuple[int, ...]:
    entries = LogEntry.objects.filter(round=round_)
    erased = entries.exclude(concerns=None).values("concerns")
    without = entries.filter(concerns=None, ballot=None).exclude(position__in=erased)
    return tuple(without.order_by("position").values_list("position", flat=True))
