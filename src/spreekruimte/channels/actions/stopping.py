"""Stop everything that goes out, and let it go on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.channels.models import Stop
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def stop_everything(*, organisation: Organisation | None, actor: Actor, now: datetime) -> Stop:
    """Let nothing go out and nothing be read any more; what is under way may still end.

    Parameters
    ----------
    organisation
        Whose channels; None for all of the installation.

    Raises
    ------
    RefusedError
        If that is so already.
    """
    stop, is_new = Stop.objects.get_or_create(
        organisation=organisation, defaults={"stopped_at": now}
    )
    if not is_new:
        raise RefusedError(_("Everything is stopped already."))
    _record("stop_everything", organisation, actor, now)
    return stop


@transaction.atomic
def resume(*, organisation: Organisation | None, actor: Actor, now: datetime) -> None:
    """Let it go on: what waits goes out.

    Raises
    ------
    RefusedError
        If it was not stopped.
    """
    count, _rows = Stop.objects.filter(organisation=organisation).delete()
    if not count:
        raise RefusedError(_("Nothing is stopped."))
    _record("resume", organisation, actor, now)


def _record(action: str, organisation: Organisation | None, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="channels",
        identifier=organisation.pk if organisation else "all",
        organisation=organisation,
        now=now,
    )
