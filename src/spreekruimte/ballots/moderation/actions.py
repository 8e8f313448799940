"""What every decision of a moderator takes, whatever kind of text it is about.

Each kind has actions of its own, which store what follows; they ask here what that is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar, cast

from django.db import models
from django.utils.functional import Promise

from spreekruimte.ballots.moderation.states import (
    FOUR_EYES,
    Deed,
    Ground,
    Move,
    MoveError,
    State,
    StateTable,
)
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

# Of the three states in which a text is stored as hidden, the log of moderation tells which.
_HIDDEN: Mapping[str, State] = {"appeal": "appealed", "uphold": "upheld"}


class Text(Protocol):
    """What moderators look after, as it is stored."""

    pk: Any
    content: Any
    state: Any


T = TypeVar("T", bound=Text)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text, in all in which kinds differ.

    Attributes
    ----------
    name
        Of one of them, in the audit trail and in the log of moderation.
    table
        Its states and moves.
    log
        The entries of its log of moderation.
    one
        What a text is called, with a place for ``%(id)s``.
    absent, changed, own_appeal, groundless
        Sentences that refuse: there is no such text; it changed since it was seen, with a place
        for ``%(number)d``; who hid it decides about the appeal; no ground was chosen.
    """

    name: Literal["reason", "message"]
    table: StateTable
    log: models.Manager[Any]
    one: Promise
    absent: Promise
    changed: Promise
    own_appeal: Promise
    groundless: Promise

    def entries_of(self, text: object) -> models.QuerySet[Any]:
        """Give the log of one text, the latest entry first."""
        return self.log.filter(**{f"{self.name}_id": text}).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides about one text.

    Attributes
    ----------
    text_id
        The number of the reason, or of the message.
    seen
        The mark of the text that the moderator saw, so that nobody decides on another one.
    ground
        Why, for hiding.
    into_id
        The reason that stands for both, for a merge.
    """

    text_id: int
    move: Deed
    seen: str
    ground: Ground | None = None
    into_id: int | None = None

    @property
    def kept_ground(self) -> str:
        """The ground as it is kept: of hiding alone."""
        return (self.ground or "") if self.move == "hide" else ""


def mark_text(content: str) -> str:
    """Give what tells this text from another one."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def state_of(kind: Kind, text: Text) -> State:
    """Give the state of a text, as far as the log of moderation tells it."""
    if text.state != "hidden":
        return cast(State, str(text.state))
    return hidden_state(kind.entries_of(text.pk).values_list("act", flat=True).first())


def hidden_state(last_act: str | None) -> State:
    """Give the state of a text that is stored as hidden, from the last act upon it."""
    return _HIDDEN.get(last_act or "", "hidden")


def stored_state(state: State) -> str:
    """Give what is stored of a state."""
    return "hidden" if state in _HIDDEN.values() else state


def hidden_by(kind: Kind, text_ids: Collection[int]) -> dict[int, str]:
    """Give who hid each of these texts last, as the audit trail names them."""
    entries = AuditEntry.objects.filter(
        kind=kind.name, action=f"hide_{kind.name}", identifier__in=map(str, text_ids)
    )
    # The last one of each text stays.
    return {
        int(identifier): actor
        for identifier, actor in entries.order_by("pk").values_list("identifier", "actor")
    }


def expect_seen(kind: Kind, text: T | None, seen: str) -> T:
    """Give a text, if it is there and is the one that a moderator saw.

    Raises
    ------
    RefusedError
        If it is not.
    """
    if text is None:
        raise RefusedError(str(kind.absent))
    if mark_text(text.content) != seen:
        raise RefusedError(str(kind.changed) % {"number": text.pk})
    return text


def move_on(kind: Kind, state: State, move: Move) -> State:
    """Give the state after a move.

    Raises
    ------
    RefusedError
        If the move is not allowed.
    """
    try:
        return kind.table.next_state(state, move)
    except MoveError as error:
        raise RefusedError(str(error.sentence)) from error


def decide(kind: Kind, text: Text, decision: Decision, actor: Actor) -> State:
    """Give the state that a decision leads to.

    Raises
    ------
    RefusedError
        If somebody else has decided meanwhile, hiding has no ground, or the moderator who hid a
        text decides about the appeal.
    """
    state = state_of(kind, text)
    after = move_on(kind, state, decision.move)
    if (state, decision.move) in FOUR_EYES and hidden_by(kind, [text.pk]).get(text.pk) == actor:
        raise RefusedError(str(kind.own_appeal))
    if decision.move == "hide" and decision.ground is None:
        raise RefusedError(str(kind.groundless))
    return after


def record_deed(
    kind: Kind,
    decision: Decision,
    *,
    organisation: Organisation,
    actor: Actor,
    now: datetime,
    **details: audit.Detail,
) -> None:
    """Keep in the audit trail what a moderator decided."""
    audit.record(
        actor=actor,
        action=f"{decision.move}_{kind.name}",
        kind=kind.name,
        identifier=decision.text_id,
        organisation=organisation,
        now=now,
        details={"ground": decision.kept_ground, **details},
    )
