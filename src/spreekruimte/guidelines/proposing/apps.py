"""Proposals as an app of Django."""

from django.apps import AppConfig


class ProposingConfig(AppConfig):
    """Rule lists that were found for an organisation, and how far the finding is."""

    name = "spreekruimte.guidelines.proposing"
