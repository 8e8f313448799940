"""The dialogue as an app of Django."""

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Messages, right of reply, and how the conversation went."""

    name = "spreekruimte.dialogue"
