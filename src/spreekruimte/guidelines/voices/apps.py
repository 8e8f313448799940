"""Voices as an app of Django."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Questions whether several voices of one organisation harm or help trust, and answers."""

    name = "spreekruimte.guidelines.voices"
