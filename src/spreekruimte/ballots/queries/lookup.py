"""Find the ballot of a receipt in the logs."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.models import LogEntry, Round
from spreekruimte.ballots.receipts import mark_of


@dataclass(frozen=True, slots=True)
class Found:
    """Where the ballot of a receipt stands.

    Attributes
    ----------
    position
        The line of the log.
    is_erased
        Whether a later line says that its content is gone.
    """

    round: Round
    position: int
    is_erased: bool


def find_receipt(receipt: str) -> Found | None:
    """Return where the ballot of a receipt stands; None if no log has it.

    Raises
    ------
    MistypedError
        If the text is no receipt.
    """
    entry = LogEntry.objects.filter(receipt=mark_of(receipt)).select_related("round__case").first()
    if entry is None:
        return None
    erasures = LogEntry.objects.filter(round=entry.round, concerns=entry.position)
    return Found(entry.round, entry.position, erasures.exists())
