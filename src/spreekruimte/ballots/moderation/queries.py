"""What moderators have before them of a kind of text, and what everybody can read of their acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from spreekruimte.ballots.moderation.actions import Kind, hidden_by, hidden_state, mark_text
from spreekruimte.ballots.moderation.states import (
    FOUR_EYES,
    GROUND_NAMES,
    Deed,
    Ground,
    State,
)
from spreekruimte.ballots.wording import suspect
from spreekruimte.cases.sentences import Phrase
from spreekruimte.organisations.models import Actor

SIZE = 20
_PARTS: Mapping[State, Q] = MappingProxyType(
    {
        "waiting": Q(state="waiting"),
        "appealed": Q(state="hidden", last_act="appeal"),
        "shown": Q(state="shown"),
        "hidden": Q(state="hidden") & ~Q(last_act="appeal"),
        "merged": Q(state="merged"),
    }
)
# Who waits longest comes first; of the others, what came last.
_FIRST_COME: frozenset[State] = frozenset({"waiting", "appealed"})

M = TypeVar("M", bound=Model)
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Queued(Generic[T_co]):
    """A text as moderators see it: no author, no votes.

    Attributes
    ----------
    name
        What it is called.
    mark
        Of the text, for the decision about it.
    deeds
        What this moderator can do with it.
    findings
        What in it seems to lead to a person.
    """

    text: T_co
    name: str
    state: State
    mark: str
    deeds: tuple[Deed, ...]
    findings: tuple[str, ...]

    @property
    def has_buttons(self) -> bool:
        """Whether something can be done with it that needs no further answer."""
        return not {"hide", "merge"}.issuperset(self.deeds)


@dataclass(frozen=True, slots=True)
class Queue(Generic[T_co]):
    """Some of the texts in one part; `beyond` is where the next ones begin, if there are."""

    part: State
    texts: Sequence[T_co]
    beyond: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the public log."""

    text_id: int
    entry: Any
    ground: Phrase | None
    round_number: int | None = None


def parts_of(kind: Kind) -> tuple[State, ...]:
    """Give the parts of a queue: each is a state, but for one of which upheld ones are part."""
    return tuple(part for part in _PARTS if part in kind.table.states)


def count_parts(kind: Kind, texts: QuerySet[M]) -> Mapping[State, int]:
    """Give how many of these texts there are in each part."""
    known = _with_last_act(kind, texts)
    return {part: known.filter(_PARTS[part]).count() for part in parts_of(kind)}


def read_part(
    kind: Kind, texts: QuerySet[M], part: State, *, moderator: Actor, beyond: int | None
) -> Queue[Queued[M]]:
    """Give some of these texts in one part, from where the page before ended."""
    order = "pk" if part in _FIRST_COME else "-pk"
    found = _with_last_act(kind, texts).filter(_PARTS[part])
    if beyond is not None:
        found = found.filter(pk__gt=beyond) if order == "pk" else found.filter(pk__lt=beyond)
    page = list(found.order_by(order)[: SIZE + 1])
    rest, page = page[SIZE:], page[:SIZE]
    hiders = hidden_by(kind, [text.pk for text in page])
    looks = [_look(kind, text, is_hider=hiders.get(text.pk) == moderator) for text in page]
    return Queue(part, looks, page[-1].pk if rest else None)


def read_lines(kind: Kind, entries: QuerySet[Any], *, before: int | None, size: int) -> list[Line]:
    """Give what moderators did, the latest first; rounds are left to who knows them."""
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return [
        Line(
            text_id=getattr(entry, f"{kind.name}_id"),
            entry=entry,
            ground=GROUND_NAMES[cast(Ground, entry.ground)] if entry.ground else None,
        )
        for entry in entries.order_by("-pk")[:size]
    ]


def _with_last_act(kind: Kind, texts: QuerySet[M]) -> QuerySet[Any]:
    acts = kind.entries_of(OuterRef("pk")).values("act")
    return texts.annotate(last_act=Coalesce(Subquery(acts[:1]), Value("")))


def _look(kind: Kind, text: Any, *, is_hider: bool) -> Queued[Any]:  # noqa: ANN401 - of its kind
    state = hidden_state(text.last_act) if text.state == "hidden" else cast(State, str(text.state))
    return Queued(
        text=text,
        name=str(kind.one) % {"id": text.pk},
        state=state,
        mark=mark_text(text.content),
        deeds=tuple(
            deed
            for deed in kind.table.deeds_from(state)
            if (state, deed) not in FOUR_EYES or not is_hider
        ),
        findings=tuple(finding.found for finding in suspect(text.content)),
    )
