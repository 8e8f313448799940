"""What Django has to know about this room."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """Operating an installation."""

    name = "spreekruimte.operation"
