"""The states of a message and the moves between them; drawn and told in ``docs/dialogue.md``.

They are those of a reason, but for two things: a message is not taken together with another, and
its author can revise it where it was written, after which a moderator looks at it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, cast, get_args

from spreekruimte.ballots import reason_states
from spreekruimte.ballots.reason_states import STATE_NAMES
from spreekruimte.cases.sentences import Sentence
from spreekruimte.cases.sentences import mark as _

State = Literal["waiting", "shown", "hidden", "appealed", "upheld", "erased"]
Move = Literal["show", "hide", "restore", "appeal", "uphold", "erase", "revise"]
Deed = Literal["show", "hide", "restore", "uphold"]

STATES: tuple[State, ...] = get_args(State)
DEEDS: tuple[Deed, ...] = get_args(Deed)

_OF_REASONS = cast(Mapping[tuple[State, Move], State], reason_states.TRANSITIONS)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (state, move): after
        for (state, move), after in _OF_REASONS.items()
        if state in STATES and after in STATES
    }
    | {(state, "revise"): "waiting" for state in STATES if state != "erased"}
)


class MoveError(ValueError):
    """A move that a message cannot make from the state it is in."""

    def __init__(self, state: State, move: Move) -> None:
        self.sentence = Sentence.of(
            _("This message is now: {state}. That does not allow this step."),
            state=STATE_NAMES[state],
        )
        super().__init__(f"{move} from {state}")


def next_state(state: State, move: Move) -> State:
    """Give the state after a move; raises MoveError where the move is not allowed."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise MoveError(state, move) from None


def deeds_from(state: State) -> tuple[Deed, ...]:
    """Give what a moderator can do in a state, in the order of the table."""
    possible = {move for start, move in TRANSITIONS if start == state}
    return tuple(deed for deed in DEEDS if deed in possible)
