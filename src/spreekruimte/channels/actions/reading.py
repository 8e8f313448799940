"""Take in what a network tells of a question of ours: counts, replies, and what is gone.

Nobody decides anything here, so the audit trail has no entry of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from spreekruimte.ballots.models import CaseKey
from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.channels.actions.accounts import note_answered, note_problem
from spreekruimte.channels.actions.outbox import usable_accounts
from spreekruimte.channels.models import Origin, Publication
from spreekruimte.channels.network import Reading, Reply
from spreekruimte.channels.origins import digest_text, find_origin, forget_way_back, keep_origin
from spreekruimte.channels.schedule import next_reading
from spreekruimte.dialogue.actions.receiving import (
    ReceivedMessage,
    receive_message,
    retract_message,
    revise_message,
)
from spreekruimte.dialogue.models import Message, Source
from spreekruimte.ophef.feeds.politeness import pause_after
from spreekruimte.organisations.refusals import RefusedError

logger = logging.getLogger(__name__)

# Longer than everything may take that one reading does.
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=5)
MOST_DOUBLINGS = 4
# So many replies of one thread are taken in: who is flooded loses no more than what comes after.
MOST_REPLIES = 5000


def claim_reading(*, now: datetime) -> Publication | None:
    """Take the question that is to be read for the longest time, before another worker does."""
    due = Publication.objects.filter(next_read_at__lte=now, account__in=usable_accounts())
    chosen = due.select_related("account", "round__case")
    for publication in chosen.order_by("next_read_at", "pk")[:10]:
        mine = due.filter(pk=publication.pk, next_read_at=publication.next_read_at)
        if mine.update(next_read_at=now + LEASE):
            return publication
    return None


def take_in(*, publication: Publication, reading: Reading, now: datetime) -> None:
    """Store what a network told of a question: each reply by itself, then the counts."""
    for reply in reading.replies[:MOST_REPLIES]:
        if reply.may_be_shown:
            take_in_reply(publication=publication, reply=reply, now=now)
    _store(publication, reading, now)


@transaction.atomic
def take_in_reply(*, publication: Publication, reply: Reply, now: datetime) -> None:
    """Receive a reply, or follow a change of one that was received; nothing where all is known."""
    account = publication.account
    where = {"network": account.network, "server": account.server}
    known = find_origin(**where, identifier=reply.identifier)
    if known is not None:
        _follow(known, reply, now)
        return
    key = CaseKey.objects.filter(case=publication.round.case_id).first()
    if key is None:
        return
    author = pseudonym(case_key=bytes(key.key), tier=account.network, respondent_key=reply.author)
    parent = find_origin(**where, identifier=reply.parent)
    received = ReceivedMessage(
        source=Source(account.network),
        author=author,
        content=reply.text,
        language=reply.language,
        parent=parent.message if parent else None,
        given_at=reply.posted_at,
    )
    try:
        message = receive_message(case=publication.round.case, received=received, now=now)
    except RefusedError as refusal:
        logger.info("publication %d: a reply was not received: %s", publication.pk, refusal)
        return
    keep_origin(
        message=message,
        **where,
        identifier=reply.identifier,
        text=reply.text,
        publication=publication,
        now=now,
    )


@transaction.atomic
def retract(*, origin: Origin, now: datetime) -> None:
    """Delete the text of a message that is gone where it was written, and what leads back to it."""
    retract_message(message=origin.message, now=now)
    forget_way_back(origin=origin)


def note_seen(*, origins: Collection[Origin], now: datetime) -> None:
    """Keep that messages were seen to be there still."""
    Origin.objects.filter(pk__in=[each.pk for each in origins]).update(checked_at=now)


def note_not_read(
    *,
    publication: Publication,
    problem: str,
    after: timedelta,
    now: datetime,
    draw: Callable[[], float],
) -> None:
    """Keep that a question could not be read, and when to try again.

    Parameters
    ----------
    draw
        Gives a random number from 0 up to 1.
    """
    failures = min(publication.failures, MOST_DOUBLINGS)
    pause = pause_after(every=FIRST_PAUSE, failures=failures, retry_after=after, draw=draw)
    Publication.objects.filter(pk=publication.pk).update(
        failures=F("failures") + 1, next_read_at=now + pause
    )
    note_problem(account=publication.account, problem=problem)


def missing_from(publication: Publication, replies: Sequence[Reply]) -> list[Origin]:
    """Give where messages came from that the thread does not show any more."""
    shown = {
        origin.pk
        for reply in replies
        if reply.may_be_shown and (origin := _origin_of(publication, reply)) is not None
    }
    kept = (
        Origin.objects.filter(publication=publication)
        .exclude(identifier="")
        .exclude(message__state=Message.State.ERASED)
    )
    return [each for each in kept.select_related("message") if each.pk not in shown]


def _origin_of(publication: Publication, reply: Reply) -> Origin | None:
    account = publication.account
    return find_origin(network=account.network, server=account.server, identifier=reply.identifier)


def _follow(known: Origin, reply: Reply, now: datetime) -> None:
    if not known.identifier:
        return
    if known.text_digest not in digest_text(reply.text):
        try:
            revise_message(message=known.message, content=reply.text, now=now)
        except RefusedError:
            # Nothing is left of it.
            retract_message(message=known.message, now=now)
            forget_way_back(origin=known)
            return
        known.text_digest = digest_text(reply.text)[0]
    known.checked_at = now
    known.save(update_fields=["text_digest", "checked_at"])


@transaction.atomic
def _store(publication: Publication, reading: Reading, now: datetime) -> None:
    held = Publication.objects.select_for_update().select_related("round").get(pk=publication.pk)
    held.read_at, held.failures, held.is_gone = now, 0, reading.is_gone
    held.next_read_at = None
    if not reading.is_gone:
        held.counts = dict(reading.counts)
        held.tally = list(reading.tally) if reading.tally is not None else held.tally
        ends_at = held.round.ended_at or held.round.closes_at
        held.next_read_at = next_reading(posted_at=held.posted_at or now, ends_at=ends_at, now=now)
    held.save()
    note_answered(account=publication.account, now=now)
