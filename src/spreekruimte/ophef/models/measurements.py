"""What was measured of the fuss of an incident, what incidents compare to, and work under way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.models.incidents import Incident
from spreekruimte.organisations.append_only import AppendOnlyModel
from spreekruimte.organisations.models import Organisation


class Measurement(AppendOnlyModel):
    """That the signals of an incident were measured: from what, how, and what came out.

    The figures are aggregates: no author, no outlet and no single signal is among them.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="measurements", db_index=False
    )
    number = models.PositiveIntegerField()
    """Counted from 1 in its incident."""
    revision = models.PositiveBigIntegerField()
    """`Incident.revision` as it was when the signals were read."""
    method = models.CharField(max_length=40)
    input_digest = models.CharField(max_length=64)
    """Names the signals; see `spreekruimte.ophef.measuring.figures.digest_signals`."""
    figures = models.JSONField()
    """As `spreekruimte.ophef.measuring.figures.measure_signals` gives them."""
    computed_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "number"], name="measurement_number_once"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"measurement {self.number} of incident {self.incident_id}"


class Comparison(models.Model):
    """What came of comparing incidents: the formula, its test, and where fuss and public part.

    Only the latest is kept: it holds shares of ballots, and an erasure has to reach them.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, null=True, related_name="comparison"
    )
    """Whose incidents were compared; None for those of the whole installation."""
    method = models.CharField(max_length=40)
    input_digest = models.CharField(max_length=64)
    """Names the incidents, with measures and verdicts as they were."""
    figures = models.JSONField()
    """As `spreekruimte.ophef.measuring.comparing` gives them."""
    computed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["method"],
                condition=Q(organisation__isnull=True),
                name="comparison_of_all_once",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"comparison {self.pk}"


class Measuring(models.Model):
    """That an incident is being measured, so that a page can tell how far it is; gone when done."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waits for its turn")
        READING = "reading", _("the signals are read")
        MEASURING = "measuring", _("the fuss is measured")
        FAILED = "failed", _("failed, and is tried again soon")

    incident = models.OneToOneField(
        Incident, on_delete=models.CASCADE, primary_key=True, related_name="measuring"
    )
    state = models.CharField(max_length=9, choices=State, default=State.WAITING.value)
    seen_at = models.DateTimeField()
    """When it was last heard of; work that stays silent has died with its worker."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "reading", "measuring", "failed"]),
                name="measuring_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return what is measured."""
        return f"measuring of incident {self.incident_id}"
