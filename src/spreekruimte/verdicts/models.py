"""Verdicts as they are stored: what was computed when, what is official, and work in progress.

That something was computed, from what and with which result, is a row that stays: it holds digests
and no figures. The figures stand beside it and can go, as the content of a ballot can, so that an
erasure reaches them (``docs/decisions/0015-snapshots-of-verdicts.md``).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.organisations.append_only import AppendOnlyModel


class Snapshot(AppendOnlyModel):
    """That one channel of a round was judged: from what, how, and what came out, as digests."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="snapshots")
    channel = models.CharField(max_length=5, choices=Channel)
    number = models.PositiveIntegerField()
    """Counted from 1 in its channel of its round."""
    head_length = models.PositiveBigIntegerField()
    head_digest = models.CharField(max_length=64)
    """With the length: the head of the log whose ballots were judged."""
    moderation_id = models.BigIntegerField(default=0)
    """The last act of moderation that it knows of; 0 without one."""
    method = models.JSONField()
    input_digest = models.CharField(max_length=64)
    """Names the votes; see `spreekruimte.verdicts.snapshots.digest_votes`."""
    document_digest = models.CharField(max_length=64)
    """Names its figures; see `spreekruimte.verdicts.snapshots.digest_figures`."""
    computed_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "channel", "number"], name="snapshot_number_once"
            ),
            models.UniqueConstraint(
                fields=["round", "channel", "head_digest", "moderation_id"],
                name="snapshot_once_per_head",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="snapshot_channel_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"snapshot {self.number} of round {self.round_id}, {self.channel}"


class Figures(models.Model):
    """What came out: kept for the latest snapshot and for the official ones, gone for others."""

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, primary_key=True, related_name="figures"
    )
    document = models.JSONField()
    """``verdict.json`` without texts and without what is known of single participants."""
    crowd = models.JSONField()
    """The opinion map in cells; who took part, in cells that nobody can be picked out of; and how
    judgements changed of who saw results, and with a reply."""

    def __str__(self) -> str:
        """Return whose figures these are."""
        return f"figures of snapshot {self.snapshot_id}"


class OfficialVerdict(AppendOnlyModel):
    """That an editor made the verdict of a round official; a later one takes its place.

    Where votes are erased or reasons hidden after that, it follows by itself, as a new row.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="official_verdicts")
    number = models.PositiveIntegerField()
    snapshots = models.JSONField()
    """The ids of its snapshots, by channel."""
    is_follow_up = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="official_number_once"),
            models.CheckConstraint(
                condition=Q(is_follow_up=False) | Q(number__gt=1), name="official_follow_up_follows"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"official verdict {self.number} of round {self.round_id}"


class PublishedFile(models.Model):
    """One file of an official verdict; its content lies in the file storage.

    It goes when a later official verdict takes the place of its own.
    """

    verdict = models.ForeignKey(OfficialVerdict, on_delete=models.PROTECT, related_name="files")
    channel = models.CharField(max_length=5, choices=Channel, blank=True, default="")
    """Empty for what belongs to the whole round."""
    name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["verdict", "channel", "name"], name="published_file_once"
            ),
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return self.path

    @property
    def path(self) -> str:
        """Where it lies in the file storage."""
        return "/".join(
            ["verdicts", str(self.verdict_id), *([self.channel] if self.channel else []), self.name]
        )


class Job(models.Model):
    """Work on a round in the background, so that a page can tell how far it is."""

    class Kind(models.TextChoices):
        """What is done."""

        JUDGE = "judge", _("computing the verdict")
        FILES = "files", _("making the files")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=5, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING.value)
    step = models.CharField(max_length=20, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField()
    """When it was last heard of; work that stays silent has died with its worker."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "kind"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="job_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.kind} of round {self.round_id}: {self.state}"
