"""What the employer did: measures, order measures and changes of rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.ophef.models.incidents import Incident

LONGEST_GUIDELINE = 120


class OrderMeasure(models.TextChoices):
    """What keeps the peace while things are looked into; it is no measure and no penalty."""

    SUSPENSION = "suspension", _("suspended while it is looked into")
    ACCESS = "access", _("no access to the building or the systems")
    OTHER_WORK = "other_work", _("other work for the time being")
    SOCIAL_MEDIA = "social_media", _("no social media for the time being")
    OTHER = "other", _("something else")


class Act(models.Model):
    """One act of the employer in an incident. One that was entered by mistake is withdrawn."""

    class Kind(models.TextChoices):
        """What kind of act."""

        MEASURE = "measure", _("measure")
        ORDER = "order", _("order measure")
        RULE = "rule", _("change of rules")

    class Strictness(models.IntegerChoices):
        """What became of the rules."""

        LOOSER = -1, _("looser")
        UNCHANGED = 0, _("unchanged, after they were looked at")
        STRICTER = 1, _("stricter")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=7, choices=Kind)
    on = models.DateField()
    measure = models.SmallIntegerField(null=True)
    """Of a measure: the step of the ladder, 0 to 8 (`spreekruimte.ballots.ladder`)."""
    order = models.CharField(max_length=12, choices=OrderMeasure, blank=True, default="")
    guideline = models.CharField(max_length=LONGEST_GUIDELINE, blank=True, default="")
    """Of a change of rules: which guideline."""
    strictness = models.SmallIntegerField(choices=Strictness, null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    kind="measure",
                    measure__isnull=False,
                    measure__range=(0, 8),
                    order="",
                    guideline="",
                    strictness__isnull=True,
                )
                | Q(
                    kind="order",
                    measure__isnull=True,
                    order__in=OrderMeasure.values,
                    guideline="",
                    strictness__isnull=True,
                )
                | (
                    Q(
                        kind="rule",
                        measure__isnull=True,
                        order="",
                        strictness__isnull=False,
                        strictness__range=(-1, 1),
                    )
                    & ~Q(guideline="")
                ),
                name="act_has_what_its_kind_has",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"{self.kind} {self.pk} in incident {self.incident_id}"

    @property
    def measure_name(self) -> str | Promise:
        """The words for the step of the ladder; empty for other acts."""
        return "" if self.measure is None else MEASURES[self.measure]
