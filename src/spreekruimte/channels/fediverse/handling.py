"""Deal with what arrived: find out whether it is genuine, and do what follows from it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import transaction

from spreekruimte.channels.fediverse.activities import Activity, is_vote
from spreekruimte.channels.fediverse.actors import find_actor
from spreekruimte.channels.fediverse.addresses import host_of
from spreekruimte.channels.fediverse.arriving import Unsealed, unseal
from spreekruimte.channels.fediverse.authenticating import Finding, authenticate
from spreekruimte.channels.fediverse.counting import Choice, count_choices
from spreekruimte.channels.fediverse.following import add_follower, forget_account, remove_follower
from spreekruimte.channels.fediverse.models import Arrival, OwnActor
from spreekruimte.channels.fediverse.remote import RemoteError, Signer, fetch_inbox, identifier_of
from spreekruimte.channels.fediverse.replying import (
    take_replies_away,
    take_reply,
    take_reply_away,
    take_reply_changed,
)

logger = logging.getLogger(__name__)

AT_ONCE = 200
LEASE = timedelta(minutes=2)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long to wait before a key is asked for again, after each time; then what arrived is left."""


def process_arrivals(*, now: datetime) -> int:
    """Deal with what arrived and is due, the oldest first; give how many things it was."""
    arrivals = _lease_due(now)
    signer = _signer(now)
    if not arrivals or signer is None:
        return 0
    unsealed = _unseal_all(arrivals)
    sorted_out: dict[Finding, list[Unsealed]] = {finding: [] for finding in Finding}
    for each, finding in zip(unsealed, authenticate(unsealed, signer), strict=True):
        sorted_out[finding].append(each)
    _deal_with(sorted_out[Finding.GENUINE], signer)
    _drop([each.arrival for each in sorted_out[Finding.FORGED]])
    _put_off([each.arrival for each in sorted_out[Finding.UNKNOWN]], now)
    return len(arrivals)


def _lease_due(now: datetime) -> list[Arrival]:
    due = Arrival.objects.filter(due_at__lte=now)
    if not due.exists():
        return []
    with transaction.atomic():
        arrivals = list(due.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
        # Whoever comes meanwhile leaves these alone; if this process ends, they are due again.
        Arrival.objects.filter(pk__in=[each.pk for each in arrivals]).update(due_at=now + LEASE)
    return arrivals


def _signer(now: datetime) -> Signer | None:
    """Give in whose name other servers are asked: that we ask, whichever organisation it is."""
    actor = OwnActor.objects.select_related("organisation").order_by("pk").first()
    return Signer(actor, now) if actor else None


def _unseal_all(arrivals: Sequence[Arrival]) -> list[Unsealed]:
    unsealed = []
    for arrival in arrivals:
        try:
            unsealed.append(unseal(arrival))
        except (InvalidToken, ValueError):
            # The key of the installation was replaced, or the rules of what is taken.
            logger.warning("%s cannot be read any more", arrival)
            _drop([arrival])
    return unsealed


def _deal_with(genuine: Sequence[Unsealed], signer: Signer) -> None:
    votes = [each for each in genuine if is_vote(each.activity)]
    with transaction.atomic():
        count_choices([_choice(each) for each in votes])
        _drop([each.arrival for each in votes])
    for each in genuine:
        if not is_vote(each.activity):
            _follow_up(each, signer)


def _follow_up(unsealed: Unsealed, signer: Signer) -> None:
    try:
        inbox = _inbox_of(unsealed.activity, signer)
    except RemoteError as error:
        if error.may_help_later:
            _put_off([unsealed.arrival], signer.now)
        else:
            _drop([unsealed.arrival])
        return
    try:
        with transaction.atomic():
            _do(unsealed.activity, inbox, signer.now)
            _drop([unsealed.arrival])
    except Exception:
        # One thing that goes wrong here may not hold up what came after it.
        logger.exception("%s could not be dealt with", unsealed.arrival)
        _put_off([unsealed.arrival], signer.now)


def _inbox_of(activity: Activity, signer: Signer) -> str:
    """Ask where a new follower is told of things; whoever does anything else is not asked."""
    return fetch_inbox(activity.account, signer) if activity.kind == "Follow" else ""


def _do(activity: Activity, inbox: str, now: datetime) -> None:
    match activity.kind:
        case "Follow":
            _follow(activity, inbox, now)
        case "Undo" | "Block":
            _stop_following(activity)
        case "Create":
            take_reply(activity, now)
        case "Update":
            take_reply_changed(activity, now)
        case _ if activity.is_farewell:
            forget_account(account=activity.account)
            take_replies_away(activity.account, now)
        case _:
            take_reply_away(activity, now)


def _follow(activity: Activity, inbox: str, now: datetime) -> None:
    actor = find_actor(activity.thing_id)
    if actor is not None:
        add_follower(
            actor=actor, account=activity.account, inbox=inbox, follow=activity.document, now=now
        )


def _stop_following(activity: Activity) -> None:
    followed = activity.thing_id
    if activity.kind == "Undo":
        followed = identifier_of(activity.thing.get("object"))
    actor = find_actor(followed)
    if actor is not None:
        remove_follower(actor=actor, account=activity.account)


def _choice(unsealed: Unsealed) -> Choice:
    activity = unsealed.activity
    return Choice(
        key=activity.key_of_post,
        option=activity.thing["name"],
        account=activity.account,
        host=host_of(activity.account),
        given_at=unsealed.arrival.received_at,
    )


def _drop(arrivals: Sequence[Arrival]) -> None:
    Arrival.objects.filter(pk__in=[each.pk for each in arrivals]).delete()


@transaction.atomic
def _put_off(arrivals: Sequence[Arrival], now: datetime) -> None:
    for arrival in arrivals:
        if arrival.attempts >= len(PAUSES):
            arrival.delete()
            continue
        due_at = now + PAUSES[arrival.attempts]
        Arrival.objects.filter(pk=arrival.pk).update(attempts=arrival.attempts + 1, due_at=due_at)
        # What came from the same server waits with it: nobody is held up by one that is away.
        Arrival.objects.filter(server=arrival.server, due_at__lt=due_at).update(due_at=due_at)
