"""Studies as an app of Django."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Vignettes, who answered them, and the map of room."""

    name = "spreekruimte.studies"
