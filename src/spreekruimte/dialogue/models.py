"""The dialogue of a case as it is stored: messages, what others find of them, what moderators did.

Who wrote or voted is a pseudonym of the case (`spreekruimte.ballots.pseudonyms`), and no row holds
an account, an address or a name. Whoever speaks for an office does so by the office alone. States
of messages are told in ``docs/dialogue.md``; the functions in `spreekruimte.dialogue.actions` make
each change.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.models import Reason
from spreekruimte.cases.models import Case
from spreekruimte.organisations.append_only import AppendOnlyModel

LONGEST_MESSAGE = 1000


class Speaker(models.TextChoices):
    """As what somebody speaks."""

    CITIZEN = "citizen", _("citizen")
    SERVANT = "servant", _("the public servant whose post this is")
    COLLEAGUE = "colleague", _("a public servant of the organisation")
    ORGANISATION = "organisation", _("the organisation")


class Source(models.TextChoices):
    """Where a message was written."""

    WEB = "web", _("on this site")
    MASTODON = "mastodon", _("on Mastodon")
    BLUESKY = "bluesky", _("on Bluesky")
    FEDIVERSE = "fediverse", _("in the fediverse")
    WEBMENTION = "webmention", _("on a blog")


class Message(models.Model):
    """One thing that was said about a case: a question, a remark, an answer."""

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("hidden")
        ERASED = "erased", _("erased by who wrote it")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    """What it answers; None where it begins a thread. Of the same case."""
    speaker = models.CharField(max_length=12, choices=Speaker, default=Speaker.CITIZEN.value)
    source = models.CharField(max_length=10, choices=Source, default=Source.WEB.value)
    author = models.CharField(max_length=64, blank=True, default="")
    """The pseudonym of who wrote it, in this case; empty after erasure."""
    content = models.CharField(max_length=LONGEST_MESSAGE, blank=True)
    language = models.CharField(max_length=2, blank=True)
    """``nl`` or ``en``; empty where that is not known."""
    state = models.CharField(max_length=7, choices=State)
    reason = models.ForeignKey(
        Reason, on_delete=models.SET_NULL, null=True, related_name="messages"
    )
    """The reason that a moderator made of it, if any."""
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    """When its author last changed the text or had it erased."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown", "hidden", "erased"]),
                name="message_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(speaker__in=Speaker.values, source__in=Source.values),
                name="message_speaker_and_source_are_known",
            ),
            models.CheckConstraint(
                condition=Q(state="erased", content="", author="")
                | (~Q(state="erased") & ~Q(content="") & ~Q(author="")),
                name="message_has_content_and_author_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(speaker="citizen") | Q(source="web"),
                name="message_of_an_office_comes_from_here",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["nl", "en", ""]), name="message_language"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="message_answers_another",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "state"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without its content."""
        return f"message {self.pk} of case {self.case_id}"


class MessageVote(models.Model):
    """Whether somebody agrees with a message: one vote each, which can be changed."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    """The pseudonym in this case: the same as that of the ballots there."""
    answer = models.SmallIntegerField()
    """1 agree, -1 disagree, 0 pass."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "voter"], name="message_vote_once"),
            models.CheckConstraint(
                condition=Q(answer__range=(-1, 1)), name="message_vote_is_an_answer"
            ),
            models.CheckConstraint(condition=~Q(voter=""), name="message_vote_has_voter"),
        ]

    def __str__(self) -> str:
        """Return about which message it is, without who voted what."""
        return f"vote on message {self.message_id}"


class DialogueRevision(models.Model):
    """How often the dialogue of a case changed, so that it is known whether it was counted since.

    Kept apart from the figures, since every vote changes it and they are large.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="dialogue_revision"
    )
    revision = models.PositiveBigIntegerField(default=0)
    """Goes up by one with each change of what is shown or voted."""
    withdrawn = models.PositiveBigIntegerField(default=0)
    """The revision at which something was last taken away: nothing counted before it is kept."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(withdrawn__lte=F("revision")), name="dialogue_withdrawn_by_now"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"revision {self.revision} of the dialogue of case {self.case_id}"


class DialogueFigures(models.Model):
    """What was counted of the dialogue of a case: what its page shows of it, and no more.

    The figures are aggregates: no voter, no author and nobody's opinion group is among them.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="dialogue_figures"
    )
    revision = models.PositiveBigIntegerField()
    """`DialogueRevision.revision` as it was when the votes were read."""
    snapshot_id = models.BigIntegerField(default=0)
    """The verdict by whose opinion groups it was counted; 0 without one."""
    method = models.CharField(max_length=40)
    document = models.JSONField()
    """As `spreekruimte.dialogue.figures.Figures.to_document` gives it."""
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose figures these are."""
        return f"figures of the dialogue of case {self.case_id}"


class MessageModeration(AppendOnlyModel):
    """One act of moderation on a message, for the public log: what was done, and on what ground.

    It holds no content, no author and, for the public, no moderator; values, no foreign keys.
    """

    class Act(models.TextChoices):
        """What was done."""

        SHOW = "show", _("shown")
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("shown again")
        APPEAL = "appeal", _("appealed against by who wrote it")
        UPHOLD = "uphold", _("hidden still, after an appeal")

    case_id = models.BigIntegerField()
    message_id = models.BigIntegerField()
    act = models.CharField(max_length=7, choices=Act)
    ground = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case_id", "-id"], name="message_moderation_of_case"),
            models.Index(fields=["message_id", "-id"], name="message_moderation_of_one"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(act="hide") & ~Q(ground="")) | (~Q(act="hide") & Q(ground="")),
                name="message_moderation_has_ground",
            ),
        ]

    def __str__(self) -> str:
        """Return what was done to which message."""
        return f"{self.act} message {self.message_id}"
