"""The states of a case and the moves between them; drawn and told in ``docs/case-states.md``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

State = Literal["draft", "in_check", "stopped", "ready", "open", "closed", "withdrawn", "protected"]
Move = Literal[
    "submit", "stop", "protect", "clear", "revise", "open", "close", "ask_again", "withdraw"
]

FIRST: State = "draft"
STATE_NAMES: Mapping[State, Phrase] = MappingProxyType(
    {
        "draft": Phrase(_("a draft")),
        "in_check": Phrase(_("in check")),
        "stopped": Phrase(_("stopped")),
        "ready": Phrase(_("ready to open")),
        "open": Phrase(_("open")),
        "closed": Phrase(_("closed")),
        "withdrawn": Phrase(_("withdrawn")),
        "protected": Phrase(_("protected")),
    }
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("draft", "submit"): "in_check",
        ("in_check", "stop"): "stopped",
        ("in_check", "protect"): "protected",
        ("in_check", "clear"): "ready",
        ("stopped", "revise"): "draft",
        ("ready", "revise"): "draft",
        ("ready", "stop"): "stopped",
        ("ready", "open"): "open",
        ("open", "stop"): "stopped",
        ("open", "close"): "closed",
        ("closed", "ask_again"): "in_check",
        ("draft", "withdraw"): "withdrawn",
        ("in_check", "withdraw"): "withdrawn",
        ("stopped", "withdraw"): "withdrawn",
        ("ready", "withdraw"): "withdrawn",
        ("open", "withdraw"): "withdrawn",
        ("closed", "withdraw"): "withdrawn",
        ("protected", "withdraw"): "withdrawn",
    }
)


class TransitionError(ValueError):
    """A move that a case cannot make from the state it is in."""

    def __init__(self, state: State, move: Move) -> None:
        self.state = state
        self.move = move
        self.sentence = Sentence.of(
            _("This case is {state}; that does not allow this step."), state=STATE_NAMES[state]
        )
        super().__init__(f"{move} from {state}")


def next_state(state: State, move: Move) -> State:
    """Give the state after a move; raises TransitionError where the move is not allowed."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise TransitionError(state, move) from None


def moves_from(state: State) -> tuple[Move, ...]:
    """Give the moves that a state allows, in the order of the table."""
    return tuple(move for start, move in TRANSITIONS if start == state)
