"""Tables of mandates as they are stored: one draft for each organisation, and its versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spreekruimte.organisations.append_only import AppendOnlyModel
from spreekruimte.organisations.models import Organisation


class MandateDraft(models.Model):
    """What is written of the next version."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    cells = models.JSONField(default=dict)
    """As `cells.write_cells` gives them."""

    def __str__(self) -> str:
        """Return whose draft it is."""
        return f"draft of mandates of organisation {self.organisation_id}"


class MandateVersion(AppendOnlyModel):
    """A table as it was published, for good."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandate_versions"
    )
    number = models.PositiveIntegerField()
    """Counted from 1."""
    cells = models.JSONField()
    """As `cells.write_cells` gives them."""
    published_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="mandate_version_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="mandate_version_from_one"),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"version {self.number} of mandates of organisation {self.organisation_id}"
