"""What has to be done before a verdict is published, told by rooms that the verdicts do not know.

Such a room registers a precondition when its app is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from spreekruimte.ballots.models import Round

Precondition = Callable[[Round, datetime], str]
"""Says of a round that has ended, in one sentence, what is still to be done; nothing if all is."""

_registered: list[Precondition] = []


def register(precondition: Precondition) -> None:
    """Let no verdict be published before this is met."""
    if precondition not in _registered:
        _registered.append(precondition)


def find_unmet(round_: Round, *, now: datetime) -> list[str]:
    """Say what is still to be done before the verdict of a round is published."""
    return [unmet for precondition in _registered if (unmet := precondition(round_, now))]
