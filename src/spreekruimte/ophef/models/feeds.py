"""News feeds that are looked at again and again, and what was found in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.models.incidents import Incident
from spreekruimte.ophef.models.signals import LONGEST_ADDRESS, Outlet, Signal
from spreekruimte.organisations.models import Organisation

LONGEST_ITEM_TITLE = 300
# As long as such a header may be that is sent back.
LONGEST_VALIDATOR = 300
# In minutes: nobody is asked more often, and nothing is looked at less than once a day.
SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 1440
USUAL_INTERVAL = 15


class Feed(models.Model):
    """A feed or news sitemap of one outlet, and when it is to be asked again."""

    class Kind(models.TextChoices):
        """How it is written."""

        RSS = "rss", "RSS"
        ATOM = "atom", "Atom"
        SITEMAP = "sitemap", _("news sitemap")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="feeds")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, related_name="feeds")
    """Whose items these are; None for one that gathers those of many."""
    address = models.URLField(max_length=LONGEST_ADDRESS)
    kind = models.CharField(max_length=7, choices=Kind)
    """As it was found to be; that of a new one is a guess."""
    every = models.PositiveIntegerField(default=USUAL_INTERVAL)
    """How many minutes lie between two polls, while all goes well."""
    is_active = models.BooleanField(default=True)
    etag = models.CharField(max_length=LONGEST_VALIDATOR, blank=True, default="")
    last_modified = models.CharField(max_length=LONGEST_VALIDATOR, blank=True, default="")
    """With the etag: what the server said last, to be told back to it."""
    polled_at = models.DateTimeField(null=True)
    next_poll_at = models.DateTimeField()
    """From when on it is to be asked again; who polls it puts this off before anything else."""
    failures = models.PositiveIntegerField(default=0)
    """How often in a row it failed: the pause grows with it."""
    problem = models.CharField(max_length=40, blank=True, default="")
    """Why it failed last, as a code; empty where it went well."""
    items_found = models.PositiveIntegerField(default=0)
    """How many items it had when it was last read."""
    items_new = models.PositiveIntegerField(default=0)
    """How many of them were not known until then."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "address"], name="feed_once"),
            models.CheckConstraint(condition=~Q(address=""), name="feed_has_address"),
            models.CheckConstraint(
                condition=Q(kind__in=["rss", "atom", "sitemap"]), name="feed_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(every__range=(SHORTEST_INTERVAL, LONGEST_INTERVAL)),
                name="feed_interval_in_range",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_poll_at"], condition=Q(is_active=True), name="feed_to_be_polled"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"feed {self.pk}"


class FeedItem(models.Model):
    """An item that may be about an incident, and what an editor said of that.

    Its title and address can lead to a person: they are for editors, and stay only until one has
    decided. What is left then is the digest, so that the item is not asked about again; the address
    of an accepted one goes on as the `Link` of its signal.
    """

    class Decision(models.TextChoices):
        """What an editor said."""

        UNDECIDED = "undecided", _("not decided")
        YES = "yes", _("is about this incident")
        NO = "no", _("is not about this incident")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    digest = models.CharField(max_length=64)
    """SHA-256 of its guid, or of its address where it has none; see `ophef.feeds.items`."""
    article = models.CharField(max_length=64, blank=True, default="")
    """The same for one article in all feeds, so that nobody is asked twice; empty if not known."""
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, related_name="feed_items"
    )
    """The one that it may be about; None where it fits none, and nobody is asked."""
    confidence = models.FloatField(default=0.0)
    """How well it fits, 0 to 1."""
    title = models.CharField(max_length=LONGEST_ITEM_TITLE, blank=True, default="")
    address = models.URLField(max_length=LONGEST_ADDRESS, blank=True, default="")
    published_at = models.DateTimeField()
    is_dated = models.BooleanField(default=True)
    """Whether it says when it was published; else that is the time at which it was found."""
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.UNDECIDED.value)
    signal = models.OneToOneField(
        Signal, on_delete=models.PROTECT, null=True, related_name="feed_item"
    )
    """Of an accepted one: what it became."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["feed", "digest"], name="feed_item_once"),
            models.CheckConstraint(
                condition=Q(decision__in=["undecided", "yes", "no"]),
                name="feed_item_decision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="yes", incident__isnull=False, signal__isnull=False)
                | (~Q(decision="yes") & Q(signal__isnull=True)),
                name="feed_item_accepted_is_a_signal",
            ),
            models.CheckConstraint(
                condition=Q(decision="undecided", incident__isnull=False) | Q(title="", address=""),
                name="feed_item_decided_is_bare",
            ),
            models.CheckConstraint(
                condition=Q(confidence__range=(0.0, 1.0)), name="feed_item_confidence_in_range"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "decision", "-id"], name="feed_item_of_incident"),
            models.Index(
                fields=["article"], condition=Q(incident__isnull=False), name="feed_item_asked"
            ),
            models.Index(
                fields=["found_at"], condition=Q(decision="undecided"), name="feed_item_undecided"
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is, without its title."""
        return f"item {self.pk} of feed {self.feed_id}"
