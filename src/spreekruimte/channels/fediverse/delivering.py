"""Bring what our actors did to the inboxes of others, each as often as it takes and no oftener.

A delivery waits in the database until its inbox has taken it. One server is asked for one thing a
second. What a server does not take for being busy or away is brought later and later, with all
else for that server; what it refuses is not brought again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction

from spreekruimte.channels.asking import ask
from spreekruimte.channels.fediverse.addresses import host_of
from spreekruimte.channels.fediverse.documents import MEDIA_TYPE, Document
from spreekruimte.channels.fediverse.models import Delivery, Follower, OwnActor
from spreekruimte.channels.fediverse.remote import Signer
from spreekruimte.outside import FetchError, Message

logger = logging.getLogger(__name__)

SECONDS = 10.0
AT_ONCE = 8
MOST_ATTEMPTS = 12
SHORTEST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=12)
LEASE = timedelta(minutes=2)
_LOOKED_AT = 500
_BUSY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def order_deliveries(
    *, actor: OwnActor, activity: Document, inboxes: Iterable[str], now: datetime
) -> None:
    """Have an activity brought to inboxes, within the transaction in which it came about."""
    content = json.dumps(activity, ensure_ascii=False)
    Delivery.objects.bulk_create(
        Delivery(actor=actor, inbox=inbox, host=host_of(inbox), activity=content, due_at=now)
        for inbox in dict.fromkeys(inboxes)
    )


def deliver_next(*, now: datetime, draw: Callable[[], float]) -> int:
    """Bring the next delivery that is due to each server; give how many were taken.

    Parameters
    ----------
    draw
        Gives a number from 0 to 1, so that servers that were away are not all asked at once.
    """
    deliveries = _lease_due(now)
    if not deliveries:
        return 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda delivery: _bring(delivery, now), deliveries))
    for delivery, status in zip(deliveries, statuses, strict=True):
        _settle(delivery, status, now, draw())
    return sum(_is_taken(status) for status in statuses)


def _lease_due(now: datetime) -> list[Delivery]:
    due = Delivery.objects.filter(due_at__lte=now)
    if not due.exists():
        return []
    with transaction.atomic():
        held = due.select_for_update(of=("self",), skip_locked=True).order_by("pk")
        first: dict[str, Delivery] = {}
        for delivery in held.select_related("actor__organisation")[:_LOOKED_AT]:
            first.setdefault(delivery.host, delivery)
        # Whoever comes meanwhile leaves these alone; if this process ends, they are due again.
        Delivery.objects.filter(pk__in=[each.pk for each in first.values()]).update(
            due_at=now + LEASE
        )
    return list(first.values())


def _bring(delivery: Delivery, now: datetime) -> int:
    """Give what the server answered; 0 where it did not."""
    body = delivery.activity.encode()
    headers = Signer(delivery.actor, now).sign("POST", delivery.inbox, body)
    message = Message("POST", headers | {"Content-Type": MEDIA_TYPE}, body)
    try:
        return ask(delivery.inbox, message, seconds=SECONDS).status
    except FetchError:
        return 0


@transaction.atomic
def _settle(delivery: Delivery, status: int, now: datetime, drawn: float) -> None:
    if status in _GONE:
        Delivery.objects.filter(inbox=delivery.inbox).delete()
        Follower.objects.filter(inbox=delivery.inbox).delete()
    elif status in _BUSY or status == 0 or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _put_off(delivery, now, drawn)
    else:
        if not _is_taken(status):
            logger.warning("A server of the fediverse refused %s: %d", delivery, status)
        delivery.delete()


def _put_off(delivery: Delivery, now: datetime, drawn: float) -> None:
    delivery.attempts += 1
    if delivery.attempts >= MOST_ATTEMPTS:
        logger.warning("A server of the fediverse does not answer: %s is given up", delivery)
        delivery.delete()
        return
    pause = min(SHORTEST_PAUSE * 2 ** (delivery.attempts - 1), LONGEST_PAUSE)
    delivery.due_at = now + pause * (0.75 + drawn / 2)
    delivery.save(update_fields=["attempts", "due_at"])
    # What is for the same server waits with it, and stays in its order.
    Delivery.objects.filter(host=delivery.host, due_at__lt=delivery.due_at).update(
        due_at=delivery.due_at
    )


def _is_taken(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def waiting_deliveries(actor: OwnActor) -> Sequence[Delivery]:
    """Give what an actor of ours has not brought yet, the oldest first."""
    return list(actor.deliveries.order_by("pk"))
