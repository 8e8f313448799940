"""What all changes of an incident share: holding it, and the entry in the audit trail."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from spreekruimte.ophef.models import Incident
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


def hold_open(incident: Incident) -> Incident:
    """Let nobody else change an incident before this is done; it must be open.

    Raises
    ------
    RefusedError
        If the incident is closed.
    """
    held = Incident.objects.select_for_update().select_related(None).get(pk=incident.pk)
    if held.closed_at is not None:
        raise RefusedError(_("This incident is closed: nothing is added to it any more."))
    return held


def record(
    incident: Incident, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    """Add to the audit trail what was done to an incident."""
    audit.record(
        actor=actor,
        action=action,
        kind="incident",
        identifier=incident.pk,
        organisation=incident.organisation,
        now=now,
        details=details,
    )
