"""What pages read of the polls of our actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spreekruimte.cases.models import Case
from spreekruimte.channels.fediverse.counting import LEAST_OF_CLASS, Tally, read_tally
from spreekruimte.channels.fediverse.models import OwnPost
from spreekruimte.channels.models import Publication


@dataclass(frozen=True, slots=True)
class ClassRow:
    """Servers of which so many accounts voted.

    Attributes
    ----------
    least, most
        Accounts of one server; None where there is no most.
    servers
        How many such servers there are.
    votes
        Of their accounts together, by option.
    """

    least: int
    most: int | None
    servers: int
    votes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountedPoll:
    """A poll that has ended, and what accounts chose."""

    round: int
    handle: str
    options: Sequence[str]
    votes: tuple[int, ...]
    rows: Sequence[ClassRow]


def counted_polls(case: Case) -> list[CountedPoll]:
    """Give the polls about a case of which the counts may be told, the latest first."""
    publications = Publication.objects.filter(round__case=case).order_by("-round__number", "-pk")
    return [
        _counted(publication, post)
        for publication in publications.select_related("round", "account")
        for post in publication.fediverse_posts.filter(tally__isnull=False).order_by("pk")
    ]


def _counted(publication: Publication, post: OwnPost) -> CountedPoll:
    tally = read_tally(post.tally or {})
    return CountedPoll(
        round=publication.round.number,
        handle=publication.account.name,
        options=post.options,
        votes=tally.options,
        rows=_rows(tally),
    )


def _rows(tally: Tally) -> list[ClassRow]:
    limits = [*(least - 1 for least in LEAST_OF_CLASS[1:]), None]
    return [
        ClassRow(each.least, most, each.servers, each.options)
        for each, most in zip(tally.classes, limits, strict=True)
    ]
