"""The guidelines as an app of Django."""

from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    """Guidelines of organisations, their drafts and their published versions."""

    name = "spreekruimte.guidelines"
