"""The ballots as an app of Django."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """Rounds, ballots, reasons and receipts."""

    name = "spreekruimte.ballots"
