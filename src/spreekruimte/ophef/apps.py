"""The register of fuss as an app of Django."""

from django.apps import AppConfig


class OphefConfig(AppConfig):
    """Incidents, the signals of fuss about them, and what the employer did."""

    name = "spreekruimte.ophef"
