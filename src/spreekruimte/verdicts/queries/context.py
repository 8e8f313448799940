"""What context, fuss and the mirror changed in every closed case with several texts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from spreekruimte.ballots.models import Channel
from spreekruimte.verdicts.framings import Framings, from_document
from spreekruimte.verdicts.models import Figures, OfficialVerdict


@dataclass(frozen=True, slots=True)
class CaseFramings:
    """What was found in one channel of one official verdict."""

    case_id: int
    round_number: int
    channel: Channel
    is_simulated: bool
    framings: Framings


def list_framings() -> list[CaseFramings]:
    """Return what framings changed in each official verdict of a closed case, the newest first."""
    latest = OfficialVerdict.objects.filter(round=OuterRef("round")).order_by("-number")
    verdicts = OfficialVerdict.objects.filter(
        round__case__state="closed", number=Subquery(latest.values("number")[:1])
    ).values_list("snapshots", flat=True)
    official = [snapshot for snapshots in verdicts for snapshot in snapshots.values()]
    found = (
        Figures.objects.filter(pk__in=official, document__has_key="framings")
        .order_by("-snapshot__round__case_id", "-snapshot__round__number", "snapshot__channel")
        .values_list(
            "snapshot__round__case_id",
            "snapshot__round__number",
            "snapshot__channel",
            "snapshot__round__case__is_simulated",
            "document__framings",
        )
    )
    return [
        CaseFramings(case, number, Channel(channel), is_simulated, from_document(document))
        for case, number, channel, is_simulated, document in found
    ]
