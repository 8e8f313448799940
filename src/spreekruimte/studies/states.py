"""The states of a study and the moves between them.

A study is designed as a draft, asked while it is open, estimated when it closes, and then
published. There is no way back: who could open a study again after seeing its results could wait
until chance gives the result that is liked.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreekruimte.organisations.refusals import RefusedError

State = Literal["draft", "open", "closed", "published"]
Move = Literal["edit", "open", "answer", "erase", "close", "publish"]

FIRST: State = "draft"
STATE_NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        "draft": gettext_lazy("a draft"),
        "open": gettext_lazy("open"),
        "closed": gettext_lazy("closed"),
        "published": gettext_lazy("published"),
    }
)
TRANSITIONS: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        ("draft", "edit"): "draft",
        ("draft", "open"): "open",
        ("open", "answer"): "open",
        ("open", "erase"): "open",
        ("open", "close"): "closed",
        ("closed", "publish"): "published",
    }
)


def next_state(state: State, move: Move) -> State:
    """Give the state after a move.

    Raises
    ------
    RefusedError
        If the state does not allow the move.
    """
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise RefusedError(
            _("This study is %(state)s; that does not allow this step.")
            % {"state": STATE_NAMES[state]}
        ) from None
