"""Who follows an actor of ours, and who does not any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from spreekruimte.channels.fediverse.addresses import digests_of_account
from spreekruimte.channels.fediverse.delivering import order_deliveries
from spreekruimte.channels.fediverse.documents import accept, with_context
from spreekruimte.channels.fediverse.models import Follower, OwnActor


@transaction.atomic
def add_follower(
    *, actor: OwnActor, account: str, inbox: str, follow: Mapping[str, Any], now: datetime
) -> None:
    """Let an account follow an actor of ours, and tell it so; asked again, it is told again."""
    digest = digests_of_account(account)[0]
    remove_follower(actor=actor, account=account)
    Follower.objects.create(actor=actor, digest=digest, inbox=inbox, since=now)
    answer = with_context(accept(actor, follow, digest))
    order_deliveries(actor=actor, activity=answer, inboxes=[inbox], now=now)


@transaction.atomic
def remove_follower(*, actor: OwnActor, account: str) -> None:
    """Forget an account that follows no more, or wants nothing of us."""
    Follower.objects.filter(actor=actor, digest__in=digests_of_account(account)).delete()


@transaction.atomic
def forget_account(*, account: str) -> None:
    """Forget an account that is gone."""
    Follower.objects.filter(digest__in=digests_of_account(account)).delete()


def inboxes_of_followers(actor: OwnActor) -> list[str]:
    """Give where followers are told of things, each inbox once."""
    return list(actor.followers.order_by("inbox").values_list("inbox", flat=True).distinct())
