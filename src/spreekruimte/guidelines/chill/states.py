"""The states of a survey and the moves between them; drawn in ``docs/survey-states.md``.

A survey is answered while it is open, counted once it is closed, and then published. There is no
way back: who could open a survey again after seeing its results could wait for results that are
liked, and who answered would be known anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.sentences import mark as _

State = Literal["open", "closed", "published"]
Move = Literal["answer", "close", "publish"]

FIRST: State = "open"
STATE_NAMES: Mapping[State, Phrase] = MappingProxyType(
    {
        "open": Phrase(_("open")),
        "closed": Phrase(_("closed")),
        "published": Phrase(_("published")),
    }
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("open", "answer"): "open",
        ("open", "close"): "closed",
        ("closed", "publish"): "published",
    }
)


def allows(state: State, move: Move) -> bool:
    """Tell whether a survey in this state can make this move."""
    return (state, move) in TRANSITIONS
