"""The fediverse as an app of Django."""

from django.apps import AppConfig


class FediverseConfig(AppConfig):
    """The actor, its followers, its questions, and what arrives in its inbox."""

    name = "spreekruimte.channels.fediverse"
