"""Let an organisation ask by an actor of its own."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from spreekruimte.channels.actions.accounts import ConnectedAccount, connect_account
from spreekruimte.channels.fediverse.activities import NAME
from spreekruimte.channels.fediverse.actors import ensure_actor
from spreekruimte.channels.fediverse.addresses import handle_of
from spreekruimte.channels.fediverse.documents import actor_address
from spreekruimte.channels.models import Account
from spreekruimte.organisations.models import Actor, Organisation


@transaction.atomic
def connect_own_actor(*, organisation: Organisation, actor: Actor, now: datetime) -> Account:
    """Connect the actor of an organisation as an account, and make it where there is none yet."""
    own = ensure_actor(organisation=organisation, actor=actor, now=now)
    address = actor_address(own)
    connected = ConnectedAccount(
        network=NAME,
        server=settings.ADDRESS.origin,
        identifier=address,
        name=handle_of(organisation.slug),
        address=address,
        # Its keys let us in, which stay here whatever is disconnected.
        credentials={},
    )
    return connect_account(organisation=organisation, connected=connected, actor=actor, now=now)
