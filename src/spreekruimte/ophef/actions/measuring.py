"""Measure what is in the register, and keep what came out. No figure goes on to a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from spreekruimte.ophef.measuring import comparing, figures
from spreekruimte.ophef.measuring.comparing import ComparedIncident
from spreekruimte.ophef.measuring.reading import read_signals, wall_of
from spreekruimte.ophef.models import Comparison, Incident, Measurement, Measuring
from spreekruimte.ophef.queries.measurements import (
    compared_incidents,
    latest_comparison,
    latest_measurement,
    shares_of,
)
from spreekruimte.organisations.models import Organisation

# Work that is not heard of for so long has died with its worker; what failed is tried again then.
# A million signals take some minutes, and say nothing meanwhile.
PATIENCE = timedelta(minutes=15)


def start_measuring(*, incident: Incident, now: datetime) -> bool:
    """Note that an incident waits to be measured; False where it does already."""
    try:
        with transaction.atomic():
            Measuring.objects.create(incident=incident, seen_at=now)
    except IntegrityError:
        return False
    return True


def give_up_silent(*, now: datetime) -> int:
    """Forget measuring that died with its worker, or failed a while ago; give how much."""
    return Measuring.objects.filter(seen_at__lt=now - PATIENCE).delete()[0]


@contextmanager
def measuring(incident_id: int) -> Iterator[bool]:
    """Tell whether an incident waits to be measured, and note how that ended."""
    waiting = Measuring.objects.filter(pk=incident_id, state=Measuring.State.WAITING)
    is_mine = bool(waiting.update(state=Measuring.State.READING, seen_at=timezone.now()))
    try:
        yield is_mine
    except BaseException:
        _note(incident_id, Measuring.State.FAILED)
        raise
    if is_mine:
        Measuring.objects.filter(pk=incident_id).delete()


def measure_incident(*, incident: Incident, now: datetime) -> Measurement:
    """Measure the signals of an incident as they are now, and keep what came out.

    Where this revision was measured already, that measurement is given.
    """
    held = Incident.objects.get(pk=incident.pk)
    latest = latest_measurement(held)
    if latest is not None and latest.revision == held.revision:
        return latest
    signals = read_signals(held)
    _note(held.pk, Measuring.State.MEASURING)
    start, end = wall_of(held.starts_at), _end_of(held, now)
    if len(signals):
        # Clocks differ, and a second has begun when it is written down.
        start, end = min(start, signals.times[0]), max(end, signals.times[-1])
    measurement = Measurement(
        incident=held,
        revision=held.revision,
        method=figures.METHOD,
        input_digest=figures.digest_signals(signals, start=start, end=end),
        figures=figures.measure_signals(signals, start=start, end=end),
        computed_at=now,
    )
    return _keep(measurement)


def refresh_comparison(*, organisation: Organisation | None, now: datetime) -> bool:
    """Compare the incidents of an organisation, or of all, where they changed; tell whether so."""
    incidents = compared_incidents(organisation)
    digest = comparing.digest_incidents(incidents)
    latest = latest_comparison(organisation)
    if latest is not None and latest.input_digest == digest:
        return False
    found = (
        comparing.predict_all(incidents)
        if organisation is None
        else comparing.compare_incidents(_add_shares(incidents))
    )
    with transaction.atomic():
        Comparison.objects.update_or_create(
            organisation=organisation,
            defaults={
                "method": comparing.METHOD,
                "input_digest": digest,
                "figures": found,
                "computed_at": now,
            },
        )
    return True


def _end_of(incident: Incident, now: datetime) -> float:
    """Give until when the incident was watched, by the clock on the wall."""
    ends = (incident.ends_at, incident.closed_at, now)
    return wall_of(min(end for end in ends if end is not None))


@transaction.atomic
def _keep(measurement: Measurement) -> Measurement:
    Incident.objects.select_for_update(no_key=True).get(pk=measurement.incident_id)
    earlier = Measurement.objects.filter(incident=measurement.incident)
    measurement.number = (earlier.aggregate(latest=Max("number"))["latest"] or 0) + 1
    measurement.save()
    return measurement


def _add_shares(incidents: Sequence[ComparedIncident]) -> list[ComparedIncident]:
    shares = shares_of({each.verdict for each in incidents if each.verdict})
    told = ((each, *shares.get(each.verdict, (None, None))) for each in incidents)
    return [replace(each, share=share, error=error) for each, share, error in told]


def _note(incident_id: int, state: Measuring.State) -> None:
    Measuring.objects.filter(pk=incident_id).update(state=state, seen_at=timezone.now())
