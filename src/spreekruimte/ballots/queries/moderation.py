"""What moderators have before them of reasons, and what everybody can read of what they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from spreekruimte.analysis.duplicates import find_pairs
from spreekruimte.ballots.actions.moderating import REASON
from spreekruimte.ballots.models import ModerationEntry, Reason, Round
from spreekruimte.ballots.moderation import queries
from spreekruimte.ballots.moderation.queries import Line, Queue, Queued
from spreekruimte.ballots.moderation.states import State
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Actor, Organisation


@dataclass(frozen=True, slots=True)
class Alike:
    """A reason that is shown and says nearly the same."""

    id: int
    content: str
    language: str


@dataclass(frozen=True, slots=True)
class QueuedReason:
    """A reason as moderators see it, with those that it could be taken together with."""

    look: Queued[Reason]
    alike: tuple[Alike, ...]


def queue_of(
    organisation: Organisation, part: State, *, moderator: Actor, beyond: int | None = None
) -> Queue[QueuedReason]:
    """Return reasons of an organisation in one part, from where the page before ended."""
    reasons = _reasons_of(organisation).select_related("round__case", "merged_into")
    found = queries.read_part(REASON, reasons, part, moderator=moderator, beyond=beyond)
    alike = _find_alike(found.texts)
    texts = [QueuedReason(look, alike.get(look.text.pk, ())) for look in found.texts]
    return Queue(part, texts, found.beyond)


def count_parts(organisation: Organisation) -> Mapping[State, int]:
    """Return how many reasons of an organisation there are in each part."""
    return queries.count_parts(REASON, _reasons_of(organisation))


def log_of(case: Case, *, before: int | None, size: int) -> list[Line]:
    """Return what moderators did in the rounds of a case, the latest first."""
    numbers = dict(Round.objects.filter(case=case).values_list("pk", "number"))
    entries = ModerationEntry.objects.filter(round_id__in=numbers)
    lines = queries.read_lines(REASON, entries, before=before, size=size)
    return [replace(line, round_number=numbers[line.entry.round_id]) for line in lines]


def _reasons_of(organisation: Organisation) -> QuerySet[Reason]:
    return Reason.objects.filter(round__case__organisation=organisation)


def _find_alike(looks: Iterable[Queued[Reason]]) -> dict[int, tuple[Alike, ...]]:
    """Find what each reason could be taken together with: what is shown and looks like it."""
    rounds = {look.text.round_id for look in looks if "merge" in look.deeds}
    found: dict[int, tuple[Alike, ...]] = {}
    states = [Reason.State.WAITING, Reason.State.SHOWN]
    for round_id in sorted(rounds):
        texts = list(Reason.objects.filter(round=round_id, state__in=states).order_by("pk"))
        for pair in find_pairs([reason.content for reason in texts]):
            first, second = texts[pair.first], texts[pair.second]
            for one, other in ((first, second), (second, first)):
                if other.state == Reason.State.SHOWN:
                    as_seen = Alike(other.pk, other.content, other.language)
                    found[one.pk] = (*found.get(one.pk, ()), as_seen)
    return found
