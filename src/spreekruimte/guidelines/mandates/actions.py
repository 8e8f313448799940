"""Every change to mandates: write the draft, publish it as a version that stays.

Whoever writes or publishes gives the digest of what was on the screen. If somebody else changed it
since, nothing is done.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.guidelines.mandates.cells import Cells, digest_cells, read_cells, write_cells
from spreekruimte.guidelines.mandates.models import MandateDraft, MandateVersion
from spreekruimte.guidelines.mandates.queries import drafted_cells, latest_version
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def write_mandates(
    *, organisation: Organisation, cells: Cells, seen: str, actor: Actor, now: datetime
) -> MandateDraft:
    """Say anew how much room there is, in the draft.

    Parameters
    ----------
    cells
        All that are filled in.
    seen
        `cells.digest_cells` of the draft that was on the screen.

    Raises
    ------
    ValidationError
        If there is no such role, topic or room.
    RefusedError
        If somebody else changed the draft.
    """
    held = _hold(organisation, seen)
    written = write_cells(cells)
    read_cells(written)
    draft, _is_new = MandateDraft.objects.update_or_create(
        organisation=held, defaults={"cells": written}
    )
    _record(held, "write_mandates", actor=actor, now=now)
    return draft


@transaction.atomic
def publish_mandates(
    *, organisation: Organisation, seen: str, actor: Actor, now: datetime
) -> MandateVersion:
    """Publish the draft; from then on this is what holds.

    Raises
    ------
    RefusedError
        If somebody else changed the draft, it says nothing, or what the version before says.
    """
    held = _hold(organisation, seen)
    cells = write_cells(drafted_cells(held))
    if not cells:
        raise RefusedError(_("Fill in at least one cell first."))
    last = latest_version(held)
    if last is not None and last.cells == cells:
        raise RefusedError(_("Nothing differs from the version before."))
    version: MandateVersion = MandateVersion.objects.create(
        organisation=held,
        number=last.number + 1 if last else 1,
        cells=cells,
        published_at=now,
    )
    _record(held, "publish_mandates", actor=actor, now=now, version=version.number)
    return version


def _hold(organisation: Organisation, seen: str) -> Organisation:
    """Let nobody else change the mandates before this is done."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if digest_cells(drafted_cells(held)) != seen:
        raise RefusedError(
            _("Somebody else changed the mandates after you opened them. Nothing was changed.")
        )
    return held


def _record(
    organisation: Organisation, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="mandates",
        identifier=organisation.pk,
        organisation=organisation,
        now=now,
        details=details,
    )
