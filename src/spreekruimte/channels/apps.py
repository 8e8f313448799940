"""The channels as an app of Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Connected accounts, what goes out by them, and what comes back."""

    name = "spreekruimte.channels"
