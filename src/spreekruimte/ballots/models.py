"""Ballots as they are stored: the log that stays, and beside it what can be erased.

What tells respondents apart is a pseudonym per case (`spreekruimte.ballots.pseudonyms`). No row
holds an address, an account or a moment of voting. States of reasons are told in
``docs/reason-states.md``; the functions in `spreekruimte.ballots.actions` make each change.
"""

from __future__ import annotations

from typing import ClassVar, cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.bank import FRAMINGS, SIDES, Framing, Side
from spreekruimte.cases.models import Case
from spreekruimte.cases.shares import FULL_CONTEXT, Arm
from spreekruimte.organisations.append_only import AppendOnlyModel

LONGEST_REASON = 280


class Tier(models.TextChoices):
    """How surely two ballots come from two people: the ways in."""

    BROWSER = "browser", _("anonymous browser")
    EMAIL = "email", _("confirmed e-mail address")
    INVITATION = "invitation", _("invitation code")
    OPENID = "openid", _("OpenID Connect")
    MASTODON = "mastodon", _("account on Mastodon")
    BLUESKY = "bluesky", _("account on Bluesky")
    EMBED = "embed", _("ballot inside another page")


class Channel(models.TextChoices):
    """Who was asked. The two are never added up."""

    OPEN = "open", _("open channel")
    PANEL = "panel", _("panel")


# Who was drawn by lot stands for more than who came.
PREFERRED = (Channel.PANEL, Channel.OPEN)


class Question(models.TextChoices):
    """What a ballot answers."""

    JUDGEMENT = "judgement", _("admissible or not")
    MEASURE = "measure", _("what the employer should do")
    REASON = "reason", _("agree with a reason or not")


class Moderation(models.TextChoices):
    """When reasons are looked at."""

    BEFORE = "before", _("before they are shown")
    AFTER = "after", _("after they are shown")


class CaseKey(models.Model):
    """The key that pseudonyms of a case follow from. Deleting it cuts the way back for good."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return whose key it is, without the key."""
        return f"key of case {self.case_id}"


class Round(models.Model):
    """One time that a case is asked. Reasons and ballots belong to a round."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    moderation = models.CharField(max_length=6, choices=Moderation, default=Moderation.BEFORE.value)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it was closed, stopped or withdrawn; until then, or `closes_at`, it is open."""
    head_length = models.PositiveBigIntegerField(default=0)
    """How many entries its log has; with the digest, the head that is published."""
    head_digest = models.CharField(max_length=64)
    arms = models.JSONField(default=dict)
    """How often each text of the case is drawn, by name, as whole numbers beside each other; empty
    for a round from before this was kept."""
    reply_length = models.PositiveBigIntegerField(null=True)
    """How many entries its log had when citizens could first read a reply of the public servant."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="round_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_counts_from_one"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="round_moderation_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the name that the log carries."""
        return self.log_name

    @property
    def log_name(self) -> str:
        """The id of the round in the first line of its log."""
        return f"case-{self.case_id}-round-{self.number}"


class PlannedRound(models.Model):
    """A round that opens on its day, if the case is ready then and every gate lets it through."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="planned_round"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    moderation = models.CharField(max_length=6, choices=Moderation)
    seeds = models.JSONField(default=list)
    """Reasons to begin with: objects with ``content`` and ``language``."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="plan_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values),
                name="plan_moderation_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return which case it is of."""
        return f"planned round of case {self.case_id}"


class Participation(models.Model):
    """One respondent in one round, known by pseudonym."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    pseudonym = models.CharField(max_length=64)
    tier = models.CharField(max_length=10, choices=Tier)
    channel = models.CharField(max_length=5, choices=Channel)
    framing = models.CharField(max_length=10, default=FULL_CONTEXT[0])
    side = models.CharField(max_length=10, default=FULL_CONTEXT[1])
    """With the framing: the text that the respondent is asked on, which never changes."""
    has_seen_results = models.BooleanField(default=False)
    has_given_up = models.BooleanField(default=False)
    """Whether the ballot of this round was given up, to look at the results without one."""
    about = models.JSONField(default=dict)
    """Optional, coarse answers about the respondent, by question."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "pseudonym"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(tier__in=Tier.values, channel__in=Channel.values),
                name="participation_tier_and_channel_are_known",
            ),
            models.CheckConstraint(
                condition=Q(framing__in=FRAMINGS, side__in=SIDES),
                name="participation_arm_is_known",
            ),
            models.CheckConstraint(
                condition=Q(has_given_up=False) | Q(has_seen_results=True),
                name="participation_given_up_has_seen",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without the pseudonym."""
        return f"participation {self.pk} in round {self.round_id}"

    @property
    def arm(self) -> Arm:
        """Framing and side."""
        return cast(Framing, self.framing), cast(Side, self.side)


class Reason(models.Model):
    """A statement that respondents give and vote on."""

    class State(models.TextChoices):
        """Where a reason stands."""

        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden")
        MERGED = "merged", _("taken together with another")
        ERASED = "erased", _("erased by who wrote it")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reasons")
    author = models.ForeignKey(
        Participation, on_delete=models.SET_NULL, null=True, related_name="reasons"
    )
    """None for what an editor gave to begin with, and after erasure."""
    content = models.CharField(max_length=LONGEST_REASON, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=State)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="reason_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(state="erased", content="") | (~Q(state="erased") & ~Q(content="")),
                name="reason_has_content_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown", "hidden", "merged", "erased"]),
                name="reason_state_is_known",
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "en"]), name="reason_language"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "state"], name="reason_by_state"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without its content."""
        return f"reason {self.pk} of round {self.round_id}"


class LogEntry(AppendOnlyModel):
    """One line of the log of a round (`spreekruimte.ballots.chain`)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, blank=True, default="")
    receipt = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where there is one
    concerns = models.PositiveBigIntegerField(null=True)
    """Of an erasure: the position of the ballot whose content is gone."""

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "position"], name="log_position_once"),
            models.UniqueConstraint(fields=["round", "concerns"], name="log_erases_once"),
            models.UniqueConstraint(fields=["receipt"], name="log_receipt_once"),
            models.CheckConstraint(
                condition=(Q(concerns__isnull=True, receipt__isnull=False) & ~Q(commitment=""))
                | Q(concerns__isnull=False, receipt__isnull=True, commitment=""),
                name="log_entry_is_ballot_or_erasure",
            ),
        ]

    def __str__(self) -> str:
        """Return which line it is."""
        return f"entry {self.position} of round {self.round_id}"


class Ballot(models.Model):
    """The content of one ballot: what its entry commits to, until it is erased.

    The latest of a participation for a question, and of a reason for that reason, counts; the
    ones before are kept.
    """

    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="ballot"
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="ballots"
    )
    question = models.CharField(max_length=9, choices=Question)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, null=True, related_name="ballots")
    answer = models.SmallIntegerField()
    """Of a judgement or reason: 1 admissible or agree, -1 not, 0 don't know or pass. Of a measure:
    the step 0 to 8, -1 don't know."""
    after_results = models.BooleanField(default=False)
    """Whether the respondent had seen results when giving it."""
    is_latest = models.BooleanField(default=True)
    """Whether it counts. One per participation, question and reason does."""
    salt = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(
                    Q(question="judgement", reason__isnull=True, answer__range=(-1, 1))
                    | Q(question="measure", reason__isnull=True, answer__range=(-1, 8))
                    | Q(question="reason", reason__isnull=False, answer__range=(-1, 1))
                ),
                name="ballot_answers_its_question",
            ),
            models.UniqueConstraint(
                fields=["participation", "question"],
                condition=Q(is_latest=True, reason__isnull=True),
                name="ballot_latest_once",
            ),
            models.UniqueConstraint(
                fields=["participation", "reason"],
                condition=Q(is_latest=True, reason__isnull=False),
                name="ballot_latest_once_per_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return whose content it is, without the content."""
        return f"content of entry {self.entry_id}"


class Invitation(models.Model):
    """A one-time code for the panel of a round, kept as a digest only.

    That it was used is not kept here: the pseudonym of a code can vote once.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        """Return which one it is, without what leads to the code."""
        return f"invitation {self.pk}"


class ModerationEntry(AppendOnlyModel):
    """One act of moderation, for the public log: what was done to a reason, and on what ground.

    It holds no content, no author and, for the public, no moderator; values, no foreign keys.
    """

    class Act(models.TextChoices):
        """What was done."""

        SHOW = "show", _("shown")
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("shown again")
        MERGE = "merge", _("taken together with another")
        SEPARATE = "separate", _("taken apart again")
        APPEAL = "appeal", _("appealed against by who wrote it")
        UPHOLD = "uphold", _("hidden still, after an appeal")

    round_id = models.BigIntegerField()
    reason_id = models.BigIntegerField()
    act = models.CharField(max_length=8, choices=Act)
    ground = models.CharField(max_length=20, blank=True, default="")
    into_id = models.BigIntegerField(null=True)
    """Of a merge: the other reason."""
    at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round_id", "-id"], name="moderation_of_round"),
            models.Index(fields=["reason_id", "-id"], name="moderation_of_reason"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(act="hide") & ~Q(ground="")) | (~Q(act="hide") & Q(ground="")),
                name="moderation_hides_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(act="merge", into_id__isnull=False)
                | (~Q(act="merge") & Q(into_id__isnull=True)),
                name="moderation_merges_into_another",
            ),
        ]

    def __str__(self) -> str:
        """Return what was done to which reason."""
        return f"{self.act} reason {self.reason_id}"
