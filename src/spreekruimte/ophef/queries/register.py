"""The register of an incident, page by page. No page counts or sorts all signals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from spreekruimte.ophef.models import Act, Import, Incident, Kind, Signal, Tally
from spreekruimte.organisations.models import Organisation

PAGE = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the register: just after this signal, the newest first."""

    at: datetime
    id: int


def incidents_of(organisation: Organisation, *, before: int | None, size: int) -> list[Incident]:
    """Give incidents of an organisation, the newest first, from below an id on."""
    found = Incident.objects.filter(organisation=organisation).select_related("case")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[:size])


def open_incidents(organisation: Organisation) -> list[Incident]:
    """Give the incidents that signals can be added to, the newest first."""
    found = Incident.objects.filter(organisation=organisation, closed_at__isnull=True)
    return list(found.order_by("-pk"))


def signals_of(
    incident: Incident, *, kind: str = "", after: Place | None = None, size: int = PAGE
) -> list[Signal]:
    """Give signals of an incident, the newest first, withdrawn ones too.

    Parameters
    ----------
    kind
        Of which kind; all without one.
    after
        The last one on the page before.
    """
    found = Signal.objects.filter(incident=incident)
    if kind:
        found = found.filter(kind=kind)
    if after is not None:
        # The first condition alone lets the index be entered at the right place.
        found = found.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(pk__lt=after.id))
    related = found.select_related("outlet", "link", "withdrawal")
    return list(related.order_by("-at", "-pk")[:size])


def counts_of(incident: Incident) -> list[tuple[Kind, int]]:
    """Give how many signals of each kind count, in the order of the kinds."""
    counts = dict(Tally.objects.filter(incident=incident).values_list("kind", "count"))
    return [(kind, counts[kind]) for kind in Kind if counts.get(kind)]


def acts_of(incident: Incident) -> list[Act]:
    """Give what the employer did, the newest first, without what was withdrawn."""
    return list(incident.acts.filter(withdrawn_at__isnull=True).order_by("-on", "-pk"))


def imports_of(incident: Incident, *, size: int) -> list[Import]:
    """Give the latest imports of an incident."""
    return list(incident.imports.order_by("-created_at")[:size])
