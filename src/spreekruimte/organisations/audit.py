"""Add to the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spreekruimte.organisations.models import Actor, AuditEntry, Organisation

Detail = str | int | bool | None | Sequence[str]


def record(
    *,
    actor: Actor,
    action: str,
    kind: str,
    identifier: int | str | UUID,
    organisation: Organisation | None,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Add what was done to the trail, within the transaction in which it is done.

    Parameters
    ----------
    actor : Actor
        Who does it: `User.actor` or `OPERATOR`.
    action : str
        The name of the function that does it.
    kind, identifier
        What it is done to; of a user, the pseudonym.
    organisation : Organisation or None
        In whose trail it stands; without one, only in that of the installation.
    now : datetime
        The moment, with its time zone.
    details : mapping, optional
        What else must be known later, free of personal data.

    Raises
    ------
    RuntimeError
        Outside a transaction: the change could stand without its entry.
    ValueError
        If a detail holds an e-mail address or the name of an account.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry stands or falls with a change: open a transaction first")
    details = dict(details or {})
    if any("@" in text for value in details.values() for text in _texts(value)):
        raise ValueError("an address or an account does not belong in the audit trail")
    AuditEntry.objects.create(
        at=now,
        organisation_id=organisation.pk if organisation else None,
        actor=actor,
        action=action,
        kind=kind,
        identifier=str(identifier),
        details=details,
    )


def _texts(value: Detail) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    return value if isinstance(value, Sequence) else []
