"""What moderators have before them, and what everybody can read of what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from spreekruimte.analysis.duplicates import find_pairs
from spreekruimte.ballots.actions.moderating import hidden_by, hidden_state, mark_text
from spreekruimte.ballots.models import ModerationEntry, Reason, Round
from spreekruimte.ballots.reason_states import (
    FOUR_EYES,
    GROUND_NAMES,
    Deed,
    Ground,
    State,
    deeds_from,
)
from spreekruimte.ballots.wording import suspect
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Phrase
from spreekruimte.organisations.models import Actor, Organisation

SIZE = 20
Part = Literal["waiting", "appealed", "shown", "hidden", "merged"]
_HIDDEN, _APPEAL = Reason.State.HIDDEN, ModerationEntry.Act.APPEAL
_PARTS: Mapping[Part, Q] = MappingProxyType(
    {
        "waiting": Q(state=Reason.State.WAITING),
        "appealed": Q(state=_HIDDEN, last_act=_APPEAL),
        "shown": Q(state=Reason.State.SHOWN),
        "hidden": Q(state=_HIDDEN) & ~Q(last_act=_APPEAL),
        "merged": Q(state=Reason.State.MERGED),
    }
)
# Who waits longest comes first; of the others, what came last.
_FIRST_COME: frozenset[Part] = frozenset({"waiting", "appealed"})


@dataclass(frozen=True, slots=True)
class Alike:
    """A reason that is shown and says nearly the same."""

    id: int
    content: str
    language: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A reason as moderators see it: no author, no votes.

    Attributes
    ----------
    mark
        Of the text, for the decision about it.
    deeds
        What this moderator can do with it.
    findings
        What in it seems to lead to a person.
    alike
        Reasons that it could be taken together with.
    """

    reason: Reason
    state: State
    mark: str
    deeds: tuple[Deed, ...]
    findings: tuple[str, ...]
    alike: tuple[Alike, ...]

    @property
    def has_buttons(self) -> bool:
        """Whether something can be done with it that needs no further answer."""
        return not {"hide", "merge"}.issuperset(self.deeds)


@dataclass(frozen=True, slots=True)
class Queue:
    """Some of the reasons in one state; `beyond` is where the next ones begin, if there are."""

    part: Part
    reasons: Sequence[Queued]
    beyond: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the public log."""

    entry: ModerationEntry
    round_number: int
    ground: Phrase | None


def queue_of(
    organisation: Organisation, part: Part, *, moderator: Actor, beyond: int | None = None
) -> Queue:
    """Return reasons of an organisation in one state, from where the page before ended."""
    order = "pk" if part in _FIRST_COME else "-pk"
    found = _reasons_of(organisation).filter(_PARTS[part])
    if beyond is not None:
        found = found.filter(pk__gt=beyond) if order == "pk" else found.filter(pk__lt=beyond)
    page = list(found.select_related("round__case", "merged_into").order_by(order)[: SIZE + 1])
    rest, page = page[SIZE:], page[:SIZE]
    return Queue(part, _view(page, moderator), page[-1].pk if rest else None)


def count_parts(organisation: Organisation) -> Mapping[Part, int]:
    """Return how many reasons of an organisation there are in each state."""
    reasons = _reasons_of(organisation)
    return {part: reasons.filter(chosen).count() for part, chosen in _PARTS.items()}


def log_of(case: Case, *, before: int | None, size: int) -> list[Line]:
    """Return what moderators did in the rounds of a case, the latest first."""
    numbers = dict(Round.objects.filter(case=case).values_list("pk", "number"))
    entries = ModerationEntry.objects.filter(round_id__in=numbers)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return [
        Line(
            entry,
            numbers[entry.round_id],
            GROUND_NAMES[cast(Ground, entry.ground)] if entry.ground else None,
        )
        for entry in entries.order_by("-pk")[:size]
    ]


def _reasons_of(organisation: Organisation) -> QuerySet[Reason]:
    acts = ModerationEntry.objects.filter(reason_id=OuterRef("pk")).order_by("-pk").values("act")
    return Reason.objects.filter(round__case__organisation=organisation).annotate(
        last_act=Coalesce(Subquery(acts[:1]), Value(""))
    )


def _view(page: Sequence[Reason], moderator: Actor) -> list[Queued]:
    hiders = hidden_by([reason.pk for reason in page])
    alike = _find_alike(page)
    return [
        Queued(
            reason=reason,
            state=(state := _state_of(reason)),
            mark=mark_text(reason.content),
            deeds=tuple(
                deed
                for deed in deeds_from(state)
                if (state, deed) not in FOUR_EYES or hiders.get(reason.pk) != moderator
            ),
            findings=tuple(finding.found for finding in suspect(reason.content)),
            alike=alike.get(reason.pk, ()),
        )
        for reason in page
    ]


def _state_of(reason: Reason) -> State:
    if reason.state == _HIDDEN:
        return hidden_state(cast(str, getattr(reason, "last_act")))  # noqa: B009
    return cast(State, reason.state)


def _find_alike(page: Iterable[Reason]) -> dict[int, tuple[Alike, ...]]:
    """Find what each reason could be taken together with: what is shown and looks like it."""
    rounds = Counter(reason.round_id for reason in page if "merge" in deeds_from(_state_of(reason)))
    found: dict[int, tuple[Alike, ...]] = {}
    states = [Reason.State.WAITING, Reason.State.SHOWN]
    for round_id in rounds:
        texts = list(Reason.objects.filter(round=round_id, state__in=states).order_by("pk"))
        for pair in find_pairs([reason.content for reason in texts]):
            first, second = texts[pair.first], texts[pair.second]
            for one, other in ((first, second), (second, first)):
                if other.state == Reason.State.SHOWN:
                    as_seen = Alike(other.pk, other.content, other.language)
                    found[one.pk] = (*found.get(one.pk, ()), as_seen)
    return found
