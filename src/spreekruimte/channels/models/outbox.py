"""What goes out: rounds that are asked through an account, and each outward act as one row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.models import Round
from spreekruimte.channels.models.accounts import LONGEST_ADDRESS, Account

LONGEST_PROBLEM = 300


class Publication(models.Model):
    """A round that is asked through an account, and what the network tells of it.

    What is counted there is told apart from the ballots and never added to them: whoever answers
    there chose to, and nobody knows how many accounts one person has.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="publications")
    language = models.CharField(max_length=2)
    identifier = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """What the network knows our question by; empty until it is there."""
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Where people see it."""
    posted_at = models.DateTimeField(null=True)
    options = models.JSONField(default=list)
    """Those of its poll: admissible, not admissible, don't know; empty where it has none."""
    counts = models.JSONField(default=dict)
    """Of ``replies``, ``shares``, ``likes`` and ``quotes``, as far as told."""
    tally = models.JSONField(null=True)
    """How often each option was chosen, in their order; None where not told."""
    read_at = models.DateTimeField(null=True)
    next_read_at = models.DateTimeField(null=True)
    """When to read it again; None before it is posted and when it is read no more."""
    failures = models.PositiveIntegerField(default=0)
    """How often in a row reading it failed."""
    is_gone = models.BooleanField(default=False)
    """Whether our question is there no more."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "account"], name="publication_once"),
            models.CheckConstraint(
                condition=Q(language__in=["nl", "en"]), name="publication_language"
            ),
            models.CheckConstraint(
                condition=Q(identifier="", posted_at__isnull=True)
                | (~Q(identifier="") & Q(posted_at__isnull=False)),
                name="publication_posted_has_identifier",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_read_at"], name="publication_to_be_read"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"publication {self.pk} of round {self.round_id}"


class Act(models.Model):
    """One outward act: it goes out once, as far as its network allows.

    Before the network is asked the row is leased, as `SENDING`. Whoever finds a lease that ran
    out, or an act of which no whole answer came, looks back at the network before trying again.
    """

    class Kind(models.TextChoices):
        """What it is."""

        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")
        VERDICT = "verdict", _("result")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("taken back")
        UNKNOWN = "unknown", _("may be sent; we look")
        OUTDATED = "outdated", _("out of date; not sent")

    key = models.CharField(max_length=32, unique=True)
    """32 random hexadecimal digits, told to networks that recognise an act by them."""
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.PositiveBigIntegerField(default=0)
    """Of an answer the message of the dialogue, of a result the official verdict, of a withdrawal
    the act that it takes away; 0 of a question, of which there is one in a publication."""
    post = models.JSONField(default=dict)
    """What goes out (`channels.posts`)."""
    picture = models.BinaryField(default=b"")
    """Of its card, as PNG; empty where there is none."""
    state = models.CharField(max_length=8, choices=State, default=State.WAITING.value)
    ordered_at = models.DateTimeField()
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=LONGEST_PROBLEM, blank=True, default="")
    """What went wrong last, or why it is out of date; empty where nothing is."""
    identifier = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """What the network knows the post by, once sent."""
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "kind", "subject"], name="act_once_per_order"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["question", "answer", "verdict", "withdrawal"]),
                name="act_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("waiting", "sending", "sent", "failed", "stopped", "unknown", "outdated")
                    ]
                ),
                name="act_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until__isnull=True)),
                name="act_is_leased_while_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="act_that_was_sent_has_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before"], name="act_to_be_sent"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without what it says."""
        return f"{self.kind} {self.pk} of publication {self.publication_id}"
