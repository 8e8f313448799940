"""Read what became of questions that were posted, and whether what is shown is still there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from spreekruimte.channels.actions.accounts import note_problem, note_signed_out
from spreekruimte.channels.actions.outbox import usable_accounts
from spreekruimte.channels.actions.reading import (
    claim_reading,
    missing_from,
    note_not_read,
    note_seen,
    retract,
    take_in,
)
from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.models import Account, Origin, Publication, ServerPace
from spreekruimte.channels.network import NetworkError, SignedOutError, TryLaterError
from spreekruimte.channels.origins import identifier_of
from spreekruimte.channels.turns import LONGEST_WAIT, let_rest
from spreekruimte.dialogue.models import Message

logger = logging.getLogger(__name__)

# What is shown is looked for at its origin at least daily.
CHECKED_EVERY = timedelta(hours=20)
# A server that cannot tell is asked again after this.
REST = timedelta(minutes=5)
AT_ONCE = 5


def read_next(
    *,
    now: datetime,
    draw: Callable[[], float],
    clock: Callable[[], datetime] = timezone.now,
) -> Publication | None:
    """Read the question that is due for the longest time; None if none is.

    Parameters
    ----------
    draw
        Gives a random number from 0 up to 1.
    clock
        Tells what time it is once the network has answered.
    """
    publication = claim_reading(now=now)
    if publication is None:
        return None
    try:
        _read(publication, clock)
    except SignedOutError as error:
        note_signed_out(account=publication.account, problem=str(error))
    except NetworkError as error:
        after = error.after if isinstance(error, TryLaterError) else timedelta(0)
        note_not_read(
            publication=publication, problem=str(error), after=after, now=clock(), draw=draw
        )
        logger.warning("publication %d: not read: %.300s", publication.pk, error)
    return publication


def check_origins(*, now: datetime) -> int:
    """See whether a few messages are still there that have to be looked for; give how many are.

    Due are those not seen for most of a day, and all of a round that ended since they were seen:
    before a result is published nothing is shown that was deleted.
    """
    due = list(_due(now).select_related("message", "publication__account")[:AT_ONCE])
    accounts = {each.publication.account for each in due if each.publication}
    return sum(
        _check(
            account,
            [each for each in due if each.publication and each.publication.account == account],
            now,
        )
        for account in sorted(accounts, key=lambda each: each.pk)
    )


def _read(publication: Publication, clock: Callable[[], datetime]) -> None:
    account = publication.account
    network, connection = network_of(account), connection_of(account)
    reading = network.read(connection, publication.identifier)
    missing = [] if reading.is_gone else missing_from(publication, reading.replies)
    take_in(publication=publication, reading=reading, now=clock())
    logger.info("publication %d: %d replies", publication.pk, len(reading.replies))
    if missing:
        _look_for(account, missing, clock())


def _check(account: Account, origins: Sequence[Origin], now: datetime) -> int:
    try:
        return _look_for(account, origins, now)
    except SignedOutError as error:
        note_signed_out(account=account, problem=str(error))
    except NetworkError as error:
        note_problem(account=account, problem=str(error))
        let_rest(account.server, until=now + REST)
    return 0


def _look_for(account: Account, origins: Sequence[Origin], now: datetime) -> int:
    """Ask whether messages are still there, and retract those that are not."""
    identifiers = {identifier_of(each): each for each in origins}
    there = network_of(account).still_there(connection_of(account), list(identifiers))
    for identifier, origin in identifiers.items():
        if identifier not in there:
            retract(origin=origin, now=now)
    note_seen(origins=[identifiers[each] for each in there], now=now)
    return len(there)


def _due(now: datetime) -> QuerySet[Origin]:
    ended = F("publication__round__ended_at")
    is_due = Q(checked_at__lte=now - CHECKED_EVERY) | Q(checked_at__lt=ended)
    # A result waits for what is shown.
    is_shown = ExpressionWrapper(Q(message__state=Message.State.SHOWN), output_field=BooleanField())
    resting = ServerPace.objects.filter(next_at__gt=now + LONGEST_WAIT).values("server")
    return (
        Origin.objects.filter(is_due, publication__account__in=usable_accounts())
        .exclude(identifier="")
        .exclude(message__state=Message.State.ERASED)
        .exclude(server__in=resting)
        .order_by("publication__account", is_shown.desc(), "checked_at", "pk")
    )
