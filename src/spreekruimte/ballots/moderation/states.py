"""The states of what moderators look after, and the moves between them.

Each kind of text has a table of its own, which begins with what all have in common. A text is
stored as *hidden* in three of the states: the last entry of the log of moderation tells whether its
author appealed, and whether it was then upheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

State = Literal["waiting", "shown", "hidden", "appealed", "upheld", "merged", "erased"]
Move = Literal[
    "show", "hide", "restore", "merge", "separate", "appeal", "uphold", "erase", "revise"
]
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

STATES: tuple[State, ...] = get_args(State)
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
COMMON: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("waiting", "show"): "shown",
        ("waiting", "hide"): "hidden",
        ("shown", "hide"): "hidden",
        ("hidden", "restore"): "shown",
        ("hidden", "appeal"): "appealed",
        ("appealed", "restore"): "shown",
        ("appealed", "uphold"): "upheld",
        ("upheld", "restore"): "shown",
        ("waiting", "erase"): "erased",
        ("shown", "erase"): "erased",
        ("hidden", "erase"): "erased",
        ("appealed", "erase"): "erased",
        ("upheld", "erase"): "erased",
    }
)
# After an appeal, another moderator decides than the one who hid the text.
FOUR_EYES: frozenset[tuple[State, Move]] = frozenset(
    {("appealed", "restore"), ("appealed", "uphold")}
)


class MoveError(ValueError):
    """A move that a text cannot make from the state it is in."""

    def __init__(self, state: State, move: Move, template: str) -> None:
        self.sentence = Sentence.of(template, state=STATE_NAMES[state])
        super().__init__(f"{move} from {state}")


@dataclass(frozen=True, slots=True)
class StateTable:
    """Which move leads where, for one kind of text.

    Attributes
    ----------
    own
        The state after a move, by the state before it and the move, beside those that all kinds
        have in common.
    refusal
        A marked sentence for who tries another move, with a place for ``{state}``.
    """

    own: Mapping[tuple[State, Move], State]
    refusal: str

    @property
    def transitions(self) -> Mapping[tuple[State, Move], State]:
        """All of them: the state after a move, by the state before it and the move."""
        return {**COMMON, **self.own}

    @property
    def states(self) -> tuple[State, ...]:
        """The states that a text of this kind can be in."""
        found = {state for state, _move in self.transitions} | set(self.transitions.values())
        return tuple(state for state in STATES if state in found)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """The moves that a moderator can make with a text of this kind."""
        found = {move for _state, move in self.transitions}
        return tuple(deed for deed in DEEDS if deed in found)

    def next_state(self, state: State, move: Move) -> State:
        """Give the state after a move; raises MoveError where the move is not allowed."""
        try:
            return self.transitions[state, move]
        except KeyError:
            raise MoveError(state, move, self.refusal) from None

    def deeds_from(self, state: State) -> tuple[Deed, ...]:
        """Give what a moderator can do in a state, in one order."""
        return tuple(deed for deed in self.deeds if (state, deed) in self.transitions)


# Drawn and told in ``docs/reason-states.md``.
OF_REASONS = StateTable(
    own=MappingProxyType(
        {
            ("waiting", "merge"): "merged",
            ("shown", "merge"): "merged",
            ("merged", "separate"): "shown",
            ("merged", "erase"): "erased",
        }
    ),
    refusal=_("This reason is now: {state}. That does not allow this step."),
)
