"""Votes on our polls: the first of each account counts, and nobody is told before all is over.

A vote is a note that answers a question of ours and has the name of an option. How much a count
says depends on where it comes from, since anybody can run a server full of accounts: so it is told
per class of servers, by how many accounts of one server voted, and never by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from spreekruimte.ballots.pseudonyms import pseudonym
from spreekruimte.channels.fediverse.delivering import order_deliveries
from spreekruimte.channels.fediverse.documents import update, with_context
from spreekruimte.channels.fediverse.following import inboxes_of_followers
from spreekruimte.channels.fediverse.models import Arrival, FederatedVote, OwnPost

LEAST_OF_CLASS = (1, 2, 10, 100)
"""How many accounts of a server voted, at least, in each class of servers."""
PATIENCE = timedelta(minutes=15)
"""How long a count waits for votes that arrived in time, and whose server does not give a key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an account chose in a poll of ours.

    Attributes
    ----------
    key
        Of the post.
    host
        Of the server of the account.
    given_at
        When it arrived.
    """

    key: str
    option: str = field(repr=False)
    account: str = field(repr=False)
    host: str = field(repr=False)
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ServerClass:
    """Servers of which about as many accounts voted, and what these chose.

    Attributes
    ----------
    least
        Of `LEAST_OF_CLASS`.
    servers
        How many there are.
    """

    least: int
    servers: int
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each option was chosen, by accounts of all servers and of each class."""

    options: tuple[int, ...]
    classes: tuple[ServerClass, ...]

    def to_json(self) -> dict[str, object]:
        """Give it as it is kept."""
        return {
            "options": list(self.options),
            "classes": [
                {"least": each.least, "servers": each.servers, "options": list(each.options)}
                for each in self.classes
            ],
        }


def read_tally(kept: Mapping[str, Any]) -> Tally:
    """Read what `Tally.to_json` gave."""
    return Tally(
        tuple(kept["options"]),
        tuple(
            ServerClass(each["least"], each["servers"], tuple(each["options"]))
            for each in kept["classes"]
        ),
    )


@transaction.atomic
def count_choices(choices: Sequence[Choice]) -> None:
    """Keep what accounts chose, in the order in which it arrived.

    A choice is left out where the account has chosen in that poll before, the option is not one
    of the poll, or the poll had not begun or had ended when it arrived.
    """
    keys = {choice.key for choice in choices}
    # Nobody counts a poll while votes are added to it.
    held = OwnPost.objects.select_for_update(of=("self",)).select_related("publication__round")
    posts = {post.key: post for post in held.filter(key__in=keys).order_by("pk")}
    votes = [
        _vote(posts[choice.key], choice)
        for choice in choices
        if choice.key in posts and _is_valid(posts[choice.key], choice)
    ]
    FederatedVote.objects.bulk_create(votes, ignore_conflicts=True)


def close_polls(*, now: datetime) -> int:
    """Count the polls that have ended and tell followers; give how many.

    A poll is counted when nobody can be led by its counts any more: when it and its round have
    ended, and all that arrived before that is dealt with.
    """
    is_over = Q(publication__round__ended_at__isnull=False)
    over = Q(publication__isnull=True) | is_over | Q(publication__round__closes_at__lte=now)
    ended = Q(closes_at__lte=now) | is_over
    due = OwnPost.objects.filter(over & ended, closes_at__isnull=False, closed_at__isnull=True)
    return sum(_close(post, now) for post in due.order_by("pk"))


def tally_servers(servers: Iterable[Counter[int]], options: int) -> Tally:
    """Count servers, each told by how often its accounts chose each option."""
    of_class: dict[int, list[Counter[int]]] = {least: [] for least in LEAST_OF_CLASS}
    for chosen in servers:
        of_class[_class_of(chosen.total())].append(chosen)
    classes = tuple(
        ServerClass(least, len(members), _add_up(members, options))
        for least, members in of_class.items()
    )
    return Tally(tuple(map(sum, zip(*(each.options for each in classes), strict=True))), classes)


def _is_valid(post: OwnPost, choice: Choice) -> bool:
    ends = post.takes_votes_until
    if not post.is_poll or ends is None or post.withdrawn_at or post.closed_at:
        return False
    return choice.option in post.options and post.published_at <= choice.given_at < ends


def _vote(post: OwnPost, choice: Choice) -> FederatedVote:
    key = bytes(post.vote_key)
    return FederatedVote(
        post=post,
        pseudonym=pseudonym(case_key=key, tier="fediverse", respondent_key=choice.account),
        server=pseudonym(case_key=key, tier="server", respondent_key=choice.host),
        choice=post.options.index(choice.option),
    )


@transaction.atomic
def _close(post: OwnPost, now: datetime) -> bool:
    post = (
        OwnPost.objects.select_for_update(of=("self",))
        .select_related("actor__organisation", "publication__round")
        .get(pk=post.pk)
    )
    if post.closed_at is not None or _some_wait(post, now):
        return False
    counted = post.votes.values("server", "choice").annotate(votes=Count("pk"))
    of_server: dict[str, Counter[int]] = {}
    for row in counted:
        of_server.setdefault(row["server"], Counter())[row["choice"]] = row["votes"]
    post.tally = tally_servers(of_server.values(), len(post.options)).to_json()
    post.closed_at, post.vote_key = now, b""
    post.save(update_fields=["tally", "closed_at", "vote_key"])
    post.votes.all().delete()
    if post.withdrawn_at is None:
        order_deliveries(
            actor=post.actor,
            activity=with_context(update(post, now)),
            inboxes=inboxes_of_followers(post.actor),
            now=now,
        )
    return True


def _some_wait(post: OwnPost, now: datetime) -> bool:
    """Tell whether something that arrived in time, not long ago, has not been dealt with yet."""
    arrived = (now - PATIENCE, post.takes_votes_until)
    return Arrival.objects.filter(received_at__range=arrived).exists()


def _class_of(accounts: int) -> int:
    return max(least for least in LEAST_OF_CLASS if least <= accounts)


def _add_up(servers: Sequence[Counter[int]], options: int) -> tuple[int, ...]:
    total: Counter[int] = Counter()
    for chosen in servers:
        total.update(chosen)
    return tuple(total[place] for place in range(options))
