"""What an editor sees of the channels: accounts and how they do, what goes out, what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from spreekruimte.ballots.models import Round
from spreekruimte.channels.models import Account, Act, Publication, Stop
from spreekruimte.organisations.models import Organisation

State = Act.State
PAGE = 50
# What is not settled stands above what is.
ON_ITS_WAY = (State.WAITING, State.SENDING, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Health:
    """An account and what is on its way through it."""

    account: Account
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Stops:
    """Whether things go out."""

    own: Stop | None
    everywhere: Stop | None


def health_of(organisation: Organisation) -> list[Health]:
    """Give the accounts of an organisation that are not disconnected, the newest first."""
    waiting = Count("publications__acts", filter=Q(publications__acts__state__in=ON_ITS_WAY))
    failed = Count("publications__acts", filter=Q(publications__acts__state=State.FAILED))
    accounts = Account.objects.filter(organisation=organisation)
    counted = (
        accounts.exclude(state=Account.State.DISCONNECTED)
        .annotate(waiting=waiting, failed=failed)
        .order_by("-pk")
    )
    return [Health(each, each.waiting, each.failed) for each in counted]


def usable_accounts_of(organisation: Organisation) -> list[Account]:
    """Give the accounts by which a question can be asked, by name."""
    connected = Account.objects.filter(organisation=organisation, state=Account.State.CONNECTED)
    return list(connected.order_by("network", "name", "pk"))


def queue_of(organisation: Organisation) -> list[Act]:
    """Give what is on its way, the one that goes first at the top."""
    return list(acts_of(organisation).filter(state__in=ON_ITS_WAY).order_by("not_before", "pk"))


def settled_acts_of(organisation: Organisation) -> list[Act]:
    """Give what was sent, failed or was taken back last."""
    return list(acts_of(organisation).exclude(state__in=ON_ITS_WAY).order_by("-pk")[:PAGE])


def stops_of(organisation: Organisation) -> Stops:
    """Tell whether things go out, of this organisation and at all."""
    own = Stop.objects.filter(organisation=organisation).first()
    return Stops(own, Stop.objects.filter(organisation__isnull=True).first())


def publications_of(round_: Round) -> list[Publication]:
    """Give where a round is asked."""
    found = Publication.objects.filter(round=round_).select_related("account")
    return list(found.prefetch_related("acts").order_by("pk"))


def acts_of(organisation: Organisation) -> QuerySet[Act]:
    """Give all acts of an organisation, to choose among."""
    acts = Act.objects.filter(publication__account__organisation=organisation)
    return acts.select_related("publication__account", "publication__round")
