"""Imports of exports: what was read, how far it is, and which lines were refused."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.models.incidents import Incident

LONGEST_FILE_NAME = 200


class Import(models.Model):
    """One file of signals for an incident. While it waits, it lies in the file storage."""

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", _("which column is what is to be said")
        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=LONGEST_FILE_NAME)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    mapping = models.JSONField(default=dict)
    """Which column is what, as `spreekruimte.ophef.importing.mapping` reads it."""
    actor = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State, default=State.NEW.value)
    problem = models.CharField(max_length=40, blank=True, default="")
    """Of one that failed: why, as a code."""
    lines = models.PositiveIntegerField(default=0)
    """Lines that were read, without the one with the names of the columns."""
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    """Lines whose signal was there already."""
    refused = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    """How much of the file was read, in bytes."""
    size = models.PositiveBigIntegerField()
    """How large the file is, in bytes."""
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """When it was last heard of; one that stays silent has died with its worker."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "waiting", "running", "done", "failed"]),
                name="import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(problem="") | Q(state="failed"), name="import_that_failed_has_problem"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-created_at"], name="import_of_incident"),
        ]

    def __str__(self) -> str:
        """Return which one it is, without the name of its file."""
        return f"import {self.pk}"

    @property
    def path(self) -> str:
        """Where the file lies in the file storage while it waits."""
        return f"imports/{self.pk}"


class RefusedLine(models.Model):
    """One line that was not imported, and why; without what stood in it."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refused_lines")
    number = models.PositiveIntegerField()
    """Counted from 1; the names of the columns are line 1."""
    reason = models.CharField(max_length=40)
    """A code; `spreekruimte.ophef.importing.refusals` has the sentence."""
    column = models.CharField(max_length=200, blank=True, default="")
    """The column that it is about, as the file calls it; empty for the whole line."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["imported", "number"], name="refused_line_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="refused_line_has_reason"),
        ]

    def __str__(self) -> str:
        """Return which line it is."""
        return f"line {self.number} of import {self.imported_id}"
