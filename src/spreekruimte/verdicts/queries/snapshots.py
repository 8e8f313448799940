"""Which snapshots there are, which one counts, and which rounds have none that is up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from spreekruimte.ballots.models import Channel, ModerationEntry, Participation, Round
from spreekruimte.verdicts.models import Job, OfficialVerdict, Snapshot

# The newest is the one that knows most: of the log, and then of moderation.
_NEWEST = ("-head_length", "-moderation_id", "-number")


def latest_moderation(round_id: int) -> int:
    """Give the id of the last act of moderation in a round; 0 without one."""
    acts = ModerationEntry.objects.filter(round_id=round_id)
    return acts.order_by("-id").values_list("id", flat=True).first() or 0


def latest_snapshot(round_: Round, channel: Channel) -> Snapshot | None:
    """Return the newest snapshot of a channel of a round."""
    found: Snapshot | None = (
        Snapshot.objects.filter(round=round_, channel=channel)
        .select_related("figures")
        .order_by(*_NEWEST)
        .first()
    )
    return found


def snapshots_of(round_: Round) -> list[Snapshot]:
    """Return all snapshots of a round, the newest first."""
    return list(Snapshot.objects.filter(round=round_).order_by("-pk"))


def official_verdict(round_id: int) -> OfficialVerdict | None:
    """Return the official verdict of a round, if there is one."""
    found: OfficialVerdict | None = (
        OfficialVerdict.objects.filter(round_id=round_id).order_by("-number").first()
    )
    return found


def verdicts_of_closed() -> QuerySet[OfficialVerdict]:
    """Return the newest official verdict of each closed case; none of one that is asked again."""
    latest = OfficialVerdict.objects.filter(round__case=OuterRef("round__case")).order_by("-pk")
    found: QuerySet[OfficialVerdict] = OfficialVerdict.objects.filter(
        round__case__state="closed", pk=Subquery(latest.values("pk")[:1])
    )
    return found


def official_snapshots(round_id: int) -> Mapping[str, int]:
    """Name the snapshots of the official verdict of a round, by channel; none without one."""
    verdict = official_verdict(round_id)
    return verdict.snapshots if verdict else {}


def channels_to_judge(round_: Round) -> list[Channel]:
    """Return the channels in which anybody voted, or had voted when it was judged before."""
    taken = Participation.objects.filter(round=round_, ballots__isnull=False)
    has_snapshot = set(
        Snapshot.objects.filter(round=round_).values_list("channel", flat=True).distinct()
    )
    return [
        channel
        for channel in Channel
        if channel in has_snapshot or taken.filter(channel=channel).exists()
    ]


def is_current(snapshot: Snapshot) -> bool:
    """Tell whether nothing was voted, erased or moderated since a snapshot."""
    round_ = Round.objects.get(pk=snapshot.round_id)
    return (
        snapshot.head_digest == round_.head_digest
        and snapshot.moderation_id == latest_moderation(round_.pk)
    )


def rests_on_now(verdict: OfficialVerdict) -> bool:
    """Tell whether nothing was erased or moderated since an official verdict."""
    snapshots = Snapshot.objects.filter(pk__in=verdict.snapshots.values())
    return all(is_current(snapshot) for snapshot in snapshots)


def verdicts_without_files() -> list[OfficialVerdict]:
    """Return the official verdicts that are up to date and of which nobody makes the files."""
    later = OfficialVerdict.objects.filter(round=OuterRef("round"), number__gt=OuterRef("number"))
    at_work = Job.objects.filter(round=OuterRef("round"), kind=Job.Kind.FILES).exclude(
        state=Job.State.DONE
    )
    found = OfficialVerdict.objects.filter(~Exists(later), ~Exists(at_work), files=None)
    return [verdict for verdict in found if rests_on_now(verdict)]


@dataclass(frozen=True, slots=True)
class Due:
    """A round that has changed since it was judged; `judged_at` is None if it never was."""

    round_id: int
    head_digest: str
    judged_at: datetime | None


def rounds_to_judge() -> list[Due]:
    """Return the rounds that have changed since they were judged, and are not being judged."""
    newest = Snapshot.objects.filter(round=OuterRef("pk")).order_by(*_NEWEST)
    moderation = ModerationEntry.objects.filter(round_id=OuterRef("pk")).order_by("-id")
    at_work = Job.objects.filter(
        round=OuterRef("pk"),
        kind=Job.Kind.JUDGE,
        state__in=[Job.State.WAITING, Job.State.RUNNING, Job.State.FAILED],
    )
    changed = (
        Round.objects.filter(~Exists(at_work), head_length__gt=0)
        .annotate(
            judged_head=Subquery(newest.values("head_digest")[:1]),
            judged_moderation=Subquery(newest.values("moderation_id")[:1]),
            judged_at=Subquery(newest.values("computed_at")[:1]),
            moderation_now=Coalesce(Subquery(moderation.values("id")[:1]), 0),
        )
        .filter(
            Q(judged_head=None)
            | ~Q(judged_head=F("head_digest"))
            | Q(judged_moderation__lt=F("moderation_now"))
        )
    )
    return [Due(*each) for each in changed.values_list("pk", "head_digest", "judged_at")]
