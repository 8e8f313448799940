"""The look as an app of Django."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """What all pages share: layout, style and charts."""

    name = "spreekruimte.look"
