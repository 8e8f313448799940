"""What moderators have before them of messages, and what everybody can read of what they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from spreekruimte.ballots.actions.moderating import mark_text
from spreekruimte.ballots.reason_states import FOUR_EYES, GROUND_NAMES, Ground
from spreekruimte.ballots.wording import suspect
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Phrase
from spreekruimte.dialogue.actions.moderating import hidden_by, state_of
from spreekruimte.dialogue.message_states import Deed, State, deeds_from
from spreekruimte.dialogue.models import Message, MessageModeration
from spreekruimte.organisations.models import Actor, Organisation

SIZE = 20
Part = Literal["waiting", "appealed", "shown", "hidden"]
_HIDDEN, _APPEAL = Message.State.HIDDEN, MessageModeration.Act.APPEAL
_PARTS: Mapping[Part, Q] = MappingProxyType(
    {
        "waiting": Q(state=Message.State.WAITING),
        "appealed": Q(state=_HIDDEN, last_act=_APPEAL),
        "shown": Q(state=Message.State.SHOWN),
        "hidden": Q(state=_HIDDEN) & ~Q(last_act=_APPEAL),
    }
)
# Who waits longest comes first; of the others, what came last.
_FIRST_COME: frozenset[Part] = frozenset({"waiting", "appealed"})


@dataclass(frozen=True, slots=True)
class Queued:
    """A message as moderators see it: no author, no votes.

    Attributes
    ----------
    mark
        Of the text, for the decision about it.
    deeds
        What this moderator can do with it.
    findings
        What in it seems to lead to a person.
    may_become_reason
        Whether it can be turned into a reason now.
    """

    message: Message
    state: State
    mark: str
    deeds: tuple[Deed, ...]
    findings: tuple[str, ...]
    may_become_reason: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """Some of the messages in one state; `beyond` is where the next ones begin, if there are."""

    part: Part
    messages: Sequence[Queued]
    beyond: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the public log."""

    entry: MessageModeration
    ground: Phrase | None


def queue_of(
    organisation: Organisation, part: Part, *, moderator: Actor, beyond: int | None = None
) -> Queue:
    """Return messages of an organisation in one state, from where the page before ended."""
    order = "pk" if part in _FIRST_COME else "-pk"
    found = _messages_of(organisation).filter(_PARTS[part])
    if beyond is not None:
        found = found.filter(pk__gt=beyond) if order == "pk" else found.filter(pk__lt=beyond)
    page = list(found.select_related("case", "parent").order_by(order)[: SIZE + 1])
    rest, page = page[SIZE:], page[:SIZE]
    hiders = hidden_by([message.pk for message in page])
    views = [_view(message, is_hider=hiders.get(message.pk) == moderator) for message in page]
    return Queue(part, views, page[-1].pk if rest else None)


def count_parts(organisation: Organisation) -> Mapping[Part, int]:
    """Return how many messages of an organisation there are in each state."""
    messages = _messages_of(organisation)
    return {part: messages.filter(chosen).count() for part, chosen in _PARTS.items()}


def message_for_moderator(organisation: Organisation, message_id: int) -> Message | None:
    """Return a message of an organisation, if there is one of this number."""
    found = Message.objects.filter(pk=message_id, case__organisation=organisation)
    return found.select_related("case").first()


def log_of(case: Case, *, before: int | None, size: int) -> list[Line]:
    """Return what moderators did with the messages of a case, the latest first."""
    entries = MessageModeration.objects.filter(case_id=case.pk)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return [
        Line(entry, GROUND_NAMES[cast(Ground, entry.ground)] if entry.ground else None)
        for entry in entries.order_by("-pk")[:size]
    ]


def _messages_of(organisation: Organisation) -> QuerySet[Message]:
    acts = MessageModeration.objects.filter(message_id=OuterRef("pk")).order_by("-pk")
    return Message.objects.filter(case__organisation=organisation).annotate(
        last_act=Coalesce(Subquery(acts.values("act")[:1]), Value(""))
    )


def _view(message: Message, is_hider: bool) -> Queued:
    state = state_of(message)
    is_shown, is_asked = state == "shown", message.case.state == "open"
    return Queued(
        message=message,
        state=state,
        mark=mark_text(message.content),
        deeds=tuple(
            deed for deed in deeds_from(state) if (state, deed) not in FOUR_EYES or not is_hider
        ),
        findings=tuple(finding.found for finding in suspect(message.content)),
        may_become_reason=is_shown and is_asked and message.reason_id is None,
    )
