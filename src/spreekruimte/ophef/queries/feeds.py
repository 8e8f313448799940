"""The feeds of an organisation, and the items that an editor is asked about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from spreekruimte.ophef.models import Feed, FeedItem, Incident
from spreekruimte.organisations.models import Organisation

Decision = FeedItem.Decision


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items of an incident wait for an editor."""

    incident: Incident
    count: int


def feeds_of(organisation: Organisation) -> list[Feed]:
    """Give the feeds of an organisation, the newest first."""
    found = Feed.objects.filter(organisation=organisation).select_related("outlet")
    return list(found.order_by("-pk"))


def incidents_with_items(organisation: Organisation) -> list[Waiting]:
    """Give the open incidents for which items wait, the newest first."""
    waits = Count("feed_items", filter=Q(feed_items__decision=Decision.UNDECIDED))
    found = Incident.objects.filter(organisation=organisation, closed_at__isnull=True)
    counted = found.annotate(waiting=waits).filter(waiting__gt=0).order_by("-pk")
    return [Waiting(incident, incident.waiting) for incident in counted]


def count_waiting(incident: Incident) -> int:
    """Count the items of an incident that wait for an editor."""
    return incident.feed_items.filter(decision=Decision.UNDECIDED).count()


def items_of(
    incident: Incident, *, is_decided: bool, before: int | None, size: int
) -> list[FeedItem]:
    """Give items of an incident, the newest first, from below an id on."""
    decisions = (Decision.YES, Decision.NO) if is_decided else (Decision.UNDECIDED,)
    found = incident.feed_items.filter(decision__in=decisions)
    if before is not None:
        found = found.filter(pk__lt=before)
    related = found.select_related("feed__outlet", "signal__link")
    return list(related.order_by("-pk")[:size])
