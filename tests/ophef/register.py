"""A register of fuss for tests: incidents, signals and what they came from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.organisations.people import NOW, make_organisation

from spreekruimte.ophef.models import Incident, Kind, Signal, Source
from spreekruimte.organisations.models import Organisation

START = NOW - timedelta(days=30)


def make_incident(organisation: Organisation | None = None, **changes: object) -> Incident:
    given: dict[str, Any] = {
        "title_nl": "Een bericht over een plan",
        "title_en": "A post about a plan",
        "starts_at": START,
        "created_at": NOW,
        **changes,
    }
    return Incident.objects.create(organisation=organisation or make_organisation(), **given)


def make_signal(incident: Incident, key: str, at: datetime = NOW, **changes: object) -> Signal:
    given: dict[str, Any] = {"kind": Kind.CALL, "source": Source.HAND, **changes}
    signal: Signal = Signal.objects.create(
        organisation=incident.organisation,
        incident=incident,
        key=key,
        at=at,
        recorded_at=NOW,
        **given,
    )
    return signal
