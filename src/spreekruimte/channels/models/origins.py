"""Where messages of the dialogue that were written elsewhere came from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spreekruimte.channels.models.accounts import LONGEST_ADDRESS
from spreekruimte.channels.models.outbox import Publication
from spreekruimte.dialogue.models import Message


class Origin(models.Model):
    """What leads from a message back to where it was written, kept apart from the dialogue.

    It is needed to see that something was deleted there, and to answer. `channels.origins` writes
    and reads it.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="origin")
    network = models.CharField(max_length=20)
    """A name of `spreekruimte.channels.registry`, or that of another way in, as ``webmention``."""
    server = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Whose identifier it is, as ``https://social.example``; empty where it says so itself."""
    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, null=True, related_name="origins"
    )
    """In the thread of which question of ours it stands; None where there is none."""
    digest = models.CharField(max_length=64, unique=True)
    """A keyed digest of network, server and identifier: nothing is received twice."""
    identifier = models.TextField(blank=True, default="")
    """What the network knows it by, encrypted; empty once the message was erased."""
    text_digest = models.CharField(max_length=64)
    """A keyed digest of its text as it was read, so that a change of it is noticed."""
    checked_at = models.DateTimeField()
    """When it was last seen to be there."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(digest=""), name="origin_has_digest"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["checked_at"], condition=~Q(identifier=""), name="origin_to_be_checked"
            ),
        ]

    def __str__(self) -> str:
        """Return of which message it is, without what leads back to it."""
        return f"origin of message {self.message_id}"
