"""An account as its network needs it."""

from __future__ import annotations

from collections.abc import Mapping

from spreekruimte.channels.credentials import lock, unlock
from spreekruimte.channels.models import Account
from spreekruimte.channels.network import Connection, Network
from spreekruimte.channels.registry import NETWORKS


def connection_of(account: Account) -> Connection:
    """Give a connected account, with what lets us in."""

    def keep(credentials: Mapping[str, str]) -> None:
        Account.objects.filter(pk=account.pk).exclude(state=Account.State.DISCONNECTED).update(
            credentials=lock(credentials)
        )

    return Connection(account.server, account.identifier, unlock(account.credentials), keep)


def network_of(account: Account) -> Network:
    """Give the network of an account."""
    return NETWORKS[account.network]
