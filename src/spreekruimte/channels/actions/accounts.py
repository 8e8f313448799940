"""Connect an account of an organisation, and disconnect it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.channels.credentials import lock
from spreekruimte.channels.models import Account, Act
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

State = Account.State


@dataclass(frozen=True, slots=True)
class ConnectedAccount:
    """An account that has let us in.

    Attributes
    ----------
    server
        Its origin, as ``https://social.example``.
    identifier
        What the network knows it by, for good.
    name
        As people see it there.
    """

    network: str
    server: str
    identifier: str
    name: str
    address: str
    credentials: Mapping[str, str] = field(repr=False)


@transaction.atomic
def connect_account(
    *, organisation: Organisation, connected: ConnectedAccount, actor: Actor, now: datetime
) -> Account:
    """Let questions be asked by an account; one that was connected before is so again.

    Raises
    ------
    RefusedError
        If it belongs to another organisation.
    """
    known = Account.objects.select_for_update().filter(
        network=connected.network, server=connected.server, identifier=connected.identifier
    )
    account = known.first() or Account(
        network=connected.network, server=connected.server, identifier=connected.identifier
    )
    if account.pk and account.organisation_id != organisation.pk:
        raise RefusedError(_("This account belongs to another organisation."))
    account.organisation = organisation
    account.name, account.address = connected.name, connected.address
    account.credentials, account.state = lock(connected.credentials), State.CONNECTED
    account.connected_at = account.answered_at = now
    account.problem = ""
    account.save()
    _record(account, "connect_account", actor, now)
    return account


@transaction.atomic
def disconnect_account(*, account: Account, actor: Actor, now: datetime) -> Account:
    """Forget what lets us in. What was posted stays there; what waits is taken back.

    Raises
    ------
    RefusedError
        If it is disconnected already.
    """
    held = Account.objects.select_for_update().get(pk=account.pk)
    if held.state == State.DISCONNECTED:
        raise RefusedError(_("This account is disconnected already."))
    held.state, held.credentials = State.DISCONNECTED, ""
    held.save(update_fields=["state", "credentials"])
    waiting = Act.objects.filter(publication__account=held, state=Act.State.WAITING)
    waiting.update(state=Act.State.STOPPED)
    _record(held, "disconnect_account", actor, now)
    return held


def note_signed_out(*, account: Account, problem: str) -> None:
    """Keep that a server does not know us any more: nothing is asked until an editor connects."""
    connected = Account.objects.filter(pk=account.pk, state=State.CONNECTED)
    connected.update(state=State.SIGNED_OUT, problem=problem[:200])


def note_answered(*, account: Account, now: datetime) -> None:
    """Keep that the server did what it was asked for."""
    Account.objects.filter(pk=account.pk).update(answered_at=now, problem="")


def note_problem(*, account: Account, problem: str) -> None:
    """Keep what went wrong with the server last."""
    Account.objects.filter(pk=account.pk).update(problem=problem[:200])


def _record(account: Account, action: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="channel_account",
        identifier=account.pk,
        organisation=account.organisation,
        now=now,
        details={"network": account.network, "server": account.server},
    )
