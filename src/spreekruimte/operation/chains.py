"""Check the logs of all rounds against their heads, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.analysis.votes import Progress
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.checking import Fault, find_fault
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.log import read_log


@dataclass(frozen=True, slots=True)
class BrokenLog:
    """A log that is not what its head says.

    Attributes
    ----------
    round
        The name of the round, as the log carries it.
    """

    round: str
    fault: Fault


def find_broken_logs(progress: Progress = ignore_progress) -> list[BrokenLog]:
    """Check every log from its first line to its head; give those with a fault."""
    rounds = list(Round.objects.order_by("pk"))
    broken = []
    for number, round_ in enumerate(rounds):
        progress("chains", number, len(rounds))
        head = Head(round_.head_length, round_.head_digest)
        fault = find_fault(read_log(round_, head), round_id=round_.log_name, head=head)
        if fault is not None:
            broken.append(BrokenLog(round_.log_name, fault))
    return broken
