"""The states of a reason and the moves between them; drawn and told in ``docs/reason-states.md``.

A reason is stored as *hidden* in three of them: the last entry of the log of moderation tells
whether its author appealed, and whether it was then upheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

State = Literal["waiting", "shown", "hidden", "appealed", "upheld", "merged", "erased"]
Move = Literal["show", "hide", "restore", "merge", "separate", "appeal", "uphold", "erase"]
Deed = Literal["show", "hide", "restore", "merge", "separate", "uphold"]
"""The moves that a moderator makes."""
Ground = Literal[
    "names_person",
    "insults",
    "discriminates",
    "off_topic",
    "advertising",
    "duplicate",
    "unreadable",
    "criminal",
]

DEEDS: tuple[Deed, ...] = get_args(Deed)
GROUNDS: tuple[Ground, ...] = get_args(Ground)

STATE_NAMES: Mapping[State, Phrase] = MappingProxyType(
    {
        "waiting": Phrase(_("waits for a moderator")),
        "shown": Phrase(_("shown")),
        "hidden": Phrase(_("hidden")),
        "appealed": Phrase(_("hidden; the author appealed")),
        "upheld": Phrase(_("hidden, also after an appeal")),
        "merged": Phrase(_("taken together with another")),
        "erased": Phrase(_("erased by who wrote it")),
    }
)
GROUND_NAMES: Mapping[Ground, Phrase] = MappingProxyType(
    {
        "names_person": Phrase(_("names a person")),
        "insults": Phrase(_("insults")),
        "discriminates": Phrase(_("discriminates")),
        "off_topic": Phrase(_("is about something else")),
        "advertising": Phrase(_("advertises")),
        "duplicate": Phrase(_("says the same as another")),
        "unreadable": Phrase(_("cannot be understood")),
        "criminal": Phrase(_("may be criminal")),
    }
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("waiting", "show"): "shown",
        ("waiting", "hide"): "hidden",
        ("waiting", "merge"): "merged",
        ("shown", "hide"): "hidden",
        ("shown", "merge"): "merged",
        ("hidden", "restore"): "shown",
        ("hidden", "appeal"): "appealed",
        ("appealed", "restore"): "shown",
        ("appealed", "uphold"): "upheld",
        ("upheld", "restore"): "shown",
        ("merged", "separate"): "shown",
        ("waiting", "erase"): "erased",
        ("shown", "erase"): "erased",
        ("hidden", "erase"): "erased",
        ("appealed", "erase"): "erased",
        ("upheld", "erase"): "erased",
        ("merged", "erase"): "erased",
    }
)
# After an appeal, another moderator decides than the one who hid the reason.
FOUR_EYES: frozenset[tuple[State, Move]] = frozenset(
    {("appealed", "restore"), ("appealed", "uphold")}
)


class MoveError(ValueError):
    """A move that a reason cannot make from the state it is in."""

    def __init__(self, state: State, move: Move) -> None:
        self.sentence = Sentence.of(
            _("This reason is now: {state}. That does not allow this step."),
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
