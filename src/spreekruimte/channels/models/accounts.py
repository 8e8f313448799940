"""Accounts of organisations on networks, and how their servers are treated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.models import Organisation

LONGEST_ADDRESS = 500


class Account(models.Model):
    """An account of an organisation by which questions are asked."""

    class State(models.TextChoices):
        """Whether it lets us in."""

        CONNECTED = "connected", _("connected")
        SIGNED_OUT = "signed_out", _("signed out")
        DISCONNECTED = "disconnected", _("disconnected")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="channel_accounts"
    )
    network = models.CharField(max_length=20)
    """A name of `spreekruimte.channels.registry`."""
    server = models.CharField(max_length=LONGEST_ADDRESS)
    """The origin of its server, as ``https://social.example``."""
    identifier = models.CharField(max_length=LONGEST_ADDRESS)
    """What the network knows it by, for good."""
    name = models.CharField(max_length=LONGEST_ADDRESS)
    """As people see it there, as ``@organisation@social.example``."""
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Of its page there."""
    credentials = models.TextField(blank=True, default="")
    """What lets us in, as encrypted JSON (`channels.credentials`); empty once disconnected."""
    state = models.CharField(max_length=12, choices=State, default=State.CONNECTED.value)
    connected_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    """When its server last did what it was asked for."""
    problem = models.CharField(max_length=200, blank=True, default="")
    """What went wrong since then; empty where nothing did."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["network", "server", "identifier"], name="channel_account_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["connected", "signed_out", "disconnected"]),
                name="channel_account_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="disconnected", credentials="")
                | (~Q(state="disconnected") & ~Q(credentials="")),
                name="channel_account_has_credentials_until_disconnected",
            ),
        ]

    def __str__(self) -> str:
        """Return which one it is."""
        return f"{self.network} account {self.pk}"


class AppRegistration(models.Model):
    """What a server knows this installation by, for those networks where each has to be told."""

    network = models.CharField(max_length=20)
    server = models.CharField(max_length=LONGEST_ADDRESS)
    purpose = models.CharField(max_length=20)
    """``publishing``, or another use that asks for other rights."""
    credentials = models.TextField()
    """The client's id and secret, as encrypted JSON."""
    registered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["network", "server", "purpose"], name="app_registration_once"
            ),
        ]

    def __str__(self) -> str:
        """Return with whom it is."""
        return f"registration with {self.server} for {self.purpose}"


class ServerPace(models.Model):
    """When a server may be asked again: whoever asks it takes the next turn here first."""

    server = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return whose pace it is."""
        return f"pace of {self.server}"


class Stop(models.Model):
    """That nothing goes out: of an organisation, or of the whole installation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="channel_stops"
    )
    """None stops every organisation."""
    stopped_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Coalesce("organisation_id", Value(0)), name="channels_stop_once"
            ),
        ]

    def __str__(self) -> str:
        """Return what is stopped."""
        return f"stop of {self.organisation_id or 'everything'}"
