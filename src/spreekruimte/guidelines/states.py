"""The states of a guideline and the moves between them; drawn in ``docs/guideline-states.md``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.sentences import mark as _

State = Literal["draft", "current", "revising", "withdrawn"]
Move = Literal["edit", "publish", "revise", "discard", "withdraw"]

FIRST: State = "draft"
STATE_NAMES: Mapping[State, Phrase] = MappingProxyType(
    {
        "draft": Phrase(_("a draft")),
        "current": Phrase(_("published")),
        "revising": Phrase(_("published, with a revision under way")),
        "withdrawn": Phrase(_("withdrawn")),
    }
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("draft", "edit"): "draft",
        ("draft", "publish"): "current",
        ("draft", "withdraw"): "withdrawn",
        ("current", "revise"): "revising",
        ("current", "withdraw"): "withdrawn",
        ("revising", "edit"): "revising",
        ("revising", "publish"): "current",
        ("revising", "discard"): "current",
        ("revising", "withdraw"): "withdrawn",
    }
)


def allows(state: State, move: Move) -> bool:
    """Tell whether a guideline in this state can make this move."""
    return (state, move) in TRANSITIONS
