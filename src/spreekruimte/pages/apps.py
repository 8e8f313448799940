"""The pages as an app of Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home, how it works, privacy, accessibility."""

    name = "spreekruimte.pages"
