"""The states of a message and the moves between them; drawn and told in ``docs/dialogue.md``.

They are those of a reason, but for two things: a message is not taken together with another, and
its author can revise it where it was written, after which a moderator looks at it anew.
"""

from __future__ import annotations

from spreekruimte.ballots.moderation.states import COMMON, State, StateTable
from spreekruimte.cases.sentences import mark as _

_REVISED: dict[State, None] = dict.fromkeys(state for state, _move in COMMON)

OF_MESSAGES = StateTable(
    own={(state, "revise"): "waiting" for state in _REVISED},
    refusal=_("This message is now: {state}. That does not allow this step."),
)
