"""Take an act from the outbox, and store what came of it.

Nobody decides anything here, so the audit trail has no entry of it. An act is leased before its
network is asked; a worker that dies leaves the lease, and whoever finds that it ran out looks back
at the network first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from spreekruimte.channels.actions.accounts import note_answered, note_problem, note_signed_out
from spreekruimte.channels.models import Account, Act, Publication, Stop
from spreekruimte.channels.models.outbox import LONGEST_PROBLEM
from spreekruimte.channels.network import Sent
from spreekruimte.channels.queries.outdated import parts_outdated
from spreekruimte.channels.schedule import FIRST
from spreekruimte.ophef.feeds.politeness import pause_after

# Longer than everything may take that one act needs, its look-back included.
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=30)
# Doubled no more often than that: the longest pause is about an hour.
MOST_DOUBLINGS = 7

Kind, State = Act.Kind, Act.State
Draw = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Claim:
    """An act that is this worker's until a moment.

    Attributes
    ----------
    may_be_out
        Whether an earlier try may have succeeded, so that a look back comes first.
    """

    act: Act
    until: datetime
    may_be_out: bool


def claim_next(*, now: datetime) -> Claim | None:
    """Take the act that is due for the longest time, before another worker does; None if none."""
    due = _due(now)
    chosen = due.select_related("publication__account", "publication__round__case")
    for act in chosen.order_by("not_before", "pk")[:10]:
        until = now + LEASE
        mine = due.filter(pk=act.pk, attempts=act.attempts, state=act.state)
        if mine.update(state=State.SENDING, leased_until=until, attempts=F("attempts") + 1):
            may_be_out = act.state != State.WAITING
            act.attempts += 1
            return Claim(act, until, may_be_out)
    return None


def renew(*, claim: Claim, now: datetime) -> Claim | None:
    """Take a lease anew before the act itself; None if it ran out and is another worker's."""
    until = max(now + LEASE, claim.until + timedelta(microseconds=1))
    if not _mine(claim).update(leased_until=until):
        return None
    return Claim(claim.act, until, claim.may_be_out)


@transaction.atomic
def note_sent(*, claim: Claim, sent: Sent | None, now: datetime) -> None:
    """Keep that an act was done, also when the lease ran out meanwhile: so it is.

    Parameters
    ----------
    sent
        The post; None for a withdrawal.
    """
    act = Act.objects.select_for_update().get(pk=claim.act.pk)
    if act.state == State.SENT:
        return
    act.state, act.leased_until, act.sent_at, act.problem = State.SENT, None, now, ""
    if sent is not None:
        act.identifier, act.address = sent.identifier, sent.address
    act.save()
    publication = Publication.objects.select_for_update().get(pk=act.publication_id)
    if act.kind == Kind.QUESTION and sent is not None:
        publication.identifier, publication.address = sent.identifier, sent.address
        publication.posted_at, publication.next_read_at = now, now + FIRST[0]
    elif _takes_away_question(act):
        publication.is_gone, publication.next_read_at = True, None
    publication.save()
    note_answered(account=publication.account, now=now)


@transaction.atomic
def note_delay(
    *,
    claim: Claim,
    problem: str,
    after: timedelta,
    may_be_out: bool,
    now: datetime,
    draw: Draw,
) -> None:
    """Keep that an act has to be tried again, and whether it may be done already.

    Parameters
    ----------
    after
        How long the server wants to be left alone at least.
    draw
        Gives a random number from 0 up to 1.
    """
    failures = min(claim.act.attempts - 1, MOST_DOUBLINGS)
    pause = pause_after(every=FIRST_PAUSE, failures=failures, retry_after=after, draw=draw)
    _mine(claim).update(
        state=State.UNKNOWN if may_be_out else State.WAITING,
        leased_until=None,
        not_before=now + pause,
        problem=problem[:LONGEST_PROBLEM],
    )
    note_problem(account=claim.act.publication.account, problem=problem)


@transaction.atomic
def note_failed(*, claim: Claim, problem: str) -> None:
    """Keep that an act is not done and will not be."""
    _mine(claim).update(state=State.FAILED, leased_until=None, problem=problem[:LONGEST_PROBLEM])


@transaction.atomic
def note_outdated(*, claim: Claim, problem: str) -> None:
    """Keep that an act was not done, since it is out of date."""
    _mine(claim).update(state=State.OUTDATED, leased_until=None, problem=problem)


@transaction.atomic
def set_aside_outdated(*, now: datetime) -> int:
    """Let what waits and is out of date not go out; give how many acts that were.

    Of an act that may be out already, whoever sends it says so after a look back.
    """
    waiting = Act.objects.filter(state=State.WAITING)
    return sum(
        part.update(state=State.OUTDATED, problem=sentence)
        for part, sentence in parts_outdated(waiting, now=now)
    )


@transaction.atomic
def note_shut_out(*, claim: Claim, problem: str, now: datetime) -> None:
    """Keep that an account is not let in: the act waits until it is connected again."""
    _mine(claim).update(
        state=State.UNKNOWN if claim.may_be_out else State.WAITING,
        leased_until=None,
        not_before=now,
        problem=problem[:LONGEST_PROBLEM],
    )
    note_signed_out(account=claim.act.publication.account, problem=problem)


def _due(now: datetime) -> QuerySet[Act]:
    is_due = Q(state__in=[State.WAITING, State.UNKNOWN], not_before__lte=now)
    has_died = Q(state=State.SENDING, leased_until__lte=now)
    # A result that is on its way arrives before the next one sets off.
    earlier = Act.objects.filter(
        kind=Kind.VERDICT,
        publication=OuterRef("publication"),
        pk__lt=OuterRef("pk"),
        state=State.SENDING,
    )
    return Act.objects.filter(
        is_due | has_died,
        ~Q(Exists(earlier), kind=Kind.VERDICT),
        publication__account__in=usable_accounts(),
    )


def usable_accounts() -> QuerySet[Account]:
    """Give the accounts that let us in and are not stopped."""
    stops = Stop.objects.filter(
        Q(organisation__isnull=True) | Q(organisation=OuterRef("organisation"))
    )
    return Account.objects.filter(~Exists(stops), state=Account.State.CONNECTED)


def _mine(claim: Claim) -> QuerySet[Act]:
    return Act.objects.filter(pk=claim.act.pk, state=State.SENDING, leased_until=claim.until)


def _takes_away_question(act: Act) -> bool:
    questions = Act.objects.filter(pk=act.subject, kind=Kind.QUESTION)
    return act.kind == Kind.WITHDRAWAL and questions.exists()
