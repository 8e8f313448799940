"""Chill as an app of Django."""

from django.apps import AppConfig


class ChillConfig(AppConfig):
    """Surveys of public servants, their answers, and what came out."""

    name = "spreekruimte.guidelines.chill"
