"""What the worker does between tasks: see what is to be measured anew, and have it done."""

from __future__ import annotations

from datetime import datetime, timedelta

from spreekruimte.ophef.actions.measuring import give_up_silent, start_measuring
from spreekruimte.ophef.queries.measurements import incidents_to_measure
from spreekruimte.ophef.tasks import compare, measure
from spreekruimte.organisations.models import Organisation

# While signals keep coming in, an incident is measured no more often than this.
BETWEEN_MEASUREMENTS = timedelta(minutes=10)

_seen: dict[int, int] = {}


def refresh_measurements(now: datetime) -> int:
    """Have the incidents measured whose signals changed; give how many.

    An incident is due when it has stood still from one call to the next, and was not measured for
    a while. To be called every few seconds.
    """
    give_up_silent(now=now)
    due = 0
    for each in incidents_to_measure():
        incident = each.incident
        is_quiet = _seen.get(incident.pk) == incident.revision
        _seen[incident.pk] = incident.revision
        is_recent = each.measured_at and now - each.measured_at < BETWEEN_MEASUREMENTS
        if is_quiet and not is_recent and start_measuring(incident=incident, now=now):
            measure.enqueue(incident.pk)
            due += 1
    return due


def order_comparisons() -> None:
    """Have all incidents compared, and those of each organisation, as far as they changed."""
    compare.enqueue(None)
    for organisation in Organisation.objects.filter(incidents__isnull=False).distinct():
        compare.enqueue(organisation.pk)
