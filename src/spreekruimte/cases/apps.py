"""The cases as an app of Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, their texts and sources, and who signed for them."""

    name = "spreekruimte.cases"
