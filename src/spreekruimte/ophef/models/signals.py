"""Signs of fuss: each is written once, and can be withdrawn.

What may have to be erased stands beside the rows that stay: the name of an outlet, and the address
of an item.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.models.imports import Import
from spreekruimte.ophef.models.incidents import Incident
from spreekruimte.ophef.models.tokens import AccessToken
from spreekruimte.organisations.append_only import AppendOnlyModel
from spreekruimte.organisations.models import Organisation

LONGEST_OUTLET = 120
LONGEST_PLATFORM = 40
LONGEST_ADDRESS = 2000
MOST_REACH = 10_000_000_000
MOST_HOURS = 100_000


class Kind(models.TextChoices):
    """What happened."""

    MEDIA = "media", _("media item")
    CALL = "call", _("phone call")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    MENTION = "mention", _("social mention")
    QUESTION = "question", _("parliamentary or council question")
    STATEMENT = "statement", _("statement by an office-holder")
    COMPLAINT = "complaint", _("formal complaint")
    THREAT = "threat", _("threat")
    HOURS = "hours", _("staff hours")


class Direction(models.IntegerChoices):
    """On which side a signal is; none is stored where nobody knows."""

    AGAINST = -1, _("against the post")
    NEUTRAL = 0, _("neutral")
    DEFENCE = 1, _("in defence of the post")


class Source(models.TextChoices):
    """Which way a signal came in."""

    HAND = "hand", _("by hand")
    PHONE = "phone", _("the page for the phone")
    IMPORT = "import", _("import")
    ENDPOINT = "endpoint", _("phone system")
    FEED = "feed", _("news feed")
    CHANNEL = "channel", _("social media")


class OutletKind(models.TextChoices):
    """What kind of medium an outlet is."""

    NEWSPAPER = "newspaper", _("newspaper")
    BROADCASTER = "broadcaster", _("radio or television")
    SITE = "site", _("news site")
    MAGAZINE = "magazine", _("magazine")
    BLOG = "blog", _("blog")
    OTHER = "other", _("something else")


class Outlet(models.Model):
    """A medium that brings news, as an organisation calls it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="outlets")
    name = models.CharField(max_length=LONGEST_OUTLET)
    kind = models.CharField(max_length=11, choices=OutletKind, blank=True, default="")
    """Empty where nobody said."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "name"], name="outlet_once"),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["", *OutletKind.values]), name="outlet_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Signal(AppendOnlyModel):
    """One sign of fuss. It counts unless there is a `Withdrawal` of it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """That of the incident, so that nothing enters an organisation twice."""
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="signals", db_index=False
    )
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField()
    """When it happened."""
    recorded_at = models.DateTimeField()
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    platform = models.CharField(max_length=LONGEST_PLATFORM, blank=True, default="")
    """Of a social mention: the service, in small letters."""
    author = models.BigIntegerField(null=True)
    """Who called or wrote, as a pseudonym (`spreekruimte.ophef.pseudonyms`); None if unknown."""
    reach = models.BigIntegerField(null=True)
    """How many people it could reach; None if unknown."""
    direction = models.SmallIntegerField(choices=Direction, null=True)
    is_outside = models.BooleanField(null=True)
    """Whether it came from outside the jurisdiction; None if unknown."""
    is_employers = models.BooleanField(default=False)
    """Whether the employer itself made it, as with a press release."""
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    """Of staff hours: how many."""
    source = models.CharField(max_length=8, choices=Source)
    key = models.CharField(max_length=64)
    """What makes it come in once: unique in its organisation and source."""
    imported = models.ForeignKey(
        Import, on_delete=models.PROTECT, null=True, related_name="signals", db_index=False
    )
    token = models.ForeignKey(
        AccessToken, on_delete=models.PROTECT, null=True, related_name="signals", db_index=False
    )

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "source", "key"], name="signal_once"),
            models.CheckConstraint(condition=~Q(key=""), name="signal_has_key"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="signal_kind_is_known"),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="signal_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__isnull=True) | Q(direction__in=Direction.values),
                name="signal_direction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | Q(reach__range=(0, MOST_REACH)),
                name="signal_reach_in_range",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="hours", amount__isnull=False, amount__gt=0, amount__lte=MOST_HOURS
                )
                | (~Q(kind="hours") & Q(amount__isnull=True)),
                name="signal_hours_have_amount",
            ),
            models.CheckConstraint(
                condition=Q(outlet__isnull=True) | Q(kind="media"), name="signal_outlet_of_media"
            ),
            models.CheckConstraint(
                condition=Q(platform="") | Q(kind="mention"), name="signal_platform_of_mention"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-at", "-id"], name="signal_of_incident"),
            models.Index(fields=["incident", "kind", "-at", "-id"], name="signal_of_kind"),
            models.Index(
                fields=["imported"], condition=Q(imported__isnull=False), name="signal_of_import"
            ),
            models.Index(
                fields=["token"], condition=Q(token__isnull=False), name="signal_of_token"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"signal {self.pk} of incident {self.incident_id}"


class Link(models.Model):
    """Where an item can be read. For editors only: it can lead to a person."""

    signal = models.OneToOneField(
        Signal, on_delete=models.PROTECT, primary_key=True, related_name="link"
    )
    address = models.URLField(max_length=LONGEST_ADDRESS)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(address=""), name="link_has_address"),
        ]

    def __str__(self) -> str:
        """Return of which signal it is, without where it leads."""
        return f"link of signal {self.signal_id}"


class Withdrawal(AppendOnlyModel):
    """That a signal does not count: it was entered by mistake."""

    signal = models.OneToOneField(
        Signal, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return what was withdrawn."""
        return f"withdrawal of signal {self.signal_id}"


class Tally(models.Model):
    """How many signals of one kind count in an incident, so that no page counts a million rows.

    The actions that record and withdraw keep it, in the same transaction.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="tallies", db_index=False
    )
    kind = models.CharField(max_length=9, choices=Kind)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "kind"], name="tally_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="tally_kind_is_known"),
        ]

    def __str__(self) -> str:
        """Return what it counts."""
        return f"{self.kind} of incident {self.incident_id}: {self.count}"
