"""The rule lists that are proposed to an organisation, as they are stored.

They follow from what is published, and are found anew when an editor asks for it, so only the
latest are kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.models import Organisation


class ProposedLists(models.Model):
    """What is proposed to an organisation, and how far the finding is."""

    class Stage(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("is being computed")
        FAILED = "failed", _("failed, and is tried again soon")
        DONE = "done", _("done")

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.WAITING.value)
    seen_at = models.DateTimeField()
    """When it was last heard of."""
    input_digest = models.CharField(max_length=64, blank=True, default="")
    """Names the situations that it was found from; see `situations.Situations.digest`."""
    document = models.JSONField(default=dict)
    """As `computing.find_lists` gives it."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(stage__in=["waiting", "running", "failed"])
                | (Q(stage="done") & ~Q(input_digest="")),
                name="proposed_lists_name_their_input_when_done",
            ),
        ]

    def __str__(self) -> str:
        """Return to whom it is proposed."""
        return f"lists proposed to organisation {self.organisation_id}"
