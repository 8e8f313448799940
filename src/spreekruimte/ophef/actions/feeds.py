"""Add a feed, stop asking for it, and ask for it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ophef.models import Feed, Outlet, OutletKind
from spreekruimte.ophef.models.feeds import LONGEST_INTERVAL, SHORTEST_INTERVAL
from spreekruimte.ophef.reported import is_address, is_outlet
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.outside import FetchError, check_address

MOST_FEEDS = 200


@dataclass(frozen=True, slots=True)
class FeedOf:
    """Where a feed stands and whose it is.

    Attributes
    ----------
    outlet
        The medium; empty for a feed that gathers items of many.
    outlet_kind
        A value of `OutletKind`, or empty.
    every
        How many minutes lie between two polls.
    """

    address: str
    outlet: str
    outlet_kind: str
    every: int


@transaction.atomic
def add_feed(*, organisation: Organisation, feed: FeedOf, actor: Actor, now: datetime) -> Feed:
    """Have a feed asked for from now on.

    Raises
    ------
    ValidationError
        If its address is not one of the public web, the medium is not one, or the interval is too
        short or too long.
    RefusedError
        If the organisation has it already, or has too many.
    """
    _check(feed)
    hold_feeds(organisation)
    feeds = Feed.objects.filter(organisation=organisation)
    if feeds.filter(address=feed.address).exists():
        raise RefusedError(_("This feed is there already."))
    if feeds.count() >= MOST_FEEDS:
        raise RefusedError(_("There are too many feeds."))
    added = Feed.objects.create(
        organisation=organisation,
        outlet=_outlet(organisation, feed),
        address=feed.address,
        kind=Feed.Kind.RSS,
        every=feed.every,
        next_poll_at=now,
    )
    _record(added, "add_feed", actor, now)
    return added


@transaction.atomic
def pause_feed(*, feed: Feed, actor: Actor, now: datetime) -> Feed:
    """Ask for a feed no more; what was found in it stays.

    Raises
    ------
    RefusedError
        If it is not asked for.
    """
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    if not held.is_active:
        raise RefusedError(_("This feed is paused already."))
    held.is_active = False
    held.save(update_fields=["is_active"])
    _record(held, "pause_feed", actor, now)
    return held


@transaction.atomic
def resume_feed(*, feed: Feed, actor: Actor, now: datetime) -> Feed:
    """Ask for a feed again, at once.

    Raises
    ------
    RefusedError
        If it is asked for.
    """
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    if held.is_active:
        raise RefusedError(_("This feed is not paused."))
    held.is_active, held.next_poll_at, held.failures = True, now, 0
    held.save(update_fields=["is_active", "next_poll_at", "failures"])
    _record(held, "resume_feed", actor, now)
    return held


def hold_feeds(organisation: Organisation) -> None:
    """Let nobody else change feeds or items of an organisation before this is done.

    Whatever else refers to the organisation goes on meanwhile.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def look_again(organisation: Organisation) -> None:
    """Have everything that stands in the feeds sent again, for incidents that are sought anew.

    It comes before an incident is held: whoever polls holds the feeds first.
    """
    hold_feeds(organisation)
    Feed.objects.filter(organisation=organisation).update(etag="", last_modified="")


def _check(feed: FeedOf) -> None:
    errors: dict[str, str] = {}
    try:
        check_address(feed.address)
    except FetchError as error:
        private = error.code == "private"
        errors["address"] = (
            _("This address is not one of the public internet. We do not ask there.")
            if private
            else _("This is not an address that starts with http:// or https://.")
        )
    else:
        if not is_address(feed.address):
            errors["address"] = _("This is not an address that starts with http:// or https://.")
    if feed.outlet and not is_outlet(feed.outlet):
        errors["outlet"] = _("This is not the name of a medium of at most 120 letters.")
    if not SHORTEST_INTERVAL <= feed.every <= LONGEST_INTERVAL:
        errors["every"] = _("Choose from %(least)d to %(most)d minutes.") % {
            "least": SHORTEST_INTERVAL,
            "most": LONGEST_INTERVAL,
        }
    if errors:
        raise ValidationError(errors)


def _outlet(organisation: Organisation, feed: FeedOf) -> Outlet | None:
    if not feed.outlet:
        return None
    kind = OutletKind(feed.outlet_kind).value if feed.outlet_kind else ""
    outlet, _is_new = Outlet.objects.get_or_create(
        organisation=organisation, name=feed.outlet, defaults={"kind": kind}
    )
    return outlet


def _record(feed: Feed, action: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="feed",
        identifier=feed.pk,
        organisation=feed.organisation,
        now=now,
    )
