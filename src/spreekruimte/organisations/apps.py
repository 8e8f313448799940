"""The organisations as an app of Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Public bodies, members, roles and the audit trail."""

    name = "spreekruimte.organisations"
