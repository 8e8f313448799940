"""What there is fuss about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Organisation

LONGEST_TITLE = 120


class RegisterKey(models.Model):
    """The key that pseudonyms of authors follow from, one for each organisation.

    So authors can be counted over all its incidents. Deleting it cuts the way from an account or
    a number to a pseudonym for good.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return whose key it is, without the key."""
        return f"register key of organisation {self.organisation_id}"


class Incident(models.Model):
    """One thing that there is fuss about, told neutrally; about a case or about none."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="incidents"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="incidents")
    title_nl = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    words = models.JSONField(default=list)
    """What items of a feed are searched for: words and short phrases."""
    address_patterns = models.JSONField(default=list)
    """Parts of addresses that speak for the incident, such as ``/municipality/``; ``*`` is any."""
    starts_at = models.DateTimeField()
    """No signal is older than this."""
    ends_at = models.DateTimeField(null=True)
    """No signal is younger than this, where it is known."""
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """From when on nothing is added; the register of the incident stays."""
    revision = models.PositiveBigIntegerField(default=0)
    """How often its signals or its times changed: what was measured is measured of one of these."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "case"],
                condition=Q(case__isnull=False),
                name="incident_once_per_case",
            ),
            models.CheckConstraint(
                condition=~(Q(title_nl="") | Q(title_en="")), name="incident_has_titles"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="incident_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-id"], name="incident_of_organisation"),
        ]

    def __str__(self) -> str:
        """Return which incident it is, without its title."""
        return f"incident {self.pk}"
