"""Actors of ours: made once for an organisation, and found again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spreekruimte.channels.fediverse.addresses import parts_of
from spreekruimte.channels.fediverse.keys import make_keys
from spreekruimte.channels.fediverse.models import OwnActor
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation


@transaction.atomic
def ensure_actor(*, organisation: Organisation, actor: Actor, now: datetime) -> OwnActor:
    """Give the actor of an organisation, which is made where it has none yet.

    Parameters
    ----------
    actor
        Who asks for it, as the audit trail names them.
    """
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    found = OwnActor.objects.select_related("organisation").filter(organisation=held).first()
    if found is not None:
        return found
    private, public = make_keys()
    made = OwnActor.objects.create(
        organisation=held, private_key=private, public_key=public, made_at=now
    )
    audit.record(
        actor=actor,
        action="ensure_actor",
        kind="fediverse_actor",
        identifier=made.pk,
        organisation=held,
        now=now,
    )
    return made


def find_actor(address: str) -> OwnActor | None:
    """Find an actor of ours by its address."""
    parts = parts_of(address, "actor")
    if parts is None:
        return None
    found = OwnActor.objects.select_related("organisation")
    return found.filter(organisation__slug=parts["slug"]).first()
