"""The states of a question about voices and the moves between them.

It is asked or it is closed, for good: who could ask again could wait until chance gives the answer
that is liked.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.sentences import mark as _

State = Literal["open", "closed"]
Move = Literal["answer", "close"]

FIRST: State = "open"
STATE_NAMES: Mapping[State, Phrase] = MappingProxyType(
    {"open": Phrase(_("open")), "closed": Phrase(_("closed"))}
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {("open", "answer"): "open", ("open", "close"): "closed"}
)


def allows(state: State, move: Move) -> bool:
    """Tell whether a question in this state can make this move."""
    return (state, move) in TRANSITIONS
