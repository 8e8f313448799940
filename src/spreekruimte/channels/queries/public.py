"""What everybody may see of where a case was asked, once they may see results."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.cases.models import Case
from spreekruimte.channels.models import Publication


@dataclass(frozen=True, slots=True)
class Share:
    """How often one answer of a poll was chosen."""

    option: str
    count: int


@dataclass(frozen=True, slots=True)
class AskedElsewhere:
    """A question on a network, and what its poll says there."""

    publication: Publication
    shares: tuple[Share, ...]
    total: int


def asked_elsewhere(case: Case) -> list[AskedElsewhere]:
    """Give where a case was asked, the latest first. Polls are told apart and never added up."""
    posted = Publication.objects.filter(round__case=case, posted_at__isnull=False)
    return [
        AskedElsewhere(publication, shares, sum(each.count for each in shares))
        for publication in posted.select_related("account", "round").order_by("-pk")
        for shares in [_shares(publication)]
    ]


def _shares(publication: Publication) -> tuple[Share, ...]:
    tally = publication.tally
    if tally is None or len(tally) != len(publication.options):
        return ()
    return tuple(map(Share, publication.options, tally))
