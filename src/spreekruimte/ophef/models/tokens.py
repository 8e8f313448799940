"""What lets a phone system, or the person at the phone, say that a call came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.models import Organisation

LONGEST_PURPOSE = 80


class AccessToken(models.Model):
    """Leave to add signals to the open incidents of an organisation. It reads nothing.

    The token itself is shown once; only its digest is kept.
    """

    class Use(models.TextChoices):
        """What it opens."""

        ENDPOINT = "endpoint", _("a phone system")
        PHONE = "phone", _("the page for the phone")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="access_tokens"
    )
    use = models.CharField(max_length=8, choices=Use)
    purpose = models.CharField(max_length=LONGEST_PURPOSE)
    """What the organisation calls it."""
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
    """The last day on which it was used."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~(Q(purpose="") | Q(digest="")), name="access_token_is_complete"
            ),
            models.CheckConstraint(
                condition=Q(use__in=["endpoint", "phone"]), name="access_token_use_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without what leads to the token."""
        return f"access token {self.pk}"
