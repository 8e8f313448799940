"""The official results of closed cases, for feeds and lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import description_of
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.queries.results import ChannelResult, result_of


@dataclass(frozen=True, slots=True)
class Announced:
    """One official verdict of a case that is not asked now."""

    case_id: int
    is_simulated: bool
    description: Bilingual
    round_number: int
    number: int
    published_at: datetime
    channels: tuple[ChannelResult, ...]


def announced_results(most: int) -> list[Announced]:
    """Return the newest official verdicts, one of each round, of cases that are closed.

    Of a case that is being asked again nothing is told until that is over.
    """
    latest = OfficialVerdict.objects.filter(round=OuterRef("round")).order_by("-number")
    verdicts = (
        OfficialVerdict.objects.filter(
            round__case__state="closed", number=Subquery(latest.values("number")[:1])
        )
        .select_related("round__case")
        .order_by(F("published_at").desc(), "-pk")[:most]
    )
    return [
        Announced(
            case_id=verdict.round.case_id,
            is_simulated=verdict.round.case.is_simulated,
            description=description_of(verdict.round.case),
            round_number=verdict.round.number,
            number=verdict.number,
            published_at=verdict.published_at,
            channels=tuple(
                result
                for channel in Channel
                if (result := result_of(verdict.round, channel)) is not None
            ),
        )
        for verdict in verdicts
    ]
