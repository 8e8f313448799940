"""Webmention as an app of Django."""

from django.apps import AppConfig


class WebmentionConfig(AppConfig):
    """Mentions that other sites tell of, and whether they are true."""

    name = "spreekruimte.channels.webmention"
