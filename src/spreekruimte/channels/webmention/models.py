"""Mentions that other sites told of, until somebody has looked whether they are true."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spreekruimte.cases.models import Case

LONGEST_ADDRESS = 2000


class Mention(models.Model):
    """One mention in the queue. What is true of it becomes a message; the row goes.

    Beside what is known of the mention it holds no word of who told of it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=LONGEST_ADDRESS)
    """The address of the page that mentions the case."""
    target = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """The address that has to stand in it; empty for any that leads to the case."""
    host = models.CharField(max_length=255)
    """Of the source: one host can fill only so much of the queue."""
    digest = models.CharField(max_length=64, unique=True)
    """Of source and case: a page that tells again while it waits stands in the queue once."""
    due_at = models.DateTimeField()
    """When to look next. Whoever looks puts it off first."""
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~(Q(source="") | Q(host="") | Q(digest="")), name="mention_has_source"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="mention_to_be_looked_at"),
            models.Index(fields=["host"], name="mention_by_host"),
        ]

    def __str__(self) -> str:
        """Return of which case it is, without the address."""
        return f"mention of case {self.case_id}"
