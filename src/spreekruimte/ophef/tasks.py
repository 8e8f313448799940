"""Work in the background: reading files of signals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import IO, cast

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from spreekruimte.ophef.actions.importing import choose_columns, give_up, import_lines
from spreekruimte.ophef.actions.measuring import measure_incident, measuring, refresh_comparison
from spreekruimte.ophef.importing.mapping import ColumnMapping
from spreekruimte.ophef.models import Import, Incident
from spreekruimte.organisations.models import Organisation

# An import that is not heard of for so long has died with its worker.
PATIENCE = timedelta(seconds=60)
UNREAD_KEPT = timedelta(days=1)


@task()
def read(import_id: str) -> None:
    """Read the file of an import, unless another worker does."""
    now = timezone.now()
    silent = Q(state=Import.State.RUNNING, seen_at__lt=now - PATIENCE)
    mine = Import.objects.filter(Q(state=Import.State.WAITING) | silent, pk=import_id)
    if not mine.update(state=Import.State.RUNNING, seen_at=now):
        return
    imported = Import.objects.select_related("incident__organisation").get(pk=import_id)
    try:
        with default_storage.open(imported.path) as file:
            import_lines(imported=imported, file=cast("IO[bytes]", file.file), now=now)
    except FileNotFoundError:
        give_up(imported=imported, problem="gone")
    except Exception:
        give_up(imported=imported, problem="broken_off")
        raise
    finally:
        default_storage.delete(imported.path)


@task()
def measure(incident_id: int) -> None:
    """Measure an incident, unless nobody waits for that any more."""
    with measuring(incident_id) as is_mine:
        if is_mine:
            incident = Incident.objects.get(pk=incident_id)
            measure_incident(incident=incident, now=timezone.now())


@task()
def compare(organisation_id: int | None) -> None:
    """Compare the incidents of an organisation, or of all; nothing is done where none changed."""
    organisation = None
    if organisation_id is not None:
        organisation = Organisation.objects.get(pk=organisation_id)
    refresh_comparison(organisation=organisation, now=timezone.now())


def drop_unread(*, now: datetime) -> int:
    """Delete files of which nobody said in a day which column is what; give how many."""
    unread = list(Import.objects.filter(state=Import.State.NEW, created_at__lt=now - UNREAD_KEPT))
    for imported in unread:
        default_storage.delete(imported.path)
        imported.delete()
    return len(unread)


@transaction.atomic
def order_import(*, imported: Import, mapping: ColumnMapping, now: datetime) -> None:
    """Have a file read in the background, now that it is known which column is what.

    Raises
    ------
    RefusedError
        If the file is being read, or was.
    """
    choose_columns(imported=imported, mapping=mapping, now=now)
    read.enqueue(str(imported.pk))
