"""Our actors in the fediverse, what they posted, who has to be told, and what arrived.

No row holds the address of somebody else's account. Who follows is known by a keyed digest and by
the inbox that is told, which mostly serves a whole server. Who votes is known by a pseudonym until
the poll is counted. What arrived is encrypted until it is dealt with, and then deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spreekruimte.channels.models import Publication
from spreekruimte.organisations.models import Organisation

LONGEST_ADDRESS = 2000
LONGEST_OPTION = 50


class OwnActor(models.Model):
    """What an organisation is in the fediverse: an actor of type Service.

    Its keys are kept for good: other servers remember the public one, and believe no other.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="fediverse_actor"
    )
    private_key = models.TextField()
    """PEM, encrypted with the key of the installation."""
    public_key = models.TextField()
    """PEM."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose it is."""
        return f"actor of {self.organisation_id}"


class Follower(models.Model):
    """An account that asked to be told of posts."""

    actor = models.ForeignKey(OwnActor, on_delete=models.CASCADE, related_name="followers")
    digest = models.CharField(max_length=64)
    """Keyed, of the account."""
    inbox = models.CharField(max_length=LONGEST_ADDRESS)
    """Shared with all of its server where the server has such a one."""
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["actor", "digest"], name="fediverse_follower_once"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without what leads to the account."""
        return f"follower {self.pk} of actor {self.actor_id}"


class OwnPost(models.Model):
    """Something that an actor of ours posted: a note, or a question with a poll.

    The counts of a poll are held back until nobody can be led by them: until the poll and the
    round that it asks have ended (`closed_at`). Then they are kept as numbers (`tally`), and who
    voted is forgotten.
    """

    actor = models.ForeignKey(OwnActor, on_delete=models.PROTECT, related_name="posts")
    key = models.CharField(max_length=32, unique=True)
    """Of the outward act; part of the address."""
    text = models.TextField(blank=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    language = models.CharField(max_length=2)
    reply_to = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    is_quiet = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    options = models.JSONField(default=list)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="fediverse_posts"
    )
    """What it belongs to; until the round of it has ended, no count is told."""
    vote_key = models.BinaryField(max_length=32, default=b"")
    """What pseudonyms of voters follow from. It is deleted when the poll is counted."""
    tally = models.JSONField(null=True)
    """What `counting.Tally` writes."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True, options=[])
                | (Q(closes_at__gt=F("published_at")) & ~Q(options=[])),
                name="fediverse_poll_has_options_and_end",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, tally__isnull=True)
                | Q(closed_at__isnull=False, tally__isnull=False, vote_key=b""),
                name="fediverse_poll_counted_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(text=""),
                name="fediverse_withdrawn_post_is_empty",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["actor", "-id"], name="fediverse_post_of_actor"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"post {self.key}"

    @property
    def is_poll(self) -> bool:
        """Whether it has options to choose from."""
        return bool(self.options)

    @property
    def takes_votes_until(self) -> datetime | None:
        """When the last vote can be given: the end of the poll, or of the round before that."""
        if self.publication is None:
            return self.closes_at
        round_ = self.publication.round
        ends = (self.closes_at, round_.closes_at, round_.ended_at)
        return min((end for end in ends if end is not None), default=None)


class FederatedVote(models.Model):
    """The first choice of one account in a poll of ours; it is deleted when the poll is counted."""

    post = models.ForeignKey(OwnPost, on_delete=models.CASCADE, related_name="votes")
    pseudonym = models.CharField(max_length=64)
    server = models.CharField(max_length=64)
    """Keyed digest of the host: how many accounts of one server voted is counted, not which."""
    choice = models.PositiveSmallIntegerField()
    """The place of the option, from 0."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post", "pseudonym"], name="fediverse_vote_once"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without the pseudonym."""
        return f"vote {self.pk} on {self.post_id}"


class Delivery(models.Model):
    """An activity of ours that an inbox has not taken yet. It is deleted when it has."""

    actor = models.ForeignKey(OwnActor, on_delete=models.CASCADE, related_name="deliveries")
    inbox = models.CharField(max_length=LONGEST_ADDRESS)
    host = models.CharField(max_length=255)
    """Of the inbox: a server is asked once a second."""
    activity = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="fediverse_delivery_due"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without where it goes."""
        return f"delivery {self.pk} of actor {self.actor_id}"


class Arrival(models.Model):
    """Something that arrived in an inbox and was acknowledged, until it is dealt with."""

    sealed = models.TextField()
    """What arrived and what its signature is of, encrypted with the key of the installation."""
    server = models.CharField(max_length=64)
    """Keyed digest of the host that has to be asked for the key."""
    received_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at", "id"], name="fediverse_arrival_due"),
            models.Index(fields=["server"], name="fediverse_arrival_of_server"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"arrival {self.pk}"


class KnownKey(models.Model):
    """A public key that was fetched, so that it need not be fetched for each activity."""

    digest = models.CharField(max_length=64, unique=True)
    """Keyed, of where the key stands."""
    owner = models.CharField(max_length=64)
    """Keyed digest of the account it belongs to."""
    key = models.TextField()
    """PEM."""
    fetched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["fetched_at"], name="fediverse_key_by_age"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without whose."""
        return f"key {self.pk}"
