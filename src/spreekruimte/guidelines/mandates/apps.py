"""Mandates as an app of Django."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Tables of mandates: a draft for each organisation, and the versions that were published."""

    name = "spreekruimte.guidelines.mandates"
