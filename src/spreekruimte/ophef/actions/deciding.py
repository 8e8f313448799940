"""Say whether an item of a feed is about an incident, and take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ophef.actions.changing import hold_open
from spreekruimte.ophef.actions.feeds import hold_feeds
from spreekruimte.ophef.actions.recording import key_of, record_signal, withdraw_signal
from spreekruimte.ophef.models import Feed, FeedItem, Incident, Kind, Link, Signal, Source
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

Decision = FeedItem.Decision


@transaction.atomic
def accept_item(*, item: FeedItem, actor: Actor, now: datetime) -> Signal:
    """Count an item as a media item of its incident; twice is once.

    Raises
    ------
    RefusedError
        If the incident is closed, the item fits none or was refused, or the same article counts.
    SignalError
        If its time is no longer one of the incident.
    """
    held, incident = _hold(item)
    if held.decision == Decision.YES and held.signal is not None:
        return held.signal
    _refuse_decided(held)
    signal = _record_signal(held, incident, actor, now)
    held.decision, held.signal = Decision.YES, signal
    _save_bare(held)
    _record(held, incident, "accept_item", actor, now)
    return signal


@transaction.atomic
def refuse_item(*, item: FeedItem, actor: Actor, now: datetime) -> FeedItem:
    """Never ask about an item again; twice is once.

    Raises
    ------
    RefusedError
        If the incident is closed, or the item fits none or was accepted.
    """
    held, incident = _hold(item)
    if held.decision == Decision.NO:
        return held
    _refuse_decided(held)
    held.decision = Decision.NO
    _save_bare(held)
    _record(held, incident, "refuse_item", actor, now)
    return held


@transaction.atomic
def undo_decision(*, item: FeedItem, actor: Actor, now: datetime) -> FeedItem:
    """Ask about an item again, as if nobody had decided; its signal is withdrawn.

    What was not kept of it is looked for in its feed at once.

    Raises
    ------
    RefusedError
        If the incident is closed, or nobody has decided.
    """
    held, incident = _hold(item)
    if held.decision == Decision.UNDECIDED:
        raise RefusedError(_("Nobody has decided on this item."))
    if held.signal is not None:
        withdraw_signal(signal=held.signal, actor=actor, now=now)
        link = Link.objects.filter(signal=held.signal).first()
        held.address = link.address if link else ""
    held.decision, held.signal = Decision.UNDECIDED, None
    held.save(update_fields=["decision", "signal", "address"])
    Feed.objects.filter(pk=held.feed_id).update(etag="", last_modified="", next_poll_at=now)
    _record(held, incident, "undo_decision", actor, now)
    return held


def _hold(item: FeedItem) -> tuple[FeedItem, Incident]:
    """Let nobody else change an item before this is done; it must belong to an open incident."""
    organisation = Organisation.objects.get(feeds__items=item)
    hold_feeds(organisation)
    held = FeedItem.objects.select_related("feed__outlet", "incident", "signal").get(pk=item.pk)
    if held.incident is None:
        raise RefusedError(_("This item fits no incident."))
    return held, hold_open(held.incident)


def _refuse_decided(item: FeedItem) -> None:
    if item.decision != Decision.UNDECIDED:
        raise RefusedError(_("This was decided already. Undo that first."))


def _record_signal(item: FeedItem, incident: Incident, actor: Actor, now: datetime) -> Signal:
    """Record the signal, unless one of the same article counts.

    A signal that was withdrawn stays as it is, so the article gets another key each time.
    """
    outlet = item.feed.outlet
    reported = Reported(
        kind=Kind.MEDIA,
        at=item.published_at,
        outlet=outlet.name if outlet else "",
        outlet_kind=outlet.kind if outlet else "",
        address=item.address,
    )
    article = item.article or f"{item.feed_id} {item.digest}"
    time = 0
    while True:
        recorded = record_signal(
            incident=incident,
            reported=reported,
            source=Source.FEED,
            key=key_of(incident.pk, article, time),
            actor=actor,
            now=now,
        )
        if recorded.is_new:
            return recorded.signal
        if not hasattr(recorded.signal, "withdrawal"):
            raise RefusedError(_("This article is counted already."))
        time += 1


def _save_bare(item: FeedItem) -> None:
    """Keep of an item that was decided on nothing that leads to a person."""
    item.title = item.address = ""
    item.save(update_fields=["decision", "signal", "title", "address"])


def _record(item: FeedItem, incident: Incident, action: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="feed_item",
        identifier=item.pk,
        organisation=incident.organisation,
        now=now,
        details={"incident": incident.pk},
    )
