"""Send what waits in the outbox, one act at a time, and say in the log what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.utils import timezone
from django.utils.translation import gettext as _

from spreekruimte.channels.actions.outbox import (
    Claim,
    claim_next,
    note_delay,
    note_failed,
    note_outdated,
    note_sent,
    note_shut_out,
    renew,
)
from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.models import Act
from spreekruimte.channels.network import (
    Connection,
    Network,
    NetworkError,
    NotTakenError,
    Sent,
    SignedOutError,
    TryLaterError,
)
from spreekruimte.channels.posts import read_post
from spreekruimte.channels.queries.outdated import why_outdated

logger = logging.getLogger(__name__)

Draw = Callable[[], float]


def send_next(
    *, now: datetime, draw: Draw, clock: Callable[[], datetime] = timezone.now
) -> Act | None:
    """Send the act that is due for the longest time; None if none is.

    Parameters
    ----------
    draw
        Gives a random number from 0 up to 1.
    clock
        Tells what time it is once the network has answered.
    """
    claim = claim_next(now=now)
    if claim is not None:
        _send(claim, draw, clock)
        return claim.act
    return None


def _send(claim: Claim, draw: Draw, clock: Callable[[], datetime]) -> None:
    account = claim.act.publication.account
    try:
        network, connection = network_of(account), connection_of(account)
    except InvalidToken:
        # The key of the installation is another one since.
        note_shut_out(claim=claim, problem=_("Connect this account again."), now=clock())
        return
    if claim.may_be_out:
        looked = _settle_doubt(claim, network, connection, draw, clock)
        if not looked:
            return
    mine = renew(claim=replace(claim, may_be_out=False), now=clock())
    if mine is None:
        logger.warning("act %d: its lease ran out; another worker has it", claim.act.pk)
        return
    if reason := why_outdated(mine.act, now=clock()):
        note_outdated(claim=mine, problem=reason)
        logger.info("act %d: out of date, not sent: %s", claim.act.pk, reason)
        return
    _try(mine, network, connection, draw, clock)


def _settle_doubt(
    claim: Claim,
    network: Network,
    connection: Connection,
    draw: Draw,
    clock: Callable[[], datetime],
) -> bool:
    """Look back whether an act was done by an earlier try; tell whether it certainly was not."""
    try:
        found = _look_back(claim, network, connection)
    except SignedOutError as error:
        note_shut_out(claim=claim, problem=str(error), now=clock())
        return False
    except NetworkError as error:
        _delay(claim, error, clock(), draw, may_be_out=True)
        return False
    if found is not None:
        _note(claim, found, clock(), "was there already")
    return found is None


def _try(
    claim: Claim,
    network: Network,
    connection: Connection,
    draw: Draw,
    clock: Callable[[], datetime],
) -> None:
    try:
        sent = _act(claim, network, connection)
    except SignedOutError as error:
        note_shut_out(claim=claim, problem=str(error), now=clock())
    except NotTakenError as error:
        note_failed(claim=claim, problem=str(error))
        logger.warning("act %d: not taken: %.300s", claim.act.pk, error)
    except TryLaterError as error:
        _delay(claim, error, clock(), draw, may_be_out=error.is_unknown)
    except Exception as error:
        # A fault of ours: it may have come after the server did what it was asked for.
        logger.exception("act %d", claim.act.pk)
        _delay(claim, error, clock(), draw, may_be_out=True)
    else:
        _note(claim, sent, clock(), "sent")


def _look_back(claim: Claim, network: Network, connection: Connection) -> Sent | None:
    if claim.act.kind == Act.Kind.WITHDRAWAL:
        # Taking away what is gone is no error: it is simply done again.
        return None
    return network.find(connection, read_post(claim.act))


def _act(claim: Claim, network: Network, connection: Connection) -> Sent | None:
    act = claim.act
    if act.kind == Act.Kind.WITHDRAWAL:
        network.withdraw(connection, Act.objects.get(pk=act.subject).identifier)
        return None
    return network.publish(connection, read_post(act))


def _note(claim: Claim, sent: Sent | None, now: datetime, done: str) -> None:
    note_sent(claim=claim, sent=sent, now=now)
    logger.info("act %d: %s, at try %d", claim.act.pk, done, claim.act.attempts)


def _delay(claim: Claim, error: Exception, now: datetime, draw: Draw, *, may_be_out: bool) -> None:
    after = error.after if isinstance(error, TryLaterError) else timedelta(0)
    problem = str(error) or type(error).__name__
    note_delay(claim=claim, problem=problem, after=after, may_be_out=may_be_out, now=now, draw=draw)
    logger.warning(
        "act %d: try %d failed, %s: %.300s",
        *(claim.act.pk, claim.act.attempts),
        "it may be done" if may_be_out else "it is not done",
        problem,
    )
