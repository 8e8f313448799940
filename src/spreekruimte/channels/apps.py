"""The channels as an app of Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Connected accounts, what goes out by them, and what comes back."""

    name = "spreekruimte.channels"

    def ready(self) -> None:
        """Let no result be published before replies that are shown were looked for."""
        from spreekruimte.channels.queries.checks import say_unchecked
        from spreekruimte.verdicts.preconditions import register

        register(say_unchecked)
