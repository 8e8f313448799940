"""What was counted of a dialogue, and of which ones it has to be done again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.saying import TALKED_ABOUT
from spreekruimte.dialogue.figures import METHOD, NOBODY, Figures, read_figures
from spreekruimte.dialogue.models import DialogueFigures
from spreekruimte.dialogue.queries.groups import snapshot_of
from spreekruimte.verdicts.models import Snapshot
from spreekruimte.verdicts.queries.results import ChannelResult

# While votes keep coming in, a dialogue is counted no more often than this.
BETWEEN_COUNTS = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a dialogue, and how old they are.

    Attributes
    ----------
    at
        When they were counted; None if they never were, and then there are none.
    is_behind
        Whether something changed since.
    """

    figures: Figures
    at: datetime | None
    is_behind: bool


def figures_of(case: Case, result: ChannelResult | None) -> Counted:
    """Return what was counted of the dialogue of a case, of which this is the latest result."""
    revision_now = F("case__dialogue_revision__revision")
    kept = DialogueFigures.objects.annotate(revision_now=revision_now).filter(pk=case.pk).first()
    if kept is None:
        return Counted(Figures(), None, is_behind=True)
    counted_from = (kept.method, kept.revision, kept.snapshot_id)
    is_behind = counted_from != (METHOD, kept.revision_now, snapshot_of(result))
    return Counted(read_figures(kept.document), kept.counted_at, is_behind)


def add_figures(cases: Collection[Case]) -> Figures:
    """Add up what was counted of several dialogues, as far as they were: how many changed.

    Opinion groups and messages are of one case, so that nothing is told of these.
    """
    kept = DialogueFigures.objects.filter(case__in=cases).values_list("document", flat=True)
    changes = (read_figures(document).changes for document in kept)
    return Figures(changes=sum(changes, NOBODY))


def cases_to_count(*, now: datetime) -> list[Case]:
    """Return the cases whose dialogue changed since it was counted, and was not just now.

    A case that was never asked has no dialogue.
    """
    is_recent = Q(dialogue_figures__counted_at__gt=now - BETWEEN_COUNTS)
    asked = Q(state__in=TALKED_ABOUT, pk__in=Round.objects.values("case"))
    return list(_changed().filter(asked).exclude(is_recent).order_by("pk"))


def _changed() -> QuerySet[Case]:
    """Ask for the cases with other messages, votes or verdict than were counted, or never were."""
    newest = Snapshot.objects.filter(
        round__case=OuterRef("pk"), channel=Channel.OPEN, figures__isnull=False
    ).order_by("-round__number", "-head_length", "-moderation_id", "-number")
    cases = Case.objects.alias(
        revision_now=Coalesce(F("dialogue_revision__revision"), 0),
        snapshot_now=Coalesce(Subquery(newest.values("pk")[:1]), 0),
    )
    return cases.exclude(
        dialogue_figures__method=METHOD,
        dialogue_figures__revision=F("revision_now"),
        dialogue_figures__snapshot_id=F("snapshot_now"),
    )
