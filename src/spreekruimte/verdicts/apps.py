"""The verdicts as an app of Django."""

from django.apps import AppConfig


class VerdictsConfig(AppConfig):
    """Compute, publish, replay and report verdicts."""

    name = "spreekruimte.verdicts"
